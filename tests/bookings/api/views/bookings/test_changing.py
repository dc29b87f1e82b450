"""Moving, cancelling and taking that back."""

from datetime import timedelta

import pytest

from bookings.enums import Status
from bookings.models import Booking
from tests.bookings.api.views.bookings.asking import (
    NOW,
    alternatives_in,
    book,
    booked,
    call,
    held,
    status_of,
)
from tests.calling import code_of, fields_of, reception
from tests.factories import at, make_session_type, make_shift, make_therapist

pytestmark = pytest.mark.django_db


# Moving


@pytest.mark.both_engines
def test_b5_a_booking_is_moved(place):
    booking = booked(place)

    response = call(booking, "reschedule/", {"starts_at": "2026-08-03T10:30:00-06:00"})

    assert response.status_code == 200
    assert response.json()["starts_at"] == "2026-08-03T10:30:00-06:00"
    assert response.json()["reference"] == booking.reference


def test_b5_a_key_that_is_left_out_keeps_what_was(place):
    booking = booked(place)
    before = {name: getattr(booking, name) for name in ("starts_at", "therapist", "room")}

    assert call(booking, "reschedule/", {}).status_code == 200

    booking.refresh_from_db()
    assert {name: getattr(booking, name) for name in before} == before
    assert not booking.events.exists()


def test_b5_null_is_any_therapist(place):
    other = make_therapist()
    place.session_type.therapists.add(other)
    booking = booked(place)
    place.therapist.shifts.all().delete()
    for weekday in range(7):
        make_shift(therapist=other, location=place.location, weekday=weekday)
    other.certifications.set([])
    place.session_type.requires_qualifications.clear()
    noon = {"starts_at": "2026-08-03T12:00:00-06:00"}

    assert code_of(call(booking, "reschedule/", noon)) == (409, "slot_unavailable")
    moved = call(booking, "reschedule/", {**noon, "therapist": None})

    assert moved.json()["therapist"] == other.slug


def test_b5_a_longer_session_takes_its_price(place):
    booking = booked(place)
    longer = make_session_type(
        duration_minutes=90,
        price="170.00",
        locations=(place.location,),
        therapists=(place.therapist,),
    )

    answer = call(booking, "reschedule/", {"session_type": longer.slug}).json()

    assert answer["price"]["amount"] == "170.00"
    assert (answer["starts_at"][11:16], answer["ends_at"][11:16]) == ("10:00", "11:30")


@pytest.mark.both_engines
def test_b5_a_move_to_a_taken_slot_leaves_everything_as_it_was(place):
    booking = booked(place)
    booked(place, "2026-08-03 12:00")

    response = call(booking, "reschedule/", {"starts_at": "2026-08-03T12:30:00-06:00"})

    assert code_of(response) == (409, "slot_unavailable")
    assert alternatives_in(response) == ["11:00", "13:00", "13:15", "13:30", "13:45"]
    booking.refresh_from_db()
    assert booking.starts_at == at("2026-08-03 10:00")


def test_b3_a_hold_is_moved_and_keeps_its_time_limit(place):
    booking = held(place)

    answer = call(booking, "reschedule/", {"starts_at": "2026-08-03T12:00:00-06:00"}).json()

    assert (answer["status"], answer["held_until"][11:16]) == ("held", "07:10")


def test_b6_clients_move_until_the_deadline(place):
    booking = booked(place)
    Booking.objects.update(booked_at=NOW - timedelta(days=1))

    response = call(booking, "reschedule/", {"starts_at": "2026-08-03T12:00:00-06:00"})

    assert code_of(response) == (409, "too_late")


def test_b6_reception_moves_after_the_deadline(place):
    booking = booked(place)
    Booking.objects.update(booked_at=NOW - timedelta(days=1))
    noon = {"starts_at": "2026-08-03T12:00:00-06:00"}

    assert call(booking, "reschedule/", noon, reception()).status_code == 200


def test_a_cancelled_booking_is_not_moved(place):
    booking = booked(place, status=Status.CANCELLED)

    assert code_of(call(booking, "reschedule/", {})) == (409, "wrong_state")


@pytest.mark.parametrize("name", ["starts_at", "session_type"])
def test_nothing_is_moved_to_null(place, name):
    assert fields_of(call(booked(place), "reschedule/", {name: None})) == [name]


# Cancelling


@pytest.mark.both_engines
def test_b6_a_booking_is_cancelled_and_cancelling_twice_is_harmless(place):
    booking = booked(place)

    first = call(booking, "cancel/", {"reason": "A cold."})
    again = call(booking, "cancel/")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["status"] == again.json()["status"] == "cancelled"
    assert first.json()["cancellable_until"] is None
    assert booking.events.get().reason == "A cold."


def test_b6_a_late_cancellation_is_taken_and_marked(place):
    booking = booked(place)
    Booking.objects.update(booked_at=NOW - timedelta(days=1))

    call(booking, "cancel/")

    assert status_of(booking) == Status.CANCELLED
    assert booking.late_cancellation


def test_b6_what_has_begun_is_not_cancelled_by_its_client(place):
    booking = booked(place, "2026-08-03 07:00")

    assert code_of(call(booking, "cancel/")) == (409, "too_late")


def test_what_is_over_is_not_cancelled(place):
    booking = booked(place, status=Status.COMPLETED)

    assert code_of(call(booking, "cancel/")) == (409, "wrong_state")


@pytest.mark.both_engines
def test_b6_a_cancellation_is_taken_back_within_three_minutes(place, move_clock):
    booking = booked(place)
    call(booking, "cancel/")
    move_clock(3)

    response = call(booking, "undo/")

    assert (response.status_code, response.json()["status"]) == (200, "confirmed")


def test_b6_a_cancellation_is_not_taken_back_later(place, move_clock):
    booking = booked(place)
    call(booking, "cancel/")
    move_clock(4)

    assert code_of(call(booking, "undo/")) == (409, "too_late")


def test_b6_a_cancellation_is_not_taken_back_when_the_slot_has_gone(place):
    booking = booked(place)
    call(booking, "cancel/")
    book(place)

    response = call(booking, "undo/")

    assert code_of(response) == (409, "slot_unavailable")
    assert alternatives_in(response) == ["09:00", "11:00", "11:15", "11:30", "11:45"]


def test_what_is_not_cancelled_is_not_taken_back(place):
    assert code_of(call(booked(place), "undo/")) == (409, "wrong_state")
