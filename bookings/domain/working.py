"""When therapists work at a location: weekly and extra shifts, united (rule S2)."""

from collections import defaultdict
from collections.abc import Iterable
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


def working_time(days: Days, therapists: Iterable[int]) -> defaultdict[int, Bits]:
    """The cells of each therapist's shifts there, in one query.

    What keeps her from them is not taken off yet.
    """
    early, late = days.wall_reach
    theirs = {"location": days.location, "therapist_id__in": list(therapists)}
    weekly = Shift.objects.filter(**theirs)
    extra = ExtraShift.objects.filter(**theirs, wall_from__lt=late, wall_until__gt=early)
    every_week: defaultdict[int, list[hours.Shift]] = defaultdict(list)
    bits: defaultdict[int, Bits] = defaultdict(int)
    for therapist, opens, closes, weekday, start, until, first, last in _both(weekly, extra):
        if opens is None:
            every_week[therapist].append(hours.Shift(weekday, start, until, first, last))
        else:
            bits[therapist] |= days.wall(opens, closes)
    for therapist, shifts in every_week.items():
        bits[therapist] |= shift_bits(days.clock, days.window, shifts)
    return bits


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
