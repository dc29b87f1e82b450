"""What the database refuses as an overlap, and what not (rules B1 and B2)."""

import pytest
from django.db import transaction

from bookings.enums import LIVE, Status
from bookings.models import Booking
from tests.bookings.constraints.overlapping import OTHER_STATES, overlap_of, refused
from tests.factories import at, make_booking

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


# What overlaps


OVERLAPS = [
    pytest.param("10:00", 60, id="the same interval"),
    pytest.param("09:00", 65, id="ends inside"),
    pytest.param("10:55", 60, id="begins inside"),
    pytest.param("10:15", 30, id="lies inside"),
    pytest.param("09:00", 180, id="lies around"),
    pytest.param("10:00", 5, id="the first five minutes"),
    pytest.param("10:55", 5, id="the last five minutes"),
]


@pytest.mark.parametrize(("time", "duration"), OVERLAPS)
def test_b2_a_therapist_is_not_booked_twice_at_a_time(time, duration):
    taken = make_booking()

    with refused("therapist_booked_once"):
        overlap_of(taken, starts_at=at(f"2026-08-03 {time}"), duration=duration).save()

    assert list(Booking.objects.all()) == [taken]


@pytest.mark.parametrize(("time", "duration"), OVERLAPS)
def test_b2_a_room_is_not_booked_twice_at_a_time(time, duration):
    taken = make_booking()

    with refused("room_booked_once"):
        make_booking(
            room=taken.room,
            starts_at=at(f"2026-08-03 {time}"),
            duration_minutes=duration,
        )


def test_b2_the_buffers_count():
    taken = make_booking(buffer_after_minutes=15)

    with refused():
        overlap_of(taken, starts_at=at("2026-08-03 11:10")).save()


@pytest.mark.parametrize("time", ["09:00", "11:00"])
def test_t3_a_booking_may_touch_another(time):
    taken = make_booking()

    make_booking(therapist=taken.therapist, room=taken.room, starts_at=at(f"2026-08-03 {time}"))

    assert Booking.objects.count() == 2


def test_b2_a_gap_between_two_bookings_can_be_filled_and_no_more():
    taken = make_booking(starts_at=at("2026-08-03 09:00"))
    make_booking(therapist=taken.therapist, starts_at=at("2026-08-03 11:00"))

    overlap_of(taken, starts_at=at("2026-08-03 10:00")).save()
    with refused():
        overlap_of(taken, starts_at=at("2026-08-03 10:30"), duration=5).save()


def test_b2_a_long_booking_is_found_behind_those_that_are_not_live():
    taken = make_booking(starts_at=at("2026-08-03 06:00"), duration_minutes=600)
    overlap_of(taken, starts_at=at("2026-08-03 09:00"), status=Status.CANCELLED).save()

    with refused():
        overlap_of(taken, starts_at=at("2026-08-03 10:00")).save()


def test_another_therapist_in_another_room_is_free():
    make_booking()

    make_booking()

    assert Booking.objects.count() == 2


@pytest.mark.parametrize("status", LIVE)
def test_b1_a_live_booking_takes_its_time(status):
    limit = at("2026-08-01 10:00") if status == Status.HELD else None
    taken = make_booking(status=status, expires_at=limit)

    with refused():
        overlap_of(taken).save()


@pytest.mark.parametrize("status", OTHER_STATES)
def test_b1_a_booking_that_is_not_live_takes_nothing(status):
    taken = make_booking(status=status)

    overlap_of(taken).save()

    assert Booking.objects.live().count() == 1


@pytest.mark.parametrize("status", OTHER_STATES)
def test_b1_a_booking_that_is_not_live_may_be_written_over_a_live_one(status):
    taken = make_booking()

    overlap_of(taken, status=status).save()

    assert Booking.objects.live().count() == 1


# What is not refused


def test_a_booking_does_not_overlap_itself():
    taken = make_booking()

    taken.save()
    Booking.objects.filter(pk=taken.pk).update(status=Status.CHECKED_IN)
    Booking.objects.filter(pk=taken.pk).update(
        occupied_from=taken.occupied_from + 30, occupied_until=taken.occupied_until + 30
    )

    assert Booking.objects.get().occupied_from == taken.occupied_from + 30


def test_a_cancelled_booking_comes_back_where_nobody_took_its_time():
    taken = make_booking()
    other = overlap_of(taken, starts_at=at("2026-08-03 11:00"), status=Status.CANCELLED)
    other.save()

    Booking.objects.filter(pk=other.pk).update(status=Status.CONFIRMED)

    assert Booking.objects.live().count() == 2


def test_b3_in_one_transaction_a_booking_takes_the_time_of_one_that_has_just_expired():
    taken = make_booking(status=Status.HELD, expires_at=at("2026-08-01 10:00"))

    with transaction.atomic():
        Booking.objects.filter(pk=taken.pk).update(status=Status.EXPIRED, expires_at=None)
        overlap_of(taken).save()

    assert Booking.objects.live().count() == 1
