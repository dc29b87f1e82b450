"""Booking for a client with whom the studio wants to speak first."""

import pytest

from bookings.domain.clients.blocking import block
from bookings.models import Booking
from tests.bookings.api.views.bookings.asking import book, call, hold
from tests.bookings.domain.asking import RECEPTION
from tests.calling import ROBIN, code_of, reception
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import make_booking, make_client

pytestmark = pytest.mark.django_db

REASON = "Left without paying"


@pytest.fixture(autouse=True)
def _blocked():
    block(make_client(**ROBIN), REASON, caller=RECEPTION, now=SEVEN_ON_MONDAY)


def test_who_types_a_blocked_address_is_asked_to_call(place):
    answer = book(place)

    assert code_of(answer) == (409, "not_online")
    assert answer.json()["detail"] == "This cannot be booked online. Please call the studio."
    assert not Booking.objects.exists()


def test_the_answer_is_the_same_whether_the_client_has_a_session_then_or_not(place):
    free = book(place).json()
    make_booking(client=make_client(**ROBIN))

    assert book(place).json() == free
    assert REASON not in str(free)


def test_a_hold_is_given_and_its_confirmation_refused(place):
    assert hold(place).status_code == 201
    booking = Booking.objects.get()

    assert code_of(call(booking, "confirm/", {"client": ROBIN})) == (409, "not_online")


def test_staff_books_all_the_same(place):
    assert book(place, reception()).status_code == 201
