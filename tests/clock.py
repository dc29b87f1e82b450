"""The clock that doors are given in tests: it stands still."""

from bookings.scheduling.hours import to_minute
from tests.factories import at

SEVEN_ON_MONDAY = to_minute(at("2026-08-03 07:00"))


def fixed() -> int:
    """Seven in the morning of the factories' Monday, in Denver; nobody is at work yet."""
    return SEVEN_ON_MONDAY
