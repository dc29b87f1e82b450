"""A stretch of UTC time as an integer: bit n stands for the n-th five minutes after an origin.

Union, intersection and difference of free time are then single integer operations, however many
days they span, and touching intervals do not overlap (rule T3) because their bits differ.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import gcd

type Minute = int
"""An instant: whole minutes since 1970-01-01T00:00Z."""

type Bits = int
"""A set of cells of some `Window`."""

CELL_MINUTES = 5

_ONE = ord("1")
_WIDEST = 3 * CELL_MINUTES


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The half-open stretch `[start, end)`, in minutes since 1970 UTC (rule T3)."""

    start: Minute
    end: Minute

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share an instant; touching is not overlapping."""
        return self.start < other.end and other.start < self.end

    def holds(self, instant: Minute) -> bool:
        """Whether an instant lies in it; its end does not."""
        return self.start <= instant < self.end


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch that bits refer to: `cells` times five minutes from `origin` on."""

    origin: Minute
    cells: int

    @classmethod
    def covering(cls, interval: Interval) -> "Window":
        """The smallest window of whole cells that holds the interval."""
        first = interval.start // CELL_MINUTES
        last = -(-interval.end // CELL_MINUTES)
        return cls(origin=first * CELL_MINUTES, cells=max(last - first, 0))

    @property
    def end(self) -> Minute:
        """The first instant after the window."""
        return self.origin + self.cells * CELL_MINUTES

    @property
    def everything(self) -> Bits:
        """Every cell of the window."""
        return _first(self.cells)

    def bits(self, start: Minute, end: Minute) -> Bits:
        """The cells that `[start, end)` touches, cut off at the window's edges."""
        first = (start - self.origin) // CELL_MINUTES
        past = -((self.origin - end) // CELL_MINUTES)
        if first < 0:
            first = 0
        if past > self.cells:
            past = self.cells
        return ((1 << past - first) - 1) << first if first < past else 0

    def occupied(self, starts: Collection[Minute], length: int) -> Bits:
        """The cells of stretches of one length that begin at these instants, cut off at the edges.

        Instants and length are whole cells. Each start is marked by one digit, and all digits at
        once make a number: hundreds of numbers as long as the window would be ored otherwise. Most
        start on a quarter of an hour, for which a digit of three bits is enough.
        """
        step = gcd(_WIDEST, *starts)
        # What begins earlier does not reach in, what begins later is not in it.
        first, last = ((minute // step) * step for minute in (self.origin - length, self.end - 1))
        digits = bytearray(b"0") * ((last - first) // step + 1)
        for start in starts:
            if first <= start <= last:
                digits[(last - start) // step] = _ONE
        marked = int(digits, 1 << step // CELL_MINUTES)
        runs = runs_from(marked, length // CELL_MINUTES)
        return runs >> (self.origin - first) // CELL_MINUTES & self.everything

    def union(self, intervals: Iterable[Interval]) -> Bits:
        """The cells that at least one of the intervals touches."""
        union = 0
        for interval in intervals:
            union |= self.bits(interval.start, interval.end)
        return union

    def from_instant(self, instant: Minute) -> Bits:
        """The cells that begin at the instant or after it."""
        return self.bits(-(-instant // CELL_MINUTES) * CELL_MINUTES, self.end)

    def cell_of(self, instant: Minute) -> int | None:
        """The cell that begins at the instant; None outside the window or between two cells."""
        cell, rest = divmod(instant - self.origin, CELL_MINUTES)
        return cell if rest == 0 and 0 <= cell < self.cells else None

    def instant_of(self, cell: int) -> Minute:
        """The instant at which a cell begins."""
        return self.origin + cell * CELL_MINUTES

    def intervals(self, bits: Bits) -> list[Interval]:
        """The unbroken stretches of the given cells, ascending."""
        edges = bits ^ (bits << 1)
        marks = [self.instant_of(cell) for cell in cells_of(edges)]
        return [Interval(*pair) for pair in zip(marks[::2], marks[1::2], strict=True)]


@lru_cache(maxsize=64)  # each therapist and each room of a question is cut out of the same
def _first(cells: int) -> Bits:
    return (1 << cells) - 1


def starts_of_runs(free: Bits, cells: int) -> Bits:
    """The cells at which `cells` free ones in a row begin.

    Each step doubles the length already known to be free, so k cells take log2(k) steps.
    """
    starts, known = free, 1
    while known < cells:
        step = min(known, cells - known)
        starts &= starts >> step
        known += step
    return starts


def runs_from(starts: Bits, cells: int) -> Bits:
    """As many cells in a row from each of the starts on, by doubling too."""
    runs, known = starts, 1
    while known < cells:
        step = min(known, cells - known)
        runs |= runs << step
        known += step
    return runs


def cells_of(bits: Bits) -> Iterator[int]:
    """The numbers of the set cells, ascending."""
    digits = f"{bits:b}"  # the first cell's is the last
    last = len(digits) - 1
    place = digits.rfind("1")
    while place >= 0:
        yield last - place
        place = digits.rfind("1", 0, place)


def digits_of(bits: Bits, cells: int = 0) -> str:
    """One character for each cell, at least as many as `cells`: "1" where it is set."""
    return f"{bits:0{cells}b}"[::-1]
