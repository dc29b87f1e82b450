"""What runs out by itself, and who is told (rules B3 and H2)."""

import pytest

from bookings.domain.expiring import expire_lapsed
from bookings.enums import EventKind, Status
from bookings.enums import NotificationKind as Kind
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import ADA, NOW, booked, held
from tests.factories import make_bookable, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-07 10:00"


def under_review():
    """A booking that a person should decide about within the hour."""
    booking = booked(make_bookable(), TEN)
    Booking.objects.update(status=Status.PENDING_REVIEW, expires_at=to_instant(NOW + 60))
    return booking


def test_b3_a_hold_past_its_time_is_written_down_as_expired():
    hold = held(make_bookable(), TEN)

    expire_lapsed(now=NOW + 9)
    hold.refresh_from_db()
    assert hold.status == Status.HELD

    expire_lapsed(now=NOW + 10)
    hold.refresh_from_db()
    assert hold.status == Status.EXPIRED
    assert hold.events.latest("pk").kind == EventKind.EXPIRED


def test_h2_who_waited_for_a_review_that_nobody_decided_is_told():
    booking = under_review()

    expire_lapsed(now=NOW + 60)

    assert booking.notifications.filter(state="queued").values_list("kind", flat=True)[0] == (
        Kind.LAPSED
    )


def test_whoever_held_a_time_and_let_it_run_out_is_told_nothing():
    hold = held(make_bookable(), TEN)
    hold.client = make_client()
    hold.client.email = ADA.email
    hold.client.save()
    hold.save()

    expire_lapsed(now=NOW + 10)

    assert not hold.notifications.exists()


def test_what_runs_out_is_written_down_once():
    booking = under_review()

    expire_lapsed(now=NOW + 60)
    expire_lapsed(now=NOW + 61)

    assert booking.events.filter(kind=EventKind.EXPIRED).count() == 1
