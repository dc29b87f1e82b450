"""What is booked, and what a refusal leaves and offers."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from bookings.domain.booking import cancellable_until, to_book
from bookings.domain.requests import Details
from bookings.domain.schedule import changing_schedule
from bookings.enums import EventKind, Source, Status
from bookings.errors import SlotUnavailable
from bookings.models import Booking, Client
from bookings.scheduling.hours import to_instant, to_minute
from studio.premises.locking import LOCK_SPACE
from tests.bookings.domain.asking import ADA, CLIENT, NOW, booked, minute, wish
from tests.factories import (
    at,
    make_bookable,
    make_client,
    make_location,
    make_session_type,
    make_shift,
    make_therapist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
MONDAY = date(2026, 8, 3)


def test_a_booking_takes_therapist_room_and_time():
    studio = make_bookable(buffer_before_minutes=10, buffer_after_minutes=15)

    booking = booked(studio, TEN)

    assert booking.status == Status.CONFIRMED
    assert (booking.therapist, booking.room) == (studio.therapist, studio.room)
    assert booking.starts_at == at(TEN)
    assert booking.date == MONDAY
    assert booking.occupied_from == minute("2026-08-03 09:50")
    assert booking.occupied_until == minute("2026-08-03 11:15")


def test_p1_a_typed_address_joins_no_client_that_is_known():
    studio = make_bookable()
    known = make_client(email=ADA.email)

    booking = booked(studio, TEN)

    assert booking.client != known


def test_b4_later_edits_change_nothing_of_a_booking():
    studio = make_bookable()
    booking = booked(studio, TEN)
    session_type = studio.session_type
    session_type.name, session_type.price, session_type.duration_minutes = "Other", 999, 30
    session_type.save()
    studio.location.free_cancellation_hours = 1
    studio.location.save()

    booking.refresh_from_db()

    assert booking.session_name != "Other"
    assert booking.price == Decimal("120.00")
    assert booking.duration_minutes == 60
    assert booking.free_cancellation_hours == 24


def test_b7_a_booking_is_recorded_with_who_and_from_where():
    booking = booked(make_bookable(), TEN)

    [event] = booking.events.all()

    assert (event.kind, event.source, event.by) == (EventKind.BOOKED, Source.API, None)
    assert (event.from_status, event.to_status) == ("", Status.CONFIRMED)
    assert event.at == to_instant(NOW)


def test_a_longer_session_type_is_another_booking_length():
    studio = make_bookable()
    longer = make_session_type(
        duration_minutes=90, locations=(studio.location,), therapists=(studio.therapist,)
    )

    booking = booked(studio, TEN, session_type=longer)

    assert booking.ends_at == at("2026-08-03 11:30")


def test_a_refusal_writes_nothing():
    studio = make_bookable()
    taken = booked(studio, TEN)

    with pytest.raises(SlotUnavailable):
        booked(studio, "2026-08-03 10:15")

    assert list(Booking.objects.all()) == [taken]
    assert list(Client.objects.all()) == [taken.client]


def test_b2_where_a_therapist_is_given_a_shift_meanwhile_is_locked_too():
    studio, elsewhere = make_bookable(), make_location()
    book = to_book(wish(studio, TEN), Details(ADA), caller=CLIENT, now=NOW)
    with changing_schedule():
        make_shift(therapist=studio.therapist, location=elsewhere, weekday=5)
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert book().therapist == studio.therapist

    if connection.vendor == "postgresql":
        locks = [params for sql, params in asked if "pg_advisory_xact_lock" in sql]
        assert [LOCK_SPACE, studio.location.pk, LOCK_SPACE, elsewhere.pk] in locks


def test_a3_a_refusal_carries_the_five_nearest_open_slots():
    studio = make_bookable(time_from="09:00", time_until="12:00", slot_step_minutes=30)
    booked(studio, TEN)

    with pytest.raises(SlotUnavailable) as caught:
        booked(studio, TEN)

    assert [to_instant(slot.starts_at) for slot in caught.value.alternatives] == [
        at("2026-08-02 10:30"),
        at("2026-08-02 11:00"),
        at("2026-08-03 09:00"),
        at("2026-08-03 11:00"),
        at("2026-08-04 09:00"),
    ]


def test_a3_alternatives_are_with_the_named_therapist():
    studio = make_bookable()
    other = make_therapist(slug="other")
    studio.session_type.therapists.add(other)
    booked(studio, TEN, therapist=studio.therapist)

    with pytest.raises(SlotUnavailable) as caught:
        booked(studio, TEN, therapist=studio.therapist)

    assert {slot.therapists for slot in caught.value.alternatives} == {(studio.therapist.slug,)}


def test_b6_cancelling_is_free_until_the_hours_before_the_start():
    booking = booked(make_bookable(), TEN)

    assert cancellable_until(booking) == to_minute(booking.starts_at) - 24 * 60


def test_b6_cancelling_is_free_for_three_minutes_after_booking():
    now = minute(TEN) - 120

    booking = booked(make_bookable(), TEN, now=now)

    assert cancellable_until(booking) == now + 3
