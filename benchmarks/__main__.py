"""Every benchmark, one after the other: `make bench`."""

from benchmarks import board, core, races

core.main()
races.main()
board.main()
