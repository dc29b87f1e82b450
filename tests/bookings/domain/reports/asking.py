"""Scopes of reports for tests."""

from datetime import date

from bookings.domain.reports.period import Grain, Period
from bookings.domain.reports.scope import Scope
from studio.premises.models import Location
from tests.clock import SEVEN_ON_MONDAY

FIRST_WEEK = Period(date(2026, 8, 3), date(2026, 8, 9))


def scope_of(
    *locations: Location,
    period: Period = FIRST_WEEK,
    grain: Grain = Grain.DAY,
    now: int = SEVEN_ON_MONDAY,
) -> Scope:
    """The locations, or all there are, through a week from a Monday on."""
    return Scope(locations or tuple(Location.objects.all()), period, grain, now)
