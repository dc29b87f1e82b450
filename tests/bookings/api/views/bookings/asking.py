"""Bookings and calls of them, as the tests of the views make them."""

from datetime import date, timedelta
from typing import Any

from bookings.enums import Status
from bookings.models import Booking, Questionnaire
from bookings.models.questionnaire import Question
from bookings.scheduling.hours import to_instant
from tests.calling import DENVER_TEN, ROBIN, Api, anyone, client_of
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import at, make_booking

NOW = to_instant(SEVEN_ON_MONDAY)


def order(place: Any, **other: Any) -> dict[str, Any]:
    """The smallest booking, and what else is given."""
    return {
        "location": place.location.slug,
        "session_type": place.session_type.slug,
        "starts_at": DENVER_TEN,
        "client": ROBIN,
        **other,
    }


def book(place: Any, caller: Api | None = None, **other: Any) -> Any:
    """Book as a client, or as somebody else."""
    return (caller or anyone()).post("bookings/", order(place, **other))


def hold(place: Any, caller: Api | None = None, **other: Any) -> Any:
    """Hold the slot; a client need not be given."""
    body = order(place, hold=True, **other)
    if "client" not in other:
        del body["client"]
    return (caller or anyone()).post("bookings/", body)


def booked(place: Any, wall: str = "2026-08-03 10:00", **other: Any) -> Booking:
    """A booking that was made just now, so that its client may still change it (rule B6)."""
    booking = make_booking(
        therapist=place.therapist,
        room=place.room,
        session_type=place.session_type,
        starts_at=at(wall),
        **other,
    )
    booking.booked_at = NOW
    booking.save()
    return booking


def held(place: Any, **other: Any) -> Booking:
    """A hold without a client, ten minutes long."""
    booking = booked(place, status=Status.HELD, expires_at=NOW + timedelta(minutes=10), **other)
    Booking.objects.update(client=None)
    return booking


def path_of(booking: Booking, call: str = "") -> str:
    """The address of a booking, or of a call of it."""
    return f"bookings/{booking.reference}/{call}"


def call(booking: Booking, name: str, body: object = None, caller: Api | None = None) -> Any:
    """Call something of a booking as its client, or as somebody else."""
    return (caller or client_of(booking)).post(path_of(booking, name), body)


def status_of(booking: Booking) -> str:
    """Its state in the database now."""
    booking.refresh_from_db()
    return booking.status


def alternatives_in(response: Any) -> list[str]:
    """The local times that a refusal offers."""
    return [slot["starts_at"][11:16] for slot in response.json()["alternatives"]]


def sign_off_questions(version: int = 3, *, required: bool = False) -> None:
    """Put a questionnaire with one question in force."""
    questionnaire = Questionnaire.objects.create(
        version=version, signed_off_by="Dr. Ames", signed_off_on=date(2026, 1, 1)
    )
    Question.objects.create(
        questionnaire=questionnaire,
        position=1,
        key="pregnant",
        text="Are you pregnant?",
        kind=Question.Kind.YES_NO,
        required=required,
    )
