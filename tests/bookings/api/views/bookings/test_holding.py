"""Holding a slot, and confirming it."""

import pytest
from django.contrib.auth.models import User

from bookings.enums import Status
from bookings.models import Booking, Client
from tests.bookings.api.views.bookings.asking import (
    alternatives_in,
    book,
    booked,
    call,
    held,
    hold,
    status_of,
)
from tests.calling import ROBIN, Api, code_of, fields_of, reception
from tests.factories import make_bookable

pytestmark = pytest.mark.django_db


@pytest.mark.both_engines
def test_b3_a_hold_keeps_the_slot_for_ten_minutes(place):
    answer = hold(place).json()

    assert answer["status"] == "held"
    assert answer["held_until"] == "2026-08-03T07:10:00-06:00"
    assert code_of(book(place)) == (409, "slot_unavailable")


def test_b3_a_hold_past_its_time_is_told_to_be_expired(place, move_clock):
    answer = hold(place).json()
    move_clock(10)

    told = Api(f"Booking {answer['manage_token']}").get(f"bookings/{answer['reference']}/").json()

    assert (told["status"], told["held_until"]) == ("expired", None)


@pytest.mark.both_engines
def test_b3_one_browser_holds_one_slot(place):
    browser = Api()
    browser.client.force_login(User.objects.create_user("robin"))

    first = hold(place, browser).json()
    hold(place, browser, starts_at="2026-08-03T14:00:00-06:00")

    assert status_of(Booking.objects.get(reference=first["reference"])) == Status.CANCELLED


def test_b3_one_address_holds_five_slots():
    place = make_bookable(time_until="20:00")
    for hour in range(10, 15):
        assert hold(place, starts_at=f"2026-08-03T{hour}:00:00-06:00").status_code == 201

    response = hold(place, starts_at="2026-08-03T16:00:00-06:00")

    assert code_of(response) == (429, "throttled")
    assert response["Retry-After"] == "600"
    assert Booking.objects.count() == 5


def test_b3_staff_hold_as_much_as_they_need():
    place = make_bookable(time_until="20:00")
    caller = reception()

    statuses = [
        hold(place, caller, starts_at=f"2026-08-03T{hour}:00:00-06:00").status_code
        for hour in range(10, 16)
    ]

    assert statuses == [201] * 6


@pytest.mark.both_engines
def test_a_hold_is_confirmed_with_a_client(place):
    booking = held(place)

    answer = call(booking, "confirm/", {"client": ROBIN, "notes": "Hello."})

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["held_until"]) == ("confirmed", None)
    booking.refresh_from_db()
    assert booking.client is not None
    assert (booking.client.name, booking.notes) == (ROBIN["name"], "Hello.")


def test_what_was_sent_with_the_hold_need_not_be_sent_again(place):
    answer = hold(place, client=ROBIN, pressure="firm", notes="Hello.").json()
    caller = Api(f"Booking {answer['manage_token']}")

    confirmed = caller.post(f"bookings/{answer['reference']}/confirm/")

    booking = Booking.objects.get()
    assert confirmed.status_code == 200
    assert booking.client is not None
    assert (booking.client.name, booking.pressure, booking.notes) == (
        ROBIN["name"],
        "firm",
        "Hello.",
    )


def test_a_hold_without_a_client_is_not_confirmed_without_one(place):
    booking = held(place)

    assert fields_of(call(booking, "confirm/", {})) == ["client"]
    assert status_of(booking) == Status.HELD


def test_confirming_twice_is_harmless(place):
    booking = held(place)
    first = call(booking, "confirm/", {"client": ROBIN})

    again = call(booking, "confirm/", {"client": ROBIN})

    assert (again.status_code, again.json()) == (200, first.json())
    assert Client.objects.count() == 2  # the factory's and Robin


def test_a_hold_that_ran_out_is_confirmed_while_its_slot_is_free(place, move_clock):
    booking = held(place)
    move_clock(60)

    assert call(booking, "confirm/", {"client": ROBIN}).json()["status"] == "confirmed"


def test_a_hold_that_ran_out_has_expired_when_its_slot_is_taken(place, move_clock):
    booking = held(place)
    move_clock(10)
    book(place)

    response = call(booking, "confirm/", {"client": ROBIN})

    assert code_of(response) == (409, "hold_expired")
    assert alternatives_in(response) == ["11:00", "11:15", "11:30", "11:45", "12:00"]


def test_what_was_cancelled_is_not_confirmed(place):
    booking = booked(place, status=Status.CANCELLED)

    assert code_of(call(booking, "confirm/", {"client": ROBIN})) == (409, "wrong_state")
