from datetime import UTC, datetime, timedelta

import pytest

from bookings.domain.callers import Caller
from bookings.domain.events import record
from bookings.enums import EventKind, Source, Status
from bookings.models import Booking
from bookings.notifications.calendar import calendar_file, invitation, method_of
from bookings.scheduling.hours import to_minute
from tests.calendars import event_in, instant, read
from tests.factories import (
    MONDAY_AT_TEN,
    at,
    make_booking,
    make_client,
    make_location,
    make_room,
    make_studio,
)

pytestmark = pytest.mark.django_db

AT_NINE = to_minute(datetime(2026, 8, 1, 9, tzinfo=UTC))

CLOCK_CHANGES = [
    ("America/Denver", "2026-03-07 10:00"),
    ("America/Denver", "2026-03-08 01:00"),  # ends when the clocks are put forward
    ("America/Denver", "2026-03-08 03:00"),
    ("America/Denver", "2026-03-09 10:00"),
    ("America/Denver", "2026-10-31 10:00"),
    ("America/Denver", "2026-11-01 00:30"),  # ends in the first passage of the repeated hour
    ("America/Denver", "2026-11-01 01:30"),
    ("America/Denver", "2026-11-01 02:00"),
    ("America/Denver", "2026-11-02 10:00"),
    ("Australia/Sydney", "2026-04-04 10:00"),
    ("Australia/Sydney", "2026-04-05 02:30"),
    ("Australia/Sydney", "2026-04-06 10:00"),
    ("Australia/Sydney", "2026-10-03 10:00"),
    ("Australia/Sydney", "2026-10-05 10:00"),
]


def happen(booking: Booking, kind: EventKind, minute: int = AT_NINE) -> None:
    record(booking, kind, by=Caller(source=Source.SITE), at=minute)


def booking_at(starts_at: datetime, zone: str = "America/Denver") -> Booking:
    return make_booking(room=make_room(location=make_location(timezone=zone)), starts_at=starts_at)


def test_a_booking_is_one_event_with_its_place():
    make_studio(name="Still Water")
    booking = make_booking(duration_minutes=90, buffer_before_minutes=10, buffer_after_minutes=15)

    calendar = read(calendar_file(booking))
    (event,) = calendar.all("VEVENT")

    assert instant(calendar, event["DTSTART"]) == MONDAY_AT_TEN
    assert instant(calendar, event["DTEND"]) == MONDAY_AT_TEN + timedelta(minutes=90)
    assert event["DTSTART"].value == "20260803T100000"
    assert event.text("LOCATION") == "1 Main Street"
    assert event.text("SUMMARY") == f"Appointment at {booking.location.name}"
    assert event.text("STATUS") == "CONFIRMED"
    assert event["ORGANIZER"].value == "mailto:studio@example.org"
    assert event["ORGANIZER"].parameters == {"CN": "Still Water"}


@pytest.mark.parametrize(("zone", "wall"), CLOCK_CHANGES)
def test_times_around_a_clock_change_are_read_as_they_were_meant(zone, wall):
    booking = booking_at(at(wall, zone), zone)

    calendar = read(calendar_file(booking))
    (event,) = calendar.all("VEVENT")

    assert instant(calendar, event["DTSTART"]) == booking.starts_at
    assert instant(calendar, event["DTEND"]) == booking.ends_at


def test_t4_the_second_passage_of_a_repeated_hour_is_in_utc():
    second = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)  # 01:30 for the second time

    event = event_in(calendar_file(booking_at(second)))

    assert event["DTSTART"].value == "20261101T083000Z"
    assert event["DTEND"].value == "20261101T093000Z"


def test_the_event_is_in_the_language_of_whom_it_is_for():
    robin = make_client()
    robin.language = "es"
    booking = make_booking(client=robin, reference="ABCDE-12345")

    event = event_in(calendar_file(booking))

    assert event.text("SUMMARY") == f"Cita en {booking.location.name}"
    assert event.text("DESCRIPTION").startswith("Reserva ABCDE-12345.")


def test_p1_the_file_of_the_link_says_nothing_of_the_person():
    booking = make_booking(client=make_client(name="Robin Client"))
    booking.notes = "Please knock."

    file = calendar_file(booking).decode()

    for secret in ("Robin", "robin@example.org", "knock", booking.session_name, "/manage/"):
        assert secret not in file


def test_the_invitation_is_for_its_client_who_need_not_answer():
    event = event_in(invitation(make_booking(), now=AT_NINE))

    assert event["ATTENDEE"].value == "mailto:robin@example.org"
    assert event["ATTENDEE"].parameters == {
        "PARTSTAT": "ACCEPTED",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "FALSE",
    }


def test_the_invitation_says_nothing_of_the_session_and_opens_nothing():
    booking = make_booking(client=make_client(name="Robin Client"))
    booking.notes = "Please knock."

    file = invitation(booking, now=AT_NINE).decode().replace("\r\n ", "")

    for secret in ("Robin", "knock", booking.session_name, "/manage/", "token"):
        assert secret not in file


@pytest.mark.parametrize(
    ("status", "method", "told"),
    [
        (Status.PENDING_REVIEW, "REQUEST", "TENTATIVE"),
        (Status.CONFIRMED, "REQUEST", "CONFIRMED"),
        (Status.COMPLETED, "REQUEST", "CONFIRMED"),
        (Status.CANCELLED, "CANCEL", "CANCELLED"),
        (Status.DECLINED, "CANCEL", "CANCELLED"),
        (Status.EXPIRED, "CANCEL", "CANCELLED"),
    ],
)
def test_the_state_is_told_in_the_words_of_calendars(status, method, told):
    booking = make_booking(status=status)

    invited = invitation(booking, now=AT_NINE)

    assert read(invited).text("METHOD") == method_of(booking, now=AT_NINE) == method
    assert event_in(invited).text("STATUS") == told
    assert read(calendar_file(booking)).text("METHOD") == "PUBLISH"
    assert event_in(calendar_file(booking)).text("STATUS") == told


def test_a_review_past_its_time_is_called_off():
    deadline = datetime(2026, 8, 2, 9, tzinfo=UTC)
    booking = make_booking(status=Status.PENDING_REVIEW, expires_at=deadline)

    before = read(invitation(booking, now=to_minute(deadline) - 1))
    after = read(invitation(booking, now=to_minute(deadline)))

    assert (before.text("METHOD"), after.text("METHOD")) == ("REQUEST", "CANCEL")
    assert after.all("VEVENT")[0].text("STATUS") == "CANCELLED"


def test_the_event_stays_the_same_one_through_its_changes():
    booking = make_booking(reference="ABCDE-12345")
    before = event_in(calendar_file(booking))
    for kind in (EventKind.MOVED, EventKind.CANCELLED, EventKind.RESTORED):
        happen(booking, kind)

    after = event_in(calendar_file(booking))

    assert before.text("UID") == after.text("UID") == "ABCDE-12345@ashiatsu-booking"
    assert (before.text("SEQUENCE"), after.text("SEQUENCE")) == ("0", "3")


def test_what_is_mailed_and_what_is_downloaded_are_one_event():
    booking = make_booking()
    happen(booking, EventKind.MOVED)

    mailed, downloaded = (
        event_in(invitation(booking, now=AT_NINE)),
        event_in(calendar_file(booking)),
    )

    assert mailed.properties.pop("ATTENDEE")
    assert mailed == downloaded


def test_the_stamp_is_the_last_change():
    booking = make_booking()
    happen(booking, EventKind.BOOKED, AT_NINE)
    happen(booking, EventKind.MOVED, AT_NINE + 60)

    event = event_in(calendar_file(booking))

    assert event.text("DTSTAMP") == event.text("LAST-MODIFIED") == "20260801T100000Z"


def test_a_booking_from_before_events_is_stamped_when_it_was_made():
    assert event_in(calendar_file(make_booking())).text("DTSTAMP") == "20260727T160000Z"


def test_the_file_stays_the_same_until_the_booking_changes():
    booking = make_booking()
    happen(booking, EventKind.BOOKED)
    before = calendar_file(booking)

    happen(booking, EventKind.PAID, AT_NINE + 60)

    assert calendar_file(booking) == before


def test_what_names_and_addresses_may_hold_is_read_back():
    make_studio(name='Ann "Feet" & Söhne; Bars, Ropes: Zürich')
    booking = make_booking()
    booking.location.address = "1 Main Street;\\ Flat 2,\r\nDenver – " + "é" * 60

    event = event_in(calendar_file(booking))

    assert event.text("LOCATION") == booking.location.address.replace("\r\n", "\n")
    assert event["ORGANIZER"].parameters == {"CN": "Ann 'Feet' & Söhne; Bars, Ropes: Zürich"}
