"""When therapists work at a location: weekly and extra shifts, united (rule S2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from bookings.domain.bookable.frame import Days
from bookings.domain.bookable.one_query import Rows, Tables, read_in_one_query
from bookings.scheduling import hours
from bookings.scheduling.cells import shift_bits
from bookings.scheduling.timeline import Bits
from therapists.models import ExtraShift, Shift

type Ids = Iterable[int] | QuerySet[Any, Any]


class WeeklyRow(NamedTuple):
    """A shift of every week."""

    therapist_id: int
    weekday: int
    time_from: int
    time_until: int
    first: date | None
    last: date | None


class ExtraRow(NamedTuple):
    """A shift of one day."""

    therapist_id: int
    wall_from: int
    wall_until: int


@dataclass(frozen=True, slots=True)
class Shifts:
    """The rows at a location: weekly ones by therapist, and the cells of extra ones."""

    days: Days
    weekly: defaultdict[int, list[hours.Shift]]
    extra: defaultdict[int, Bits]

    @classmethod
    def of(cls, days: Days, rows: Rows) -> "Shifts":
        """What was read of `shift_tables`."""
        found = cls(days, defaultdict(list), defaultdict(int))
        for therapist, weekday, start, until, first, last in rows[WeeklyRow]:
            found.weekly[therapist].append(hours.Shift(weekday, start, until, first, last))
        for row in rows[ExtraRow]:
            found.extra[row.therapist_id] |= days.wall(row.wall_from, row.wall_until)
        return found

    def bits(self) -> defaultdict[int, Bits]:
        """The cells of each therapist's shifts, of either kind."""
        bits = defaultdict(int, self.extra)

        @cache  # many keep the same hours
        def weekly(*shifts: hours.Shift) -> Bits:
            return shift_bits(self.days.clock, self.days.window, shifts)

        for therapist, shifts in self.weekly.items():
            bits[therapist] |= weekly(*shifts)
        return bits


def shift_tables(days: Days, therapists: Ids) -> Tables:
    """The shifts of the therapists there that can matter."""
    return {
        WeeklyRow: _weekly(days).filter(therapist_id__in=therapists),
        ExtraRow: _extra(days).filter(therapist_id__in=therapists),
    }


def who_works(days: Days) -> QuerySet[Any, Any]:
    """Ids of the therapists with a shift there that can matter."""
    weekly, extra = (
        shifts.order_by().values("therapist_id") for shifts in (_weekly(days), _extra(days))
    )
    return weekly.union(extra)


def _weekly(days: Days) -> QuerySet[Shift]:
    early, late = days.wall_reach
    begun = Q(first__isnull=True) | Q(first__lte=late.date())
    not_over = Q(last__isnull=True) | Q(last__gte=early.date())
    return Shift.objects.filter(begun, not_over, location=days.location)


def _extra(days: Days) -> QuerySet[ExtraShift]:
    return ExtraShift.objects.filter(days.near, location=days.location)


def shifts_at(days: Days, therapists: Ids) -> Shifts:
    """The shifts of the therapists there that can matter, in one query."""
    return Shifts.of(days, read_in_one_query(shift_tables(days, therapists)))


def working_time(days: Days, therapists: Iterable[int]) -> defaultdict[int, Bits]:
    """The cells of each therapist's shifts there, in one query.

    What keeps her from them is not taken off yet.
    """
    return shifts_at(days, list(therapists)).bits()
