"""A wall clock that is read off every five minutes: slow, and plainly what the rules say."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bookings.scheduling.hours import Shift
from bookings.scheduling.timeline import Bits, Interval, Window

DAY_MINUTES = 24 * 60
EPOCH = datetime(1970, 1, 1)


class WallOracle:
    """What one zone's clocks show at each five minutes from one UTC date until another.

    Exact where clocks stand and change on multiples of five minutes.
    """

    def __init__(self, zone: str, first: date, last: date) -> None:
        """Read the clock."""
        info = ZoneInfo(zone)
        start, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (first, last))
        instants = range(int(start.timestamp()), int(end.timestamp()), 300)
        self.first, self.last = first, last
        self.readings = {
            seconds // 60: (datetime.fromtimestamp(seconds, info).replace(tzinfo=None) - EPOCH)
            // timedelta(minutes=1)
            for seconds in instants
        }

    def as_start(self, wall: int) -> int:
        """The first instant that shows a wall time, or else the first one past its gap."""
        for instant, reading in self.readings.items():
            if reading == wall:
                return instant
        return self._past_the_gap(wall)

    def as_end(self, wall: int) -> int:
        """The last instant that shows a wall time, or else the first one past its gap."""
        for instant, reading in reversed(self.readings.items()):
            if reading == wall:
                return instant
        return self._past_the_gap(wall)

    def _past_the_gap(self, wall: int) -> int:
        before = None
        for instant, reading in self.readings.items():
            if before is not None and before < wall < reading:
                return instant
            before = reading
        raise LookupError(wall)

    def first_instant(self, number: int) -> int:
        """The first instant of the local date of a day number, or else of the next that is."""
        return next(
            instant
            for instant, reading in self.readings.items()
            if reading // DAY_MINUTES >= number
        )

    def working(self, shifts: Iterable[Shift], window: Window) -> list[Interval]:
        """The unbroken stretches of weekly shifts (rule T4)."""
        stretches = [stretch for shift in shifts for stretch in self._stretches(shift)]
        working = {
            instant
            for start, end in stretches
            for instant in range(start, end, 5)
            if window.origin <= instant < window.end
        }
        return [
            Interval(
                start, min(end for end in range(start, window.end + 5, 5) if end not in working)
            )
            for start in sorted(working)
            if start - 5 not in working
        ]

    def _stretches(self, shift: Shift) -> Iterable[tuple[int, int]]:
        # The outermost days are not read to their ends.
        for ordinal in range(self.first.toordinal() + 1, self.last.toordinal() - 2):
            day = date.fromordinal(ordinal)
            number = ordinal - EPOCH.toordinal()
            if day.weekday() != shift.weekday:
                continue
            if (shift.first and day < shift.first) or (shift.last and day > shift.last):
                continue
            start = self.as_start(number * DAY_MINUTES + shift.start)
            if shift.until == DAY_MINUTES:
                yield start, self.first_instant(number + 1)
            else:
                next_day = number + (shift.until < shift.start)
                yield start, self.as_end(next_day * DAY_MINUTES + shift.until)

    def cells_of_date(self, window: Window, day: date) -> Bits:
        """The cells that show a date."""
        number = day.toordinal() - EPOCH.toordinal()
        return self._cells(window, lambda reading: reading // DAY_MINUTES == number)

    def cells_on_step(self, window: Window, step: int) -> Bits:
        """The cells that begin on a step, counted from midnight (rule T5)."""
        return self._cells(window, lambda reading: reading % DAY_MINUTES % step == 0)

    def _cells(self, window: Window, holds: Callable[[int], bool]) -> Bits:
        return sum(
            1 << cell
            for cell in range(window.cells)
            if holds(self.readings[window.instant_of(cell)])
        )

    def date_changes(self, window: Window) -> Bits:
        """The cells that show another date than the five minutes before."""
        return sum(
            1 << cell
            for cell in range(window.cells)
            if self.readings[window.instant_of(cell)] // DAY_MINUTES
            != self.readings[window.instant_of(cell) - 5] // DAY_MINUTES
        )
