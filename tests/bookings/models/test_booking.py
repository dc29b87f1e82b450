from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from bookings.enums import Status
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from bookings.scheduling.slots import SessionLength
from bookings.scheduling.timeline import Interval
from tests.factories import (
    MONDAY_AT_TEN,
    at,
    make_booking,
    make_room,
    make_session_type,
)

TEN = to_minute(MONDAY_AT_TEN)
MINUTE = timedelta(minutes=1)

both_engines = pytest.mark.both_engines


# What a booking says of itself


def a_booking(**values):
    return Booking(
        starts_at=MONDAY_AT_TEN,
        duration_minutes=60,
        buffer_before_minutes=10,
        buffer_after_minutes=15,
        occupied_from=TEN - 10,
        occupied_until=TEN + 75,
        **values,
    )


def test_a_session_ends_without_its_buffer():
    assert a_booking().ends_at == at("2026-08-03 11:00")


def test_b4_a_booking_knows_its_own_length():
    assert a_booking().length == SessionLength(60, 10, 15)


def test_a_booking_occupies_its_buffers_too():
    assert a_booking().occupied == Interval(TEN - 10, TEN + 75)


@pytest.mark.parametrize("status", Status)
def test_b1_a_booking_knows_whether_it_is_live(status):
    expected = status not in (Status.CANCELLED, Status.DECLINED, Status.EXPIRED)

    assert a_booking(status=status).is_live is expected


@pytest.mark.parametrize(
    ("status", "limit", "lapsed"),
    [
        pytest.param(Status.HELD, MONDAY_AT_TEN + MINUTE, False, id="a minute ahead"),
        pytest.param(Status.HELD, MONDAY_AT_TEN, True, id="now"),
        pytest.param(Status.PENDING_REVIEW, MONDAY_AT_TEN - MINUTE, True, id="a minute ago"),
        pytest.param(Status.CONFIRMED, None, False, id="no limit"),
        pytest.param(Status.EXPIRED, MONDAY_AT_TEN - MINUTE, False, id="not live any more"),
    ],
)
def test_b3_a_booking_lapses_when_its_limit_is_reached(status, limit, lapsed):
    booking = a_booking(status=status, expires_at=limit)

    assert booking.has_lapsed(MONDAY_AT_TEN) is lapsed


# What the database refuses


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.django_db
@both_engines
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"occupied_from": TEN + 3, "occupied_until": TEN + 63}, id="T2: a step"),
        pytest.param({"occupied_from": TEN, "occupied_until": TEN}, id="no length"),
        pytest.param({"occupied_from": TEN, "occupied_until": TEN - 60}, id="back to front"),
    ],
)
def test_an_occupied_interval_has_a_length_in_steps_of_five(changes):
    booking = make_booking()

    # Both checks fail; which of them is named is the database's choice.
    with refused("booking_occupies_up_to_a_day|booking_occupies_session_and_buffers"):
        Booking.objects.filter(pk=booking.pk).update(**changes)


@pytest.mark.django_db
@both_engines
def test_a_booking_may_take_a_whole_day():
    assert make_booking(duration_minutes=1440).pk


@pytest.mark.django_db
@both_engines
def test_a_booking_takes_no_more_than_a_day():
    with refused("booking_occupies_up_to_a_day"):
        make_booking(duration_minutes=1435, buffer_after_minutes=10)


@pytest.mark.django_db
@both_engines
@pytest.mark.parametrize(
    "changes",
    [
        {"duration_minutes": 65},
        {"buffer_before_minutes": 5},
        {"buffer_after_minutes": 0},
        {"occupied_until": TEN + 60},
        {"duration_minutes": 0, "buffer_after_minutes": 75},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_booking_occupies_its_session_and_buffers_exactly(changes):
    booking = make_booking(duration_minutes=60, buffer_after_minutes=15)

    with refused("booking_occupies_session_and_buffers"):
        Booking.objects.filter(pk=booking.pk).update(**changes)


@pytest.mark.django_db
@both_engines
def test_a_status_that_does_not_exist_is_refused():
    booking = make_booking()

    with refused("booking_status_exists"):
        Booking.objects.filter(pk=booking.pk).update(status="perhaps")


@pytest.mark.django_db
@both_engines
def test_b3_a_hold_without_a_limit_is_refused():
    with refused("booking_hold_has_a_limit"):
        make_booking(status=Status.HELD)


@pytest.mark.django_db
@both_engines
@pytest.mark.parametrize(
    "status", [Status.CONFIRMED, Status.CHECKED_IN, Status.COMPLETED, Status.NO_SHOW]
)
def test_b3_a_limit_on_a_booking_that_waits_for_nothing_is_refused(status):
    with refused("booking_settled_has_no_limit"):
        make_booking(status=status, expires_at=MONDAY_AT_TEN)


@pytest.mark.django_db
@both_engines
@pytest.mark.parametrize("status", [Status.HELD, Status.EXPIRED, Status.CANCELLED])
def test_b3_a_hold_may_have_no_client_and_keep_none_when_it_ends(status):
    booking = make_booking(status=Status.HELD, expires_at=MONDAY_AT_TEN)

    Booking.objects.filter(pk=booking.pk).update(client=None, status=status)

    assert Booking.objects.get().client is None


@pytest.mark.django_db
@both_engines
@pytest.mark.parametrize(
    "status", [status for status in Status if status not in ("held", "expired", "cancelled")]
)
def test_a_booking_without_a_client_is_refused(status):
    booking = make_booking(status=status)

    with refused("booking_has_a_client"):
        Booking.objects.filter(pk=booking.pk).update(client=None)


@pytest.mark.django_db
@both_engines
def test_a_price_below_nothing_is_refused():
    booking = make_booking()

    with refused("booking_price_not_negative"):
        Booking.objects.filter(pk=booking.pk).update(price=-1)


@pytest.mark.django_db
@both_engines
def test_two_bookings_do_not_share_a_reference():
    make_booking(reference="SAME")

    with refused("reference"):
        make_booking(reference="SAME")


@pytest.mark.django_db
@pytest.mark.parametrize("parent", ["client", "location", "room", "session_type", "therapist"])
def test_b7_what_a_booking_is_about_is_not_deleted(parent):
    booking = make_booking()

    with pytest.raises(ProtectedError):
        getattr(booking, parent).delete()


@pytest.mark.django_db
def test_b4_a_booking_keeps_its_price_when_the_session_type_s_changes():
    session_type = make_session_type(price="120.00")
    booking = make_booking(session_type=session_type, room=make_room())

    session_type.price = 150
    session_type.save(update_fields=["price"])

    booking.refresh_from_db()
    assert str(booking.price) == "120.00"
