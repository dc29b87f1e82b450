"""What was received, by the date that the location's wall clock showed then (rule B11)."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from bookings.domain.reports.instants import local_day
from bookings.domain.reports.scope import Scope
from bookings.domain.reports.tally import CENT
from bookings.enums import PaymentMethod
from bookings.models import Payment
from bookings.scheduling.hours import day_of


@dataclass(slots=True)
class Received:
    """The money of one currency: in each part of the period, and by method in all of it."""

    by_part: list[Decimal]
    by_method: defaultdict[PaymentMethod, Decimal] = field(
        default_factory=lambda: defaultdict(Decimal)
    )


def received_income(scope: Scope) -> dict[str, Received]:
    """Payments by the date they were received on, whenever their sessions are; by currency."""
    start, end = scope.instants
    rows = (
        Payment.objects.filter(
            booking__location__in=scope.locations, received_at__gte=start, received_at__lt=end
        )
        .order_by()
        .values_list(
            local_day("received_at", "booking__location", scope.locations, scope.period),
            "booking__currency",
            "method",
        )
        .annotate(Sum("amount"))
    )
    part_of, found = scope.part_of, dict[str, Received]()
    for number, currency, method, amount in rows:
        part = part_of.get(day_of(int(number)))
        if part is None:
            continue
        if currency not in found:
            found[currency] = Received([Decimal(0)] * len(scope.parts))
        found[currency].by_part[part] += amount.quantize(CENT)
        found[currency].by_method[PaymentMethod(method)] += amount.quantize(CENT)
    return found
