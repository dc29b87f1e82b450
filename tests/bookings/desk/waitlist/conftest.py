"""One free hour a day, and somebody who waits for Wednesday's."""

from datetime import date

import pytest

from bookings.models import WaitlistEntry
from tests.bookings.domain.waitlist.waiting import waits
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import Bookable, make_bookable

DAY = date(2026, 8, 5)


@pytest.fixture
def studio() -> Bookable:
    """Open for one hour on each day."""
    return make_bookable(time_from="10:00", time_until="11:00")


@pytest.fixture
def entry(studio: Bookable) -> WaitlistEntry:
    """Somebody who waits for Wednesday, which is free."""
    return waits(studio, first=DAY, last=DAY, now=NOW)
