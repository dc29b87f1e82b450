"""The starts of a series: the same time on the wall clock, on several dates."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from bookings.scheduling.hours import DAY_MINUTES, WallClock, day_number, day_of
from bookings.scheduling.timeline import Minute

FEWEST, MOST = 2, 12
"""How many sessions a series has."""

MAX_WEEKS_BETWEEN = 8

LONGEST_DAYS = 7 * MAX_WEEKS_BETWEEN * MOST
"""How far its dates lie apart at most."""


def weekly_dates(first: date, every_weeks: int, count: int) -> list[date]:
    """`count` dates, every so many weeks from the first on. Raises ValueError out of bounds."""
    if not (1 <= every_weeks <= MAX_WEEKS_BETWEEN and FEWEST <= count <= MOST):
        raise ValueError(f"Every {every_weeks} weeks, {count} times: no series is like that.")
    return [first + timedelta(weeks=every_weeks * number) for number in range(count)]


def starts_on(zone: str, dates: Iterable[date], like: Minute) -> list[Minute]:
    """The starts on some dates at the time that the wall clock shows at `like`, ascending.

    A time that a date skips stands for the first instant after the gap, one that it repeats for
    its first passage (rule T4); on its own date `like` is itself, the second passage too.
    """
    wanted = sorted(set(dates))
    if not wanted:
        return []
    own = WallClock(zone, wanted[0], wanted[-1]).date(like)
    clock = WallClock(zone, min(wanted[0], own), max(wanted[-1], own))
    time = clock.wall(like) % DAY_MINUTES
    return [
        like if day == own else clock.as_start(day_number(day) * DAY_MINUTES + time)
        for day in wanted
    ]


def shifted(zone: str, starts: Collection[Minute], old: Minute, new: Minute) -> list[Minute]:
    """Each start moved as far, on the wall clock, as `new` lies from `old`."""
    known, far = [*starts, old, new], abs(new - old)
    first, last = min(known) - far, max(known) + far
    clock = WallClock(zone, day_of(first // DAY_MINUTES), day_of(last // DAY_MINUTES))
    distance = clock.wall(new) - clock.wall(old)
    return [
        new if start == old else clock.as_start(clock.wall(start) + distance) for start in starts
    ]
