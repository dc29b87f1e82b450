"""A place where two can come together."""

import pytest

from tests.bookings.domain.pairs.pairing import studio_for_two
from tests.factories import Bookable


@pytest.fixture
def studio() -> Bookable:
    """Two therapists and two rooms beside each other."""
    return studio_for_two()
