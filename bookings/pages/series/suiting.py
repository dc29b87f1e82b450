"""Times that suit a booking and all that follow it, laid out for choosing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from bookings.domain.callers import Caller
from bookings.domain.series.suiting import suiting_starts
from bookings.models import Booking
from bookings.scheduling.hours import local_time
from bookings.scheduling.timeline import Minute
from therapists.models import Therapist

MOST_DAYS, MOST_TIMES = 6, 3
"""Days near the booking's own, and times of each near its own: more would be no help."""

APART = 60
"""Minutes between two of them."""


@dataclass(frozen=True, slots=True)
class Suiting:
    """The days that suit all of `count` bookings, each with some times on the wall clock."""

    count: int
    days: list[tuple[date, list[datetime]]]


def suiting(
    booking: Booking, count: int, therapist: Therapist | None, *, caller: Caller, now: Minute
) -> Suiting:
    """Where the first of so many can go with all of them; a therapist only where it is another."""
    own = booking.starts_at.astimezone(booking.location.zone)
    by_day: defaultdict[date, list[datetime]] = defaultdict(list)
    for start in suiting_starts(booking, therapist=therapist, caller=caller, now=now):
        wall = local_time(start, booking.location.zone)
        by_day[wall.date()].append(wall)
    days = sorted(by_day, key=lambda day: (abs(day - own.date()), day))[:MOST_DAYS]
    return Suiting(count, [(day, _near(by_day[day], own.time())) for day in sorted(days)])


def _near(times: Iterable[datetime], own: time) -> list[datetime]:
    """Some times of a day, ascending and apart, those first that lie near the usual one."""
    wanted, chosen = _minutes(own), list[datetime]()
    for each in sorted(times, key=lambda each: abs(_minutes(each) - wanted)):
        if all(abs(_minutes(each) - _minutes(other)) >= APART for other in chosen):
            chosen.append(each)
        if len(chosen) == MOST_TIMES:
            break
    return sorted(chosen)


def _minutes(reading: datetime | time) -> int:
    return reading.hour * 60 + reading.minute
