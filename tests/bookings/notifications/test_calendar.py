from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from bookings.domain.callers import Caller
from bookings.domain.events import record
from bookings.enums import EventKind, Source, Status
from bookings.models import Booking
from bookings.notifications.calendar import calendar_file
from bookings.scheduling.hours import to_minute
from tests.factories import MONDAY_AT_TEN, make_booking, make_client

pytestmark = pytest.mark.django_db

AT_NINE = to_minute(datetime(2026, 8, 1, 9, tzinfo=UTC))


def event_of(booking: Booking) -> Any:
    [event] = icalendar.Calendar.from_ical(calendar_file(booking)).events
    return event


def happen(booking: Booking, kind: EventKind, minute: int = AT_NINE) -> None:
    record(booking, kind, by=Caller(source=Source.SITE), at=minute)


def test_a_booking_is_one_event_in_utc():
    booking = make_booking(duration_minutes=90, buffer_before_minutes=10, buffer_after_minutes=15)

    event = event_of(booking)

    assert event.start == MONDAY_AT_TEN
    assert event.end == MONDAY_AT_TEN + timedelta(minutes=90)
    assert event["location"] == "1 Main Street"
    assert event["summary"] == f"Appointment at {booking.location.name}"
    assert event["status"] == "CONFIRMED"
    assert b"DTSTART:20260803T160000Z" in calendar_file(booking)


def test_the_event_is_in_the_language_of_whom_it_is_for():
    robin = make_client()
    robin.language = "es"
    booking = make_booking(client=robin)

    assert event_of(booking)["summary"] == f"Cita en {booking.location.name}"


def test_p1_the_file_says_nothing_of_the_person():
    booking = make_booking(client=make_client(name="Robin Client"))
    booking.notes = "Please knock."

    file = calendar_file(booking).decode()

    for secret in ("Robin", "robin@example.org", "knock", booking.session_name):
        assert secret not in file


def test_the_event_stays_the_same_one_when_it_is_moved():
    booking = make_booking(reference="ABCDE-12345")
    before = event_of(booking)
    for _ in range(2):
        happen(booking, EventKind.MOVED)

    after = event_of(booking)

    assert before["uid"] == after["uid"] == "ABCDE-12345@ashiatsu-booking"
    assert (before["sequence"], after["sequence"]) == (0, 2)


def test_the_stamp_is_the_last_change():
    booking = make_booking()
    happen(booking, EventKind.BOOKED, AT_NINE)
    happen(booking, EventKind.MOVED, AT_NINE + 60)

    assert event_of(booking)["dtstamp"].dt == datetime(2026, 8, 1, 10, tzinfo=UTC)


def test_a_booking_from_before_events_is_stamped_when_it_was_made():
    booking = make_booking()

    assert event_of(booking)["dtstamp"].dt == booking.booked_at


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.PENDING_REVIEW, "TENTATIVE"),
        (Status.CONFIRMED, "CONFIRMED"),
        (Status.COMPLETED, "CONFIRMED"),
        (Status.CANCELLED, "CANCELLED"),
        (Status.DECLINED, "CANCELLED"),
    ],
)
def test_the_state_is_told_in_the_words_of_calendars(status, told):
    assert event_of(make_booking(status=status))["status"] == told


def test_the_same_booking_gives_the_same_bytes():
    booking = make_booking()
    happen(booking, EventKind.BOOKED)

    assert calendar_file(booking) == calendar_file(booking)
