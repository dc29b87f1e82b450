"""No overlap gets in, whether the ORM writes or raw SQL (rule B2)."""

import contextlib

import pytest
from django.db import IntegrityError, connection, transaction

from bookings.enums import Status
from bookings.models import Booking
from tests.bookings.constraints.overlapping import (
    OTHER_STATES,
    insert_of,
    overlap_of,
    refused,
    row_of,
)
from tests.factories import at, make_booking, make_therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def insert(row):
    """INSERT without the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(insert_of(row, "%({})s"), row)


def update(pk, column, value):
    """UPDATE without the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE bookings_booking SET "{column}" = %s WHERE id = %s', [value, pk])


def test_b2_bulk_create_is_refused():
    taken = make_booking()
    other = overlap_of(taken)

    with refused():
        Booking.objects.bulk_create([other])


def test_b2_two_rows_of_one_insert_do_not_overlap_each_other():
    first, second = (
        overlap_of(make_booking(status=Status.CANCELLED), starts_at=at(f"2026-08-03 {time}"))
        for time in ("10:00", "10:30")
    )
    second.therapist = first.therapist

    with refused():
        Booking.objects.bulk_create([first, second])

    assert not Booking.objects.live().exists()


def test_b2_ignoring_conflicts_lets_no_overlap_in():
    taken = make_booking()
    other = overlap_of(taken)

    # SQLite refuses, PostgreSQL leaves the row out without a word.
    with contextlib.suppress(IntegrityError), transaction.atomic():
        Booking.objects.bulk_create([other], ignore_conflicts=True)

    assert list(Booking.objects.all()) == [taken]


def test_b2_save_of_a_moved_booking_is_refused():
    taken = make_booking()
    other = overlap_of(taken, starts_at=at("2026-08-03 11:00"))
    other.save()
    other.occupied_from -= 30
    other.occupied_until -= 30

    with refused():
        other.save(update_fields=["occupied_from", "occupied_until"])


def test_b2_an_update_of_rows_is_refused():
    taken = make_booking()
    overlap_of(taken, starts_at=at("2026-08-03 11:00")).save()

    with refused():
        Booking.objects.exclude(pk=taken.pk).update(
            occupied_from=taken.occupied_from, occupied_until=taken.occupied_until
        )


def test_b2_bulk_update_is_refused():
    taken = make_booking()
    other = make_booking(room=taken.room, starts_at=at("2026-08-03 11:00"))
    other.therapist = taken.therapist
    other.occupied_from, other.occupied_until = taken.occupied_from, taken.occupied_until

    with refused("room_booked_once"):
        Booking.objects.bulk_update([other], ["occupied_from", "occupied_until"])


def test_b2_a_longer_session_is_refused_where_the_next_one_begins():
    taken = make_booking()
    make_booking(therapist=taken.therapist, starts_at=at("2026-08-03 11:00"))

    with refused():
        Booking.objects.filter(pk=taken.pk).update(
            occupied_until=taken.occupied_until + 30, duration_minutes=90
        )


def test_b2_a_change_of_therapist_is_refused():
    taken = make_booking()
    other = make_booking()

    with refused():
        Booking.objects.filter(pk=other.pk).update(therapist=taken.therapist)


def test_b2_a_change_of_room_is_refused():
    taken = make_booking()
    other = make_booking()

    with refused("room_booked_once"):
        Booking.objects.filter(pk=other.pk).update(room=taken.room)


@pytest.mark.parametrize("status", OTHER_STATES)
def test_b2_an_overlap_is_not_brought_back_to_life_by_its_status_alone(status):
    taken = make_booking()
    other = overlap_of(taken, status=status)
    other.save()
    other.status = Status.CONFIRMED

    with refused():
        other.save(update_fields=["status"])


def test_b2_a_raw_insert_is_refused():
    taken = make_booking()
    row = row_of(overlap_of(taken))

    with refused():
        insert(row)


@pytest.mark.parametrize(
    ("column", "status", "start"),
    [
        pytest.param("status", Status.CANCELLED, "10:30", id="status"),
        pytest.param("therapist_id", Status.CONFIRMED, "10:30", id="therapist"),
    ],
)
def test_b2_a_raw_update_is_refused(column, status, start):
    taken = make_booking()
    other = overlap_of(taken, starts_at=at(f"2026-08-03 {start}"), status=status)
    if column == "therapist_id":
        other.therapist = make_therapist()
    other.save()

    with refused():
        update(other.pk, column, getattr(taken, column))


def test_b2_a_raw_update_of_all_rows_is_refused():
    taken = make_booking()
    overlap_of(taken, starts_at=at("2026-08-03 11:00")).save()

    with refused(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bookings_booking SET occupied_from = %s, occupied_until = %s",
            [taken.occupied_from, taken.occupied_until],
        )


@pytest.mark.parametrize("column", ["therapist_id", "room_id", "occupied_from", "occupied_until"])
def test_b2_nothing_slips_through_as_null(column):
    row = row_of(overlap_of(make_booking()))

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(row | {column: None})
