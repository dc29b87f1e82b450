"""Every benchmark, one after the other: `make bench`."""

from benchmarks import board, core, mail, pages, races

core.main()
races.main()
board.main()
pages.main()
mail.main()
