import pytest

from tests.factories import Bookable, make_bookable


@pytest.fixture
def made(db: None) -> Bookable:
    """An hour with five minutes before and ten after, every day from nine to five."""
    return make_bookable(buffer_before_minutes=5, buffer_after_minutes=10)
