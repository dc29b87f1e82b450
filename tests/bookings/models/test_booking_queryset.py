from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from bookings.enums import LIVE, Status
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from bookings.scheduling.timeline import Interval
from tests.factories import (
    MONDAY_AT_TEN,
    at,
    make_booking,
    make_client,
    make_location,
    make_room,
    make_session_type,
    make_therapist,
)

TEN = to_minute(MONDAY_AT_TEN)
MINUTE = timedelta(minutes=1)

both_engines = pytest.mark.both_engines


@pytest.mark.django_db
@both_engines
def test_b1_live_are_those_that_take_their_time():
    for status in Status:
        limit = MONDAY_AT_TEN if status == Status.HELD else None
        make_booking(status=status, expires_at=limit)

    assert {booking.status for booking in Booking.objects.live()} == set(LIVE)


@pytest.mark.django_db
@both_engines
@pytest.mark.parametrize(
    ("status", "limit"),
    [
        pytest.param(Status.CONFIRMED, None, id="no limit"),
        pytest.param(Status.HELD, MONDAY_AT_TEN + MINUTE, id="a hold with a minute left"),
        pytest.param(Status.PENDING_REVIEW, MONDAY_AT_TEN + MINUTE, id="a review to come"),
    ],
)
def test_b3_a_booking_stands_while_its_limit_is_ahead(status, limit):
    booking = make_booking(status=status, expires_at=limit)

    assert list(Booking.objects.standing(MONDAY_AT_TEN)) == [booking]
    assert not Booking.objects.lapsed(MONDAY_AT_TEN).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "wall", "buffer"),
    [
        pytest.param("Pacific/Kiritimati", "2026-08-03 00:00", 22 * 60, id="the earliest"),
        pytest.param("Etc/GMT+12", "2026-08-03 23:55", 0, id="the latest"),
    ],
)
def test_t7_a_date_has_its_bookings_wherever_it_is(zone, wall, buffer):
    room = make_room(location=make_location(timezone=zone))
    booking = make_booking(
        room=room, starts_at=at(wall, zone), duration_minutes=60, buffer_before_minutes=buffer
    )
    day, week = timedelta(days=1), timedelta(days=7)

    assert list(Booking.objects.on_dates(booking.date, booking.date)) == [booking]
    assert list(Booking.objects.on_dates(booking.date - week, booking.date)) == [booking]
    assert list(Booking.objects.on_dates(booking.date, booking.date + week)) == [booking]
    assert not Booking.objects.on_dates(booking.date - week, booking.date - day).exists()
    assert not Booking.objects.on_dates(booking.date + day, booking.date + week).exists()


@pytest.mark.django_db
@both_engines
@pytest.mark.parametrize("status", [Status.HELD, Status.PENDING_REVIEW])
@pytest.mark.parametrize("limit", [MONDAY_AT_TEN, MONDAY_AT_TEN - MINUTE])
def test_b3_a_booking_lapses_on_the_minute_of_its_limit(status, limit):
    booking = make_booking(status=status, expires_at=limit)

    assert list(Booking.objects.lapsed(MONDAY_AT_TEN)) == [booking]
    assert not Booking.objects.standing(MONDAY_AT_TEN).exists()


@pytest.mark.django_db
@both_engines
def test_b3_what_is_not_live_neither_stands_nor_lapses():
    make_booking(status=Status.EXPIRED, expires_at=MONDAY_AT_TEN - MINUTE)
    make_booking(status=Status.CANCELLED)

    assert not Booking.objects.standing(MONDAY_AT_TEN).exists()
    assert not Booking.objects.lapsed(MONDAY_AT_TEN).exists()


@pytest.mark.django_db
@both_engines
@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        pytest.param(TEN - 60, TEN, False, id="touches its start"),
        pytest.param(TEN - 60, TEN + 5, True, id="reaches into it"),
        pytest.param(TEN + 5, TEN + 10, True, id="inside"),
        pytest.param(TEN - 600, TEN + 600, True, id="around"),
        pytest.param(TEN + 55, TEN + 90, True, id="begins before its end"),
        pytest.param(TEN + 60, TEN + 90, False, id="touches its end"),
    ],
)
def test_t3_touching_is_not_overlapping(start, end, found):
    make_booking(starts_at=MONDAY_AT_TEN, duration_minutes=60)

    assert Booking.objects.overlapping(Interval(start, end)).exists() is found


@pytest.mark.django_db
@both_engines
@pytest.mark.parametrize(("end", "found"), [(TEN + 1440, False), (TEN + 1435, True)])
def test_t3_the_longest_booking_is_found_by_its_last_minutes(end, found):
    make_booking(starts_at=MONDAY_AT_TEN, duration_minutes=1440)

    assert Booking.objects.overlapping(Interval(end, end + 60)).exists() is found


steps = st.integers(-400, 400).map(lambda cells: TEN + 5 * cells)


@pytest.mark.django_db
@given(st.lists(st.tuples(steps, st.integers(1, 288)), max_size=5), steps, st.integers(1, 600))
def test_overlapping_is_what_comparing_one_by_one_gives(bookings, start, cells):
    wanted = Interval(start, start + 5 * cells)
    with transaction.atomic():
        made = [
            make_booking(
                starts_at=MONDAY_AT_TEN + (begin - TEN) * MINUTE,
                duration_minutes=5 * length,
                status=Status.CANCELLED,
            )
            for begin, length in bookings
        ]

        found = set(Booking.objects.overlapping(wanted))

        transaction.set_rollback(True)
    assert found == {booking for booking in made if booking.occupied.overlaps(wanted)}


def a_busy_year():
    """Three thousand bookings of twenty therapists, known to the planner; one of the first's."""
    session_type, client = make_session_type(), make_client()
    location = make_location()
    pairs = [(make_therapist(), make_room(location=location)) for _ in range(20)]
    bookings = Booking.objects.bulk_create(
        make_booking(
            therapist=therapist,
            room=room,
            session_type=session_type,
            client=client,
            starts_at=MONDAY_AT_TEN + timedelta(days=day),
            reference=f"R{day}-{therapist.pk}",
            stored=False,
        )
        for therapist, room in pairs
        for day in range(150)
    )
    # Autovacuum keeps PostgreSQL's statistics; nobody gathers any for SQLite.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE bookings_booking")
    return bookings[0]


@pytest.mark.django_db
@both_engines
def test_what_is_taken_is_found_by_whose_and_when():
    taken = a_busy_year()
    whose = Q(therapist_id__in=[taken.therapist_id]) | Q(room_id__in=[taken.room_id])
    rows = Booking.objects.standing(MONDAY_AT_TEN).overlapping(Interval(TEN, TEN + 60))

    plan = rows.filter(whose).order_by().explain()

    assert "booking_by_therapist" in plan
    assert "booking_by_room" in plan


@pytest.mark.django_db
@both_engines
def test_b3_holds_are_found_by_their_state():
    a_busy_year()
    holds = Booking.objects.standing(MONDAY_AT_TEN).filter(status=Status.HELD)

    assert "booking_by_state" in holds.order_by().explain()


@pytest.mark.django_db
@both_engines
def test_b3_what_has_lapsed_is_found_by_its_limit():
    a_busy_year()
    index = {"postgresql": "booking_by_limit", "sqlite": "booking_by_state"}[connection.vendor]

    assert index in Booking.objects.lapsed(MONDAY_AT_TEN).order_by().explain()
