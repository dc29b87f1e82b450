"""What is recorded of bookings that a file brings: how they came about, and whose they are."""

import pytest

from bookings.domain.callers import Caller
from bookings.domain.checks import findings
from bookings.domain.clients.merging import merge
from bookings.domain.reception import step_back
from bookings.domain.requests import Person
from bookings.enums import Source, Status
from bookings.models import Client
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import NOW, RECEPTION
from tests.bookings.domain.importing.stating import ADA, TEN, brought, brought_one, stated
from tests.factories import (
    make_bookable,
    make_booking,
    make_client,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.mark.parametrize(
    ("status", "recorded"),
    [
        (Status.HELD, ["held"]),
        (Status.PENDING_REVIEW, ["booked"]),
        (Status.CONFIRMED, ["booked"]),
        (Status.CHECKED_IN, ["booked", "checked_in"]),
        (Status.COMPLETED, ["booked", "completed"]),
        (Status.NO_SHOW, ["booked", "no_show"]),
        (Status.CANCELLED, ["booked", "cancelled"]),
        (Status.DECLINED, ["booked", "declined"]),
        (Status.EXPIRED, ["held", "expired"]),
    ],
)
def test_b7_events_tell_how_a_booking_came_to_its_state(status, recorded):
    studio = make_bookable()

    booking = brought_one(stated(studio, status=status, room=studio.room))

    events = list(booking.events.order_by("pk"))
    assert [event.kind for event in events] == recorded
    assert {(event.source, event.at) for event in events} == {(Source.FILE, to_instant(NOW))}
    assert not list(findings())


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.CANCELLED])
def test_b7_what_nobody_came_to_was_held_before(status):
    studio = make_bookable()

    booking = brought_one(stated(studio, status=status, room=studio.room, person=None))

    assert [event.kind for event in booking.events.order_by("pk")] == ["held", status]


@pytest.mark.parametrize("status", [Status.CHECKED_IN, Status.NO_SHOW, Status.COMPLETED])
def test_reception_can_step_back_from_what_a_file_says(status):
    booking = brought_one(stated(make_bookable(), status=status))

    stepped = step_back(booking, caller=Caller(source=Source.DESK, is_staff=True), now=NOW)

    assert stepped.status == Status.CONFIRMED


@pytest.mark.parametrize(
    ("status", "wall", "minutes"),
    [
        (Status.HELD, TEN, 10),
        (Status.PENDING_REVIEW, TEN, 24 * 60),
        (Status.PENDING_REVIEW, "2026-07-31 09:00", 60),
        (Status.PENDING_REVIEW, "2026-07-03 10:00", 10),
    ],
)
def test_what_waits_for_something_has_a_limit_ahead(status, wall, minutes):
    booking = brought_one(stated(make_bookable(), wall, status))

    assert booking.expires_at == to_instant(NOW + minutes)


def test_one_name_and_address_in_files_is_one_client():
    studio = make_bookable()
    brought_one(stated(studio, "2026-08-03 09:00"))

    brought(stated(studio, "2026-08-03 10:00"), stated(studio, "2026-08-03 11:00"))

    (client,) = Client.objects.all()
    assert (client.name, client.email, client.phone) == (ADA.name, ADA.email, ADA.phone)
    assert client.bookings.count() == 3


def test_p1_a_file_joins_no_client_of_another_door():
    studio = make_bookable()
    theirs = make_booking(client=make_client(name="Ada", email="ada@example.org")).client

    booking = brought_one(stated(studio, person=Person("Ada", "ada@example.org")))

    assert booking.client != theirs


def test_a_client_of_a_file_who_was_merged_is_whom_they_were_merged_into():
    studio = make_bookable()
    first = brought_one(stated(studio))
    assert first.client
    kept = make_client(name="Ada Lovelace")
    merge(kept, first.client, caller=RECEPTION, now=NOW)

    assert brought_one(stated(studio, "2026-08-03 12:00")).client == kept


def test_people_without_an_address_are_not_taken_for_one():
    studio = make_bookable()
    erased = Person("Erased")

    brought(
        stated(studio, "2026-08-03 09:00", Status.COMPLETED, person=erased),
        stated(studio, "2026-08-03 10:00", Status.COMPLETED, person=erased),
    )

    assert Client.objects.count() == 2


def test_a_hold_may_have_no_client():
    assert brought_one(stated(make_bookable(), status=Status.HELD, person=None)).client is None
