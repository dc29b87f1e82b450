"""The wall clock of a place, and what is given in its terms, as UTC minutes and cells.

The only module that reckons in wall-clock time. Between two changes of its clocks a zone is a
constant offset, so a `WallClock` keeps a list of such eras; rules T4 and T5 are then arithmetic
within each era, and a skipped or repeated hour needs no special case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bookings.scheduling.timeline import CELL_MINUTES, Bits, Interval, Minute, Window

DAY_MINUTES = 24 * 60

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()

type WallMinute = int
"""A reading of a wall clock, as minutes from its own 1970-01-01 00:00; no zone is meant."""


def to_minute(instant: datetime) -> Minute:
    """Whole minutes since 1970 UTC of an aware datetime; seconds are dropped (rule T6)."""
    return (instant - _EPOCH) // timedelta(minutes=1)


def to_instant(minute: Minute) -> datetime:
    """The aware UTC datetime of a minute."""
    return _EPOCH + timedelta(minutes=minute)


def wall_minute(wall: datetime) -> WallMinute:
    """The naive datetime of a wall clock as a number."""
    return to_minute(wall.replace(tzinfo=UTC))


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH_ORDINAL


def day_of(number: int) -> date:
    """The date that lies `number` days after 1970-01-01."""
    return date.fromordinal(number + _EPOCH_ORDINAL)


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch of UTC time through which the zone's offset (wall minus UTC, minutes) is one."""

    start: Minute
    end: Minute
    offset: int


@dataclass(frozen=True, slots=True)
class Shift:
    """Weekly working time: minutes of the day on the wall clock, `until` 1440 for `24:00`.

    `until` before `start` ends on the next day (rule T4). `first` and `last` bound the local
    dates on which the shift starts, both inclusive.
    """

    weekday: int
    start: int
    until: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class WallSpan:
    """From one reading of the wall clock until another."""

    start: WallMinute
    until: WallMinute


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Whole local dates, both inclusive."""

    first: date
    last: date


class WallClock:
    """The wall clock of one zone, known from a few days before a question's dates until after."""

    def __init__(self, zone: str, first: date, last: date) -> None:
        """Know the zone's eras from four days before `first` until four days after `last`.

        An occupied interval is at most a day long, a shift may begin the day before it, and wall
        clocks differ from UTC by up to a day: four days hold everything that can matter.
        """
        self.zone = ZoneInfo(zone)
        self.eras = list(_eras(zone, day_number(first) - 4, day_number(last) + 5))

    def wall(self, instant: Minute) -> WallMinute:
        """What the wall clock shows at an instant."""
        return instant + next(era.offset for era in self.eras if era.start <= instant < era.end)

    def date(self, instant: Minute) -> date:
        """The local date of an instant."""
        return day_of(self.wall(instant) // DAY_MINUTES)

    def as_start(self, wall: WallMinute) -> Minute:
        """The instant a wall time means as a start: the first occurrence of a repeated one (T4)."""
        for era in self.eras:
            if era.start <= wall - era.offset < era.end:
                return wall - era.offset
        return self._end_of_gap(wall)

    def as_end(self, wall: WallMinute) -> Minute:
        """The instant a wall time means as an end: the second occurrence of a repeated one (T4)."""
        for era in reversed(self.eras):
            if era.start <= wall - era.offset < era.end:
                return wall - era.offset
        return self._end_of_gap(wall)

    def _end_of_gap(self, wall: WallMinute) -> Minute:
        """The first instant after the gap in which a wall time does not exist."""
        return next(era.start for era in self.eras if wall - era.offset < era.start)

    def first_instant(self, day: date) -> Minute:
        """The first instant whose wall clock shows the date, or a later one if it was skipped."""
        return self.as_start(day_number(day) * DAY_MINUTES)

    def span(self, span: WallSpan) -> Interval:
        """The instants from one wall time until another (T4), cut off where the clock's eras end."""
        first, last = self.eras[0], self.eras[-1]
        earliest, latest = (
            first.start + first.offset,
            last.end + last.offset - CELL_MINUTES,
        )
        start, until = (min(max(wall, earliest), latest) for wall in (span.start, span.until))
        return Interval(self.as_start(start), self.as_end(until))

    def shift_on(self, shift: Shift, day: date) -> Interval:
        """A shift that starts on a date, in elapsed time (rule T4)."""
        midnight = day_number(day) * DAY_MINUTES
        start = self.as_start(midnight + shift.start)
        if shift.until == DAY_MINUTES:
            return Interval(start, self.first_instant(day + timedelta(days=1)))
        overnight = DAY_MINUTES if shift.until < shift.start else 0
        return Interval(start, self.as_end(midnight + overnight + shift.until))


def local_date(zone: str, instant: Minute) -> date:
    """The date that the wall clocks of a zone show at an instant."""
    return to_instant(instant).astimezone(ZoneInfo(zone)).date()


def dates_between(first: date, last: date) -> Iterator[date]:
    """Every date from the first to the last, both inclusive."""
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


def window_of(clock: WallClock, first: date, last: date, margin: int) -> Window:
    """The window that holds the local dates `first` to `last`, and `margin` minutes around."""
    days = [bounds for day in (first, last) for bounds in _instants_of(clock, day)]
    start = min((bounds.start for bounds in days), default=clock.first_instant(first))
    end = max((bounds.end for bounds in days), default=start)
    return Window.covering(Interval(start - margin, end + margin))


def date_bits(clock: WallClock, window: Window, day: date) -> Bits:
    """The cells whose wall clock shows the date (rule T4)."""
    return window.union(_instants_of(clock, day))


def dates_bits(clock: WallClock, window: Window, span: DateSpan) -> Bits:
    """The cells whose wall clock shows one of the dates."""
    start, end = (
        day_number(span.first) * DAY_MINUTES,
        (day_number(span.last) + 1) * DAY_MINUTES,
    )
    return window.union(_instants_between(clock, start, end))


def shift_bits(clock: WallClock, window: Window, shifts: Iterable[Shift]) -> Bits:
    """The cells of weekly shifts (rule T4), those that begin the day before the window too."""
    bits = 0
    early = clock.date(window.origin) - timedelta(days=1)
    late = clock.date(window.end)
    for shift in shifts:
        day = max(early, shift.first) if shift.first else early
        last = min(late, shift.last) if shift.last else late
        day += timedelta(days=(shift.weekday - day.weekday()) % 7)
        while day <= last:
            interval = clock.shift_on(shift, day)
            bits |= window.bits(interval.start, interval.end)
            day += timedelta(days=7)
    return bits


def midnight_bits(clock: WallClock, window: Window) -> Bits:
    """The cells that begin a local date."""
    days = dates_between(clock.date(window.origin), clock.date(window.end))
    cells = (window.cell_of(bounds.start) for day in days for bounds in _instants_of(clock, day))
    return sum(1 << cell for cell in set(cells) if cell is not None)


def grid_bits(clock: WallClock, window: Window, step: int) -> Bits:
    """The cells that begin on the step, counted on the wall clock from local midnight (T5)."""
    bits = 0
    for era in clock.eras:
        start, end = max(era.start, window.origin), min(era.end, window.end)
        bits |= _grid_within(window, era.offset, step, start, end) if start < end else 0
    return bits


def _grid_within(window: Window, offset: int, step: int, start: Minute, end: Minute) -> Bits:
    """The grid of one era: a day's pattern, laid out again from each local midnight."""
    pattern = _day_pattern(step)
    midnight = (start + offset) // DAY_MINUTES * DAY_MINUTES - offset
    bits = 0
    while midnight < end:
        shift = (midnight - window.origin) // CELL_MINUTES
        bits |= pattern << shift if shift >= 0 else pattern >> -shift
        midnight += DAY_MINUTES
    return bits & window.bits(start, end)


@lru_cache(maxsize=64)
def _day_pattern(step: int) -> Bits:
    """One day's cells that begin on the step."""
    return sum(1 << minute // CELL_MINUTES for minute in range(0, DAY_MINUTES, step))


def _instants_of(clock: WallClock, day: date) -> Iterator[Interval]:
    """The instants of a local date; where clocks are put back over midnight they lie apart."""
    start = day_number(day) * DAY_MINUTES
    return _instants_between(clock, start, start + DAY_MINUTES)


def _instants_between(clock: WallClock, start: WallMinute, end: WallMinute) -> Iterator[Interval]:
    for era in clock.eras:
        interval = Interval(max(start - era.offset, era.start), min(end - era.offset, era.end))
        if interval.start < interval.end:
            yield interval


def _eras(zone: str, first_day: int, last_day: int) -> Iterator[Era]:
    """The eras of a zone between two day numbers, joined across the years they are kept in."""
    start, end = first_day * DAY_MINUTES, last_day * DAY_MINUTES
    joined: Era | None = None
    for year in range(day_of(first_day).year, day_of(last_day).year + 1):
        for era in _eras_of_year(zone, year):
            if era.end <= start or era.start >= end:
                continue
            if joined and joined.offset == era.offset:
                joined = Era(joined.start, era.end, era.offset)
                continue
            if joined:
                yield joined
            joined = era
    if joined:
        yield joined


@lru_cache(maxsize=1024)
def _eras_of_year(zone: str, year: int) -> tuple[Era, ...]:
    """The eras of one UTC year, found by asking for the offset at each midnight.

    No zone changes its clocks twice within 24 hours, so a day whose ends have one offset has no
    change inside, and where they differ halving finds the minute.
    """
    info = ZoneInfo(zone)

    def offset(minute: Minute) -> int:
        shift = to_instant(minute).astimezone(info).utcoffset()
        assert shift is not None  # an aware datetime has an offset
        return shift // timedelta(minutes=1)

    start, end = (day_number(date(y, 1, 1)) * DAY_MINUTES for y in (year, year + 1))
    eras, era_start, before = [], start, offset(start)
    for midnight in range(start + DAY_MINUTES, end + 1, DAY_MINUTES):
        after = offset(midnight)
        if after == before:
            continue
        low, high = midnight - DAY_MINUTES, midnight
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == before else (low, middle)
        eras.append(Era(era_start, high, before))
        era_start, before = high, after
    if era_start < end:
        eras.append(Era(era_start, end, before))
    return tuple(eras)
