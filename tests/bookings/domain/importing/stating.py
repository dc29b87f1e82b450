"""Bookings as a file states them, for tests."""

from typing import Any

from bookings.domain.expiring import expire_lapsed
from bookings.domain.importing.bringing_in import bring_in
from bookings.domain.importing.incoming import Incoming
from bookings.domain.requests import Person
from bookings.domain.schedule import changing_schedule
from bookings.enums import Status
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from bookings.scheduling.slots import Rule
from studio.premises.models import Room
from tests.bookings.domain.asking import NOW, minute
from tests.factories import (
    Bookable,
    make_certification,
    make_room,
    make_shift,
    make_therapist,
)
from therapists.models import Therapist

ADA = Person("Ada L.", "ada@example.org", "+1 303 555 0161")
TEN = "2026-08-03 10:00"


def make_colleague(studio: Bookable) -> Therapist:
    """Somebody else who can give the studio's session on Mondays."""
    colleague = make_therapist()
    (licence,) = studio.session_type.requires_qualifications.all()
    make_certification(therapist=colleague, qualification=licence)
    make_shift(therapist=colleague, location=studio.location)
    studio.session_type.therapists.add(colleague)
    return colleague


def make_same_room(studio: Bookable) -> Room:
    """Another room with the same equipment."""
    return make_room(location=studio.location, equipment=tuple(studio.room.equipment.all()))


def stated(
    studio: Bookable, wall: str = TEN, status: Status = Status.CONFIRMED, **values: Any
) -> Incoming:
    """A booking as a file states it, with Ada and in no particular room."""
    location = values.get("location", studio.location)
    stated = {
        "location": location,
        "session_type": studio.session_type,
        "therapist": studio.therapist,
        "starts_at": minute(wall, location.timezone),
        "person": ADA,
    }
    return Incoming(status=status, **stated | values)


def brought(*incoming: Incoming) -> list[Booking | Rule]:
    """What became of them."""
    with changing_schedule():
        expire_lapsed(now=NOW)
        return bring_in(incoming, now=NOW)


def brought_one(incoming: Incoming) -> Booking:
    """The one booking, which no rule refused."""
    (booking,) = brought(incoming)
    assert isinstance(booking, Booking)
    return Booking.objects.get(pk=booking.pk)


def restated(
    studio: Bookable, stored: Booking, status: Status = Status.CONFIRMED, **values: Any
) -> Incoming:
    """What a file says now of a booking that is there."""
    stored = Booking.objects.select_related(
        "location", "session_type", "therapist", "room", "client"
    ).get(pk=stored.pk)
    start = {"starts_at": to_minute(stored.starts_at)}
    return stated(studio, status=status, stored=stored, **start | values)


def not_at_work(studio: Bookable) -> None:
    """Nobody has a shift any more."""
    studio.therapist.shifts.all().delete()
