"""A form that carries the reference it is going to make books once, however often it is sent."""

from dataclasses import replace

import pytest

from bookings.domain.booking import book
from bookings.domain.callers import at_desk
from bookings.domain.links import new_reference
from bookings.domain.requests import Details, Person, Wish
from bookings.errors import RuleRefused
from bookings.models import Booking, Client
from bookings.scheduling.hours import to_minute
from tests.factories import (
    at,
    make_bookable,
    make_certification,
    make_client,
    make_room,
    make_shift,
    make_therapist,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = to_minute(at("2026-08-03 07:00"))
ADA = Person("Ada", phone="1")
REFERENCE = new_reference()


@pytest.fixture
def made():
    """Two therapists and two rooms: a second booking at the same time would find its place."""
    made = make_bookable()
    second = make_therapist()
    make_shift(therapist=second, location=made.location)
    make_certification(
        therapist=second, qualification=made.session_type.requires_qualifications.get()
    )
    made.session_type.therapists.add(second)
    make_room(location=made.location, equipment=tuple(made.room.equipment.all()))
    return made


@pytest.fixture
def send(made):
    """Send the form, with its reference."""
    caller = at_desk(make_user())
    wish = Wish(made.location, made.session_type, to_minute(at("2026-08-03 10:00")))

    def send(client=ADA, **changed):
        details = Details(client=client)
        return book(replace(wish, **changed), details, caller=caller, now=NOW, reference=REFERENCE)

    return send


def test_b9_the_same_form_gives_the_same_booking(send):
    first = send()
    again = send()

    assert (first, first.reference) == (again, REFERENCE)
    assert (Booking.objects.count(), Client.objects.count(), first.events.count()) == (1, 1, 1)


def test_b9_a_known_client_is_booked_once_and_meets_no_s10(send):
    client = make_client()

    assert send(client) == send(client)


@pytest.mark.parametrize("other", [Person("Kim", phone="1"), Person("Ada", phone="2")])
def test_another_client_at_the_same_time_is_another_booking(send, other):
    first, second = send(), send(other)

    assert first != second
    assert second.reference != REFERENCE


def test_another_start_is_another_booking(send):
    later = to_minute(at("2026-08-03 12:00"))

    assert send() != send(starts_at=later)


def test_a_known_client_with_another_start_is_another_booking(send):
    client = make_client()

    assert send(client) != send(client, starts_at=to_minute(at("2026-08-03 12:00")))


def test_s10_a_known_client_in_another_session_type_is_still_refused(made, send):
    client = make_client()
    send(client)
    other = made.session_type
    other.pk, other.slug = None, "other"
    other.save()

    with pytest.raises(RuleRefused, match="another session"):
        send(client, session_type=other)
