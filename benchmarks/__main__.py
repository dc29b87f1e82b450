"""Every benchmark, one after the other: `make bench`."""

from benchmarks import core, races

core.main()
races.main()
