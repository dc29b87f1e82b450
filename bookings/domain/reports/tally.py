"""Bookings counted by state, by source and by what became of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.db.models import BooleanField, Case, CharField, Count, F, Q, Sum, Value, When

from bookings.domain.reports.scope import Scope
from bookings.enums import ONLY_HELD, Source, Status
from bookings.models.booking import SETTLED
from bookings.scheduling.hours import to_instant

CENT = Decimal("0.01")


class Outcome(StrEnum):
    """A state, with the late cancellations apart from those in time (rule B6)."""

    HELD = Status.HELD
    PENDING_REVIEW = Status.PENDING_REVIEW
    CONFIRMED = Status.CONFIRMED
    CHECKED_IN = Status.CHECKED_IN
    COMPLETED = Status.COMPLETED
    NO_SHOW = Status.NO_SHOW
    CANCELLED = Status.CANCELLED
    CANCELLED_LATE = "cancelled_late"
    DECLINED = Status.DECLINED
    EXPIRED = Status.EXPIRED


class Line(NamedTuple):
    """So many bookings of one date that are alike, and the sum of their prices."""

    date: date
    status: str
    source: str
    late: bool
    due: bool
    currency: str
    number: int
    price: Decimal

    @property
    def outcome(self) -> Outcome:
        """What became of them."""
        is_late = self.status == Status.CANCELLED and self.late
        return Outcome.CANCELLED_LATE if is_late else Outcome(self.status)


def tally(scope: Scope) -> list[Line]:
    """All bookings of the scope in one query; `due` are those whose start has come."""
    due = Case(
        When(Q(starts_at__lte=to_instant(scope.now)), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    state = Case(
        When(scope.lapsed, then=Value(Status.EXPIRED.value)),
        default=F("status"),
        output_field=CharField(),
    )
    rows = (
        scope.bookings()
        .annotate(due=due, state=state)
        .values_list("date", "state", "source", "late_cancellation", "due", "currency")
        .annotate(Count("pk"), Sum("price"))
    )
    return [Line(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many bookings there are of each outcome, in each part of the period."""

    by_part: list[Counter[Outcome]]

    @property
    def total(self) -> Counter[Outcome]:
        """Of the whole period."""
        return sum(self.by_part, Counter[Outcome]())


def outcomes(lines: Iterable[Line], scope: Scope) -> Outcomes:
    """What became of the bookings of each part."""
    part_of = scope.part_of
    found = Outcomes([Counter() for _ in scope.parts])
    for line in lines:
        found.by_part[part_of[line.date]][line.outcome] += line.number
    return found


@dataclass(frozen=True, slots=True)
class Origin:
    """How many bookings came through one door, and how many of them still stand or took place."""

    source: Source
    made: int
    standing: int


def origins(lines: Iterable[Line]) -> list[Origin]:
    """The doors through which bookings came; the busiest first."""
    made, standing = Counter[str](), Counter[str]()
    for line in lines:
        if line.status not in ONLY_HELD:
            made[line.source] += line.number
        if line.status in (*SETTLED, Status.PENDING_REVIEW):
            standing[line.source] += line.number
    found = [Origin(source, made[source], standing[source]) for source in Source if made[source]]
    return sorted(found, key=lambda origin: -origin.made)


@dataclass(frozen=True, slots=True)
class Missed:
    """Of the sessions that were due: those nobody came to, and those cancelled late."""

    due: int
    no_shows: int
    late: int


def missed(lines: Iterable[Line], scope: Scope) -> list[Missed]:
    """No-shows and late cancellations of each part.

    Due are sessions whose start has come and that were not cancelled in time: confirmed, checked
    in, completed, no-show, or cancelled late.
    """
    part_of = scope.part_of
    counts = [Counter[Outcome]() for _ in scope.parts]
    due = {*map(Outcome, SETTLED), Outcome.CANCELLED_LATE}
    for line in lines:
        if line.due and line.outcome in due:
            counts[part_of[line.date]][line.outcome] += line.number
    return [
        Missed(count.total(), count[Outcome.NO_SHOW], count[Outcome.CANCELLED_LATE])
        for count in counts
    ]


def booked_income(lines: Iterable[Line], scope: Scope) -> dict[str, list[Decimal]]:
    """By currency, the prices of each part's confirmed sessions and what came of them.

    No-shows count: whether they pay is the studio's to decide.
    """
    part_of = scope.part_of
    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(scope.parts))
    for line in lines:
        if line.status in SETTLED:
            # SQLite adds prices up as binary fractions.
            sums[line.currency][part_of[line.date]] += line.price.quantize(CENT)
    return dict(sums)
