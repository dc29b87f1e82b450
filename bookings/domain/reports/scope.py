"""What a report is about: some locations, some dates, and the moment it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from bookings.domain.reports.period import Grain, Period
from bookings.models import Booking
from bookings.models.booking_queryset import IS_LIVE, BookingQuerySet
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location

AROUND = timedelta(days=2)
"""Farther away than this no wall clock shows a date."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Some locations through a period; each location's dates are its own (rule T7)."""

    locations: tuple[Location, ...]
    period: Period
    grain: Grain
    now: Minute

    @property
    def parts(self) -> list[Period]:
        """What the period is divided into."""
        return self.period.parts(self.grain)

    @property
    def part_of(self) -> Mapping[date, int]:
        """By date, the number of the part it is in."""
        return {day: number for number, part in enumerate(self.parts) for day in part.dates()}

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """Between these lies everything that any wall clock shows as one of the dates."""
        start, end = self.period.first - AROUND, self.period.last + AROUND
        return datetime.combine(start, time(), UTC), datetime.combine(end, time(), UTC)

    @property
    def lapsed(self) -> Q:
        """Holds and reviews past their time: as good as expired (rule B3)."""
        return IS_LIVE & Q(expires_at__lte=to_instant(self.now))

    def bookings(self) -> BookingQuerySet:
        """Those that count on the dates, in whatever state."""
        start, end = self.instants
        return Booking.objects.filter(
            location__in=self.locations,
            date__gte=self.period.first,
            date__lte=self.period.last,
            # The dates have no index, the starts have.
            starts_at__gte=start,
            starts_at__lt=end,
        ).order_by()
