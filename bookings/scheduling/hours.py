"""The wall clock of a place, and what is given in its terms, as UTC minutes.

Nothing else reckons in wall-clock time but `cells`, which lays it out in a window. Between two
changes of its clocks a zone is a constant offset, so a `WallClock` keeps a list of such eras; rules
T4 and T5 are then arithmetic within each era, and a skipped or repeated hour needs no special case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bookings.scheduling.timeline import Interval, Minute

DAY_MINUTES = 24 * 60

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()

type WallMinute = int
"""A reading of a wall clock, as minutes from its own 1970-01-01 00:00; no zone is meant."""

type LocalDate = date
"""A date as the wall clocks of a place show it."""


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


class Era(NamedTuple):
    """A stretch of UTC time through which the zone's offset (wall minus UTC, minutes) is one."""

    start: Minute
    end: Minute
    offset: int


class DayStretch(NamedTuple):
    """Instants from `start` until `end`: one date, at one offset (wall minus UTC, minutes)."""

    start: Minute
    end: Minute
    date: LocalDate
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

    @property
    def end(self) -> int:
        """Its end counted from the midnight of its start, beyond 1440 on the next day."""
        return self.until if self.until > self.start else self.until + DAY_MINUTES


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
    """The wall clock of one zone, known through the years around a question's dates."""

    def __init__(self, zone: str, first: LocalDate, last: LocalDate) -> None:
        """Know the zone's eras in the years of both dates and of the days around them.

        Shifts, buffers and bookings that can matter reach less than ten days out of the dates;
        farther away the nearest era is taken to go on.
        """
        around = timedelta(days=10)
        self.zone = ZoneInfo(zone)
        self.eras = _eras(zone, (first - around).year, (last + around).year)

    def wall(self, instant: Minute) -> WallMinute:
        """What the wall clock shows at an instant."""
        for era in self.eras:
            if instant < era.end:
                break
        return instant + era.offset

    def date(self, instant: Minute) -> LocalDate:
        """The local date of an instant."""
        return day_of(self.wall(instant) // DAY_MINUTES)

    def day_around(self, instant: Minute) -> DayStretch:
        """What lies around an instant on its date, up to a change of the clocks."""
        for era in self.eras:
            if instant < era.end:
                break
        number = (instant + era.offset) // DAY_MINUTES
        midnight = number * DAY_MINUTES - era.offset
        start, end = max(midnight, era.start), min(midnight + DAY_MINUTES, era.end)
        return DayStretch(start, end, day_of(number), era.offset)

    def as_start(self, wall: WallMinute) -> Minute:
        """The instant a wall time means as a start (rule T4).

        The first occurrence of a repeated one; the first instant after the gap of a skipped one.
        """
        return next(
            max(wall - era.offset, era.start) for era in self.eras if wall - era.offset < era.end
        )

    def as_end(self, wall: WallMinute) -> Minute:
        """The instant a wall time means as an end (rule T4).

        The second occurrence of a repeated one; the first instant after the gap of a skipped one.
        """
        return next(
            min(wall - era.offset, era.end)
            for era in reversed(self.eras)
            if wall - era.offset >= era.start
        )

    def first_instant(self, day: LocalDate) -> Minute:
        """The first instant whose wall clock shows the date, or a later one if it was skipped."""
        return self.as_start(day_number(day) * DAY_MINUTES)

    def span(self, span: WallSpan) -> Interval:
        """The instants from one wall time until another (rule T4)."""
        return Interval(self.as_start(span.start), self.as_end(span.until))

    def shift_on(self, shift: Shift, day: LocalDate) -> Interval:
        """A shift that starts on a date, in elapsed time (rule T4)."""
        midnight = day_number(day) * DAY_MINUTES
        start = self.as_start(midnight + shift.start)
        if shift.until == DAY_MINUTES:
            return Interval(start, self.as_start(midnight + DAY_MINUTES))
        return Interval(start, self.as_end(midnight + shift.end))


def local_date(zone: str, instant: Minute) -> date:
    """The date that the wall clocks of a zone show at an instant."""
    return local_time(instant, ZoneInfo(zone)).date()


def local_time(instant: Minute, zone: ZoneInfo) -> datetime:
    """What the wall clocks of a zone show at an instant, with their offset from UTC."""
    return to_instant(instant).astimezone(zone)


def dates_between(first: date, last: date) -> Iterator[date]:
    """Every date from the first to the last, both inclusive."""
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


@lru_cache(maxsize=1024)
def dates_of(zone: str, first: date, last: date) -> tuple[tuple[date, tuple[DayStretch, ...]], ...]:
    """Every date from the first to the last, each with its stretches, ascending.

    Most have one; a day on which the clocks change has two, one that a zone has skipped none.
    """
    eras = WallClock(zone, first, last).eras
    return tuple((day, tuple(_stretches(eras, day))) for day in dates_between(first, last))


def _stretches(eras: Iterable[Era], day: date) -> Iterator[DayStretch]:
    midnight = day_number(day) * DAY_MINUTES
    for era in eras:
        start = max(midnight - era.offset, era.start)
        end = min(midnight + DAY_MINUTES - era.offset, era.end)
        if start < end:
            yield DayStretch(start, end, day, era.offset)


_LONG_AGO, _FAR_AWAY = -(10**10), 10**10


@lru_cache(maxsize=1024)
def _eras(zone: str, first_year: int, last_year: int) -> tuple[Era, ...]:
    """The eras of a zone in some UTC years, found by asking for the offset at each midnight.

    No zone changes its clocks twice within 24 hours, so a day whose ends have one offset has no
    change inside, and where they differ halving finds the minute.
    """
    info = ZoneInfo(zone)

    def offset(minute: Minute) -> int:
        shift = to_instant(minute).astimezone(info).utcoffset()
        assert shift is not None  # an aware datetime has an offset
        return shift // timedelta(minutes=1)

    start, end = (
        day_number(date(year, 1, 1)) * DAY_MINUTES for year in (first_year, last_year + 1)
    )
    eras, since, before = [], _LONG_AGO, offset(start)
    for midnight in range(start + DAY_MINUTES, end + 1, DAY_MINUTES):
        after = offset(midnight)
        if after == before:
            continue
        low, high = midnight - DAY_MINUTES, midnight
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == before else (low, middle)
        eras.append(Era(since, high, before))
        since, before = high, after
    return (*eras, Era(since, _FAR_AWAY, before))
