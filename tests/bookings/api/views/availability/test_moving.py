"""What is listed for a booking that is to be moved."""

from typing import Any

import pytest

from bookings.enums import Status
from bookings.scheduling.hours import to_instant
from studio.api.models import Scope
from tests.bookings.api.views.availability.looking import booking_at, query_for, times
from tests.calling import Api, client_of, code_of, fields_of, reception, staff
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import make_location, make_session_type

pytestmark = pytest.mark.django_db


def just_booked(place: Any, wall: str) -> Any:
    """A booking that its client may still move, however soon it is (rule B6)."""
    booking = booking_at(place, wall)
    booking.booked_at = to_instant(SEVEN_ON_MONDAY)
    booking.save()
    return booking


@pytest.mark.both_engines
def test_b5_the_own_time_of_a_booking_counts_as_free(place):
    booking = just_booked(place, "14:00")
    before = times(place)

    offered = times(place, client_of(booking), rescheduling=booking.reference)

    assert sorted(set(offered) - set(before)) == [
        f"{hour}:{minute:02}"
        for hour, minutes in ((13, (15, 30, 45)), (14, (0, 15, 30, 45)))
        for minute in minutes
    ]


def test_b5_every_start_listed_for_a_move_can_be_moved_to(place):
    booking = just_booked(place, "14:00")
    caller = client_of(booking)

    for time in times(place, caller, rescheduling=booking.reference):
        moved = caller.post(
            f"bookings/{booking.reference}/reschedule/",
            {"starts_at": f"2026-08-03T{time}:00-06:00"},
        )
        assert moved.status_code == 200, time


def test_a_longer_session_is_listed_for_a_move(place):
    booking = just_booked(place, "14:00")
    longer = make_session_type(
        duration_minutes=180, locations=(place.location,), therapists=(place.therapist,)
    )

    offered = times(
        place, client_of(booking), rescheduling=booking.reference, session_type=longer.slug
    )

    assert offered[0] == "12:00"
    assert offered[-1] == "14:00"


@pytest.mark.parametrize("authorization", ["", "Booking", "Booking wrong", "Bearer wrong"])
def test_whose_booking_is_moved_must_be_proven(place, authorization):
    booking = booking_at(place, "14:00")

    response = Api(authorization).get(
        "availability/", query_for(place, rescheduling=booking.reference)
    )

    assert code_of(response) in [(401, "not_authenticated"), (404, "not_found")]


@pytest.mark.parametrize("reference", ["NOSUC-HTHIN", "x\x00", "'"])
def test_a_booking_that_does_not_exist_is_not_found(place, reference):
    caller = client_of(booking_at(place, "14:00"))

    response = caller.get("availability/", query_for(place, rescheduling=reference))

    assert code_of(response) in [(404, "not_found"), (400, "invalid")]


def test_staff_look_for_another_time_with_their_own_token(place):
    booking = booking_at(place, "14:00")

    assert "14:00" in times(place, staff(Scope.BOOKINGS_READ), rescheduling=booking.reference)


def test_b6_nothing_is_offered_for_a_move_that_comes_too_late(place):
    booking = booking_at(place, "14:00")
    query = query_for(place, rescheduling=booking.reference)

    assert code_of(client_of(booking).get("availability/", query)) == (409, "too_late")
    assert times(place, reception(), rescheduling=booking.reference) != []


def test_nothing_is_offered_for_a_booking_that_cannot_be_moved(place):
    booking = booking_at(place, "14:00", status=Status.CANCELLED)
    query = query_for(place, rescheduling=booking.reference)

    assert code_of(client_of(booking).get("availability/", query)) == (409, "wrong_state")


def test_a_booking_is_not_moved_to_another_location(place):
    booking = booking_at(place, "14:00")
    other = make_location()
    query = query_for(place, rescheduling=booking.reference, location=other.slug)

    assert fields_of(client_of(booking).get("availability/", query)) == ["location"]
