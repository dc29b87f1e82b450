"""When therapists work at a location: weekly and extra shifts, united (rule S2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from bookings.domain.frame import Days
from bookings.scheduling import hours
from bookings.scheduling.hours import shift_bits
from bookings.scheduling.timeline import Bits
from studio.premises.fields import WallTimeField
from therapists.models import ExtraShift, Shift

WEEKLY = ("weekday", "time_from", "time_until", "first", "last")
DATED = ("wall_from", "wall_until")


@dataclass(frozen=True, slots=True)
class Shifts:
    """The rows at a location: weekly ones by therapist, and the cells of extra ones."""

    days: Days
    weekly: defaultdict[int, list[hours.Shift]]
    extra: defaultdict[int, Bits]

    def bits(self) -> defaultdict[int, Bits]:
        """The cells of each therapist's shifts, of either kind."""
        bits = defaultdict(int, self.extra)
        for therapist, shifts in self.weekly.items():
            bits[therapist] |= shift_bits(self.days.clock, self.days.window, shifts)
        return bits


def shifts_at(days: Days, therapists: Iterable[int] | QuerySet[Any, Any]) -> Shifts:
    """The shifts of the therapists there that can matter, in one query."""
    early, late = days.wall_reach
    whose = therapists if isinstance(therapists, QuerySet) else list(therapists)
    theirs = {"location": days.location, "therapist_id__in": whose}
    weekly = Shift.objects.filter(**theirs)
    extra = ExtraShift.objects.filter(**theirs, wall_from__lt=late, wall_until__gt=early)
    found = Shifts(days, defaultdict(list), defaultdict(int))
    for therapist, opens, closes, weekday, start, until, first, last in _both(weekly, extra):
        if opens is None:
            found.weekly[therapist].append(hours.Shift(weekday, start, until, first, last))
        else:
            found.extra[therapist] |= days.wall(opens, closes)
    return found


def working_time(days: Days, therapists: Iterable[int]) -> defaultdict[int, Bits]:
    """The cells of each therapist's shifts there, in one query.

    What keeps her from them is not taken off yet.
    """
    return shifts_at(days, therapists).bits()


def _both(weekly: QuerySet[Shift], extra: QuerySet[ExtraShift]) -> QuerySet[Any, tuple[Any, ...]]:
    """Either kind's columns, and nothing in the other's."""
    nothing = Value(None)
    no_time, no_number, no_date = (
        Cast(nothing, kind()) for kind in (WallTimeField, IntegerField, DateField)
    )
    of_week = weekly.order_by().values_list("therapist_id", no_time, no_time, *WEEKLY)
    of_date = extra.order_by().values_list(
        "therapist_id", *DATED, no_number, no_number, no_number, no_date, no_date
    )
    return of_week.union(of_date, all=True).order_by()
