"""The nights on which clocks change, and how the tests of hours speak of times."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from bookings.scheduling.cells import dates_bits, shift_bits, window_of
from bookings.scheduling.hours import (
    DAY_MINUTES,
    DateSpan,
    Shift,
    WallClock,
    to_minute,
    wall_minute,
)
from bookings.scheduling.timeline import Bits, Interval, Minute, Window

MONDAY, SUNDAY = 0, 6

# Nights on which clocks change, by the date that shows it.
DENVER_SPRING = date(2026, 3, 8)  # 02:00 becomes 03:00
DENVER_AUTUMN = date(2026, 11, 1)  # 02:00 becomes 01:00
HOWE_SPRING = date(2026, 10, 4)  # 02:00 becomes 02:30
HOWE_AUTUMN = date(2026, 4, 5)  # 02:00 becomes 01:30
CHATHAM_SPRING = date(2026, 9, 27)  # 02:45 becomes 03:45
CAIRO_SPRING = date(2026, 4, 24)  # 00:00 becomes 01:00
CAIRO_AUTUMN = date(2026, 10, 29)  # 24:00 becomes 23:00
HAVANA_SPRING = date(2026, 3, 8)  # 00:00 becomes 01:00
HAVANA_AUTUMN = date(2026, 11, 1)  # 01:00 becomes 00:00
APIA_SKIPPED = date(2011, 12, 30)  # never was
ST_JOHNS_AUTUMN = date(2010, 11, 7)  # 00:01 becomes 23:01 of the day before

HARD_DAYS = [
    ("America/Denver", DENVER_SPRING),
    ("America/Denver", DENVER_AUTUMN),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Asia/Kathmandu", date(2026, 6, 1)),
    ("Pacific/Chatham", CHATHAM_SPRING),
    ("Pacific/Chatham", date(2026, 4, 5)),
    ("Australia/Lord_Howe", HOWE_SPRING),
    ("Australia/Lord_Howe", HOWE_AUTUMN),
    ("Africa/Cairo", CAIRO_SPRING),
    ("Africa/Cairo", CAIRO_AUTUMN),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Asia/Beirut", date(2026, 10, 25)),
    ("America/Havana", HAVANA_SPRING),
    ("America/Havana", HAVANA_AUTUMN),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Antarctica/Troll", date(2026, 3, 29)),
    ("Pacific/Kiritimati", date(2026, 12, 31)),
    ("Etc/GMT+12", date(2026, 12, 27)),
    ("Pacific/Apia", APIA_SKIPPED),
]


def cells_showing(clock: WallClock, window: Window, day: date) -> Bits:
    """The cells of one local date."""
    return dates_bits(clock, window, DateSpan(day, day))


def utc(text: str) -> Minute:
    """The minute of a UTC time such as "2026-11-01 08:00"."""
    return to_minute(datetime.fromisoformat(text).replace(tzinfo=UTC))


def wall(text: str) -> int:
    """What a wall clock shows, such as "2026-11-01 08:00", as a number."""
    return wall_minute(datetime.fromisoformat(text))


def weekly(
    weekday: int, start: str, until: str, first: date | None = None, last: date | None = None
) -> Shift:
    """A shift of every week, its times as a wall clock shows them."""
    return Shift(weekday, _minute_of_day(start), _minute_of_day(until), first, last)


def _minute_of_day(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def clock_around(zone: str, day: date) -> WallClock:
    """A zone's clock for the questions of one date."""
    return WallClock(zone, day, day)


def shift_on(zone: str, day: date, start: str, until: str) -> Interval:
    """The instants of a shift that starts on a date, at the times its wall clock shows."""
    return clock_around(zone, day).shift_on(weekly(day.weekday(), start, until), day)


def intervals_of(
    shifts: Iterable[Shift], zone: str, day: date, *, margin: int = DAY_MINUTES
) -> list[Interval]:
    """The unbroken stretches of working time in the window of a date."""
    clock = clock_around(zone, day)
    window = window_of(clock, day, day, margin)
    return window.intervals(shift_bits(clock, window, shifts))
