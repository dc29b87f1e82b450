import pytest

from bookings.enums import Status
from bookings.pages.held import TimeLeft, time_left
from bookings.scheduling.hours import to_instant
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import make_booking

pytestmark = pytest.mark.django_db

SEVEN = SEVEN_ON_MONDAY * 60


def held_until(minute, status=Status.HELD):
    made_at = to_instant(SEVEN_ON_MONDAY)
    return make_booking(status=status, expires_at=to_instant(minute), booked_at=made_at)


@pytest.mark.parametrize(
    ("seconds_gone", "seconds", "minutes"), [(0, 600, 10), (1, 599, 10), (60, 540, 9), (599, 1, 1)]
)
def test_b3_what_is_left_of_a_hold_is_counted_in_seconds_and_said_in_minutes_begun(
    seconds_gone, seconds, minutes
):
    left = time_left(held_until(SEVEN_ON_MONDAY + 10), now_seconds=SEVEN + seconds_gone)

    assert left == TimeLeft(seconds, of_seconds=600)
    assert left.minutes == minutes


def test_an_offer_from_the_waitlist_is_counted_from_when_it_was_made():
    left = time_left(held_until(SEVEN_ON_MONDAY + 120), now_seconds=SEVEN + 600)

    assert left == TimeLeft(6600, of_seconds=7200)


def test_b3_nothing_is_left_of_a_hold_past_its_time():
    assert time_left(held_until(SEVEN_ON_MONDAY + 10), now_seconds=SEVEN + 600) is None


def test_what_is_not_held_has_no_time_left():
    under_review = held_until(SEVEN_ON_MONDAY + 10, Status.PENDING_REVIEW)

    assert time_left(under_review, now_seconds=SEVEN) is None
    assert time_left(None, now_seconds=SEVEN) is None
