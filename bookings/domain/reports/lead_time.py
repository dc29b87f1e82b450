"""How long before their start sessions are booked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import BigIntegerField, Count, F, Value
from django.db.models.functions import Greatest

from bookings.domain.reports.instants import MinuteOf
from bookings.domain.reports.scope import Scope
from bookings.enums import ONLY_HELD, Source
from bookings.scheduling.hours import DAY_MINUTES

STEPS = (0, 1, 2, 4, 8, 15, 31, 61)
"""From how many days on a booking belongs to the next step; the last has no end."""


@dataclass(frozen=True, slots=True)
class Step:
    """How many bookings were made that many days ahead; `last` is included, None: or more."""

    first: int
    last: int | None
    count: int


@dataclass(frozen=True, slots=True)
class LeadTime:
    """The spread over days, and the day in the middle (None without bookings)."""

    steps: list[Step]
    median: float | None

    @property
    def count(self) -> int:
        """How many bookings it is about."""
        return sum(step.count for step in self.steps)


def lead_time(scope: Scope) -> LeadTime:
    """Whole days of 24 hours from making a booking to its start; made after the start counts 0.

    In whatever state it is now, unless it was never made; without those that a studio file
    brought, since nobody knows when they were made.
    """
    start = F("occupied_from") + F("buffer_before_minutes")
    ahead = Greatest(start - MinuteOf("booked_at"), Value(0), output_field=BigIntegerField())
    rows = (
        scope.bookings()
        .exclude(scope.lapsed)
        .exclude(status__in=ONLY_HELD)
        .exclude(source=Source.FILE)
        .values_list(ahead / Value(DAY_MINUTES, output_field=BigIntegerField()))
        .annotate(Count("pk"))
    )
    return spread({int(days): count for days, count in rows})


def spread(counts: Mapping[int, int]) -> LeadTime:
    """From how many bookings were made how many days ahead."""
    ends: list[int | None] = [after - 1 for _first, after in pairwise(STEPS)]
    steps = [
        Step(
            first,
            last,
            sum(
                n for days, n in counts.items() if first <= days and (last is None or days <= last)
            ),
        )
        for first, last in zip(STEPS, [*ends, None], strict=True)
    ]
    return LeadTime(steps, median(counts.items()))


def median(counted: Iterable[tuple[int, int]]) -> float | None:
    """The median of values that come with how often each occurs; None of none."""
    counts = sorted(counted)
    total = sum(count for _value, count in counts)
    if not total:
        return None
    lower = _at(counts, (total - 1) // 2)
    upper = _at(counts, total // 2)
    return (lower + upper) / 2


def _at(counts: Iterable[tuple[int, int]], position: int) -> int:
    """The value at a place of the sorted row, counted from 0."""
    seen = 0
    for value, count in counts:
        seen += count
        if position < seen:
            return value
    raise IndexError(position)
