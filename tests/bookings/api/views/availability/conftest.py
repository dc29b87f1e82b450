import pytest

from tests.bookings.api.views.availability.looking import NOON_TO_FIVE
from tests.factories import Bookable, make_bookable


@pytest.fixture
def place() -> Bookable:
    """Somebody works from noon to five there."""
    return make_bookable(**NOON_TO_FIVE)
