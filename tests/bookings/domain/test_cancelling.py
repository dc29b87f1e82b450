"""Cancelling, and taking it back (rules B6 and B7)."""

import pytest

from bookings.domain.cancelling import cancel, is_short_notice, undo
from bookings.enums import EventKind, Status
from bookings.errors import SlotUnavailable, TooLate, WrongState
from bookings.scheduling.hours import to_instant, to_minute
from tests.bookings.domain.asking import CLIENT, NOW, RECEPTION, booked, held, minute
from tests.factories import make_bookable

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
DEADLINE = minute(TEN) - 24 * 60


def test_cancelling_frees_the_slot():
    studio = make_bookable()
    booking = booked(studio, TEN)

    cancelled = cancel(booking, caller=CLIENT, now=NOW, reason="A cold")

    assert (cancelled.status, cancelled.late_cancellation) == (Status.CANCELLED, False)
    assert cancelled.events.get(kind=EventKind.CANCELLED).reason == "A cold"
    assert booked(studio, TEN).status == Status.CONFIRMED


def test_b6_cancelling_twice_is_harmless():
    booking = booked(make_bookable(), TEN)
    cancel(booking, caller=CLIENT, now=NOW)

    again = cancel(booking, caller=CLIENT, now=NOW + 1)

    assert again.cancelled_at == to_instant(NOW)
    assert again.events.filter(kind=EventKind.CANCELLED).count() == 1


def test_b6_a_cancellation_at_the_deadline_is_free():
    booking = booked(make_bookable(), TEN)

    assert not cancel(booking, caller=CLIENT, now=DEADLINE).late_cancellation


def test_b6_a_cancellation_after_the_deadline_is_taken_and_marked_late():
    booking = booked(make_bookable(), TEN)

    cancelled = cancel(booking, caller=CLIENT, now=DEADLINE + 1)

    assert (cancelled.status, cancelled.late_cancellation) == (Status.CANCELLED, True)


def test_b6_cancelling_within_three_minutes_of_booking_is_never_late():
    now = minute(TEN) - 180
    booking = booked(make_bookable(), TEN, now=now)

    assert not cancel(booking, caller=CLIENT, now=now + 3).late_cancellation


def test_b6_it_is_short_notice_when_only_the_minutes_after_booking_are_free():
    hold = held(make_bookable(), TEN)

    assert not is_short_notice(hold, now=DEADLINE - 4)
    assert is_short_notice(hold, now=DEADLINE - 3)


def test_a_client_cannot_cancel_what_has_begun():
    booking = booked(make_bookable(), TEN)

    with pytest.raises(TooLate):
        cancel(booking, caller=CLIENT, now=minute(TEN))


def test_reception_cancels_what_has_begun():
    booking = booked(make_bookable(), TEN)

    assert cancel(booking, caller=RECEPTION, now=minute(TEN) + 5).late_cancellation


def test_a_hold_is_given_back_without_being_late():
    hold = held(make_bookable(), TEN, now=minute(TEN) - 120)

    cancelled = cancel(hold, caller=CLIENT, now=minute(TEN) - 119)

    assert (cancelled.status, cancelled.late_cancellation) == (Status.CANCELLED, False)


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.CHECKED_IN, Status.EXPIRED])
def test_what_is_over_cannot_be_cancelled(status: Status):
    booking = booked(make_bookable(), TEN)
    booking.status = status
    booking.save()

    with pytest.raises(WrongState):
        cancel(booking, caller=RECEPTION, now=NOW)


def test_b6_a_cancellation_is_taken_back_within_three_minutes():
    booking = booked(make_bookable(), TEN)
    cancel(booking, caller=CLIENT, now=NOW)

    restored = undo(booking, caller=CLIENT, now=NOW + 3)

    assert (restored.status, restored.cancelled_at) == (Status.CONFIRMED, None)
    assert restored.events.filter(kind=EventKind.RESTORED).exists()


def test_b6_a_cancellation_inside_the_notice_is_taken_back_too():
    booking = booked(make_bookable(), TEN)
    ten = to_minute(booking.starts_at)
    cancel(booking, caller=CLIENT, now=ten - 1)

    assert undo(booking, caller=CLIENT, now=ten + 2).status == Status.CONFIRMED


def test_b6_and_not_later():
    booking = booked(make_bookable(), TEN)
    cancel(booking, caller=CLIENT, now=NOW)

    with pytest.raises(TooLate):
        undo(booking, caller=CLIENT, now=NOW + 4)


def test_a_cancellation_is_not_taken_back_when_the_slot_has_gone():
    studio = make_bookable()
    booking = booked(studio, TEN)
    cancel(booking, caller=CLIENT, now=NOW)
    booked(studio, TEN)

    with pytest.raises(SlotUnavailable) as caught:
        undo(booking, caller=CLIENT, now=NOW + 1)

    booking.refresh_from_db()
    assert booking.status == Status.CANCELLED
    assert caught.value.alternatives


def test_a_cancellation_is_taken_back_only_if_every_rule_still_allows_it():
    studio = make_bookable()
    booking = booked(studio, TEN)
    cancel(booking, caller=CLIENT, now=NOW)
    studio.therapist.certifications.update(verified_on=None)

    with pytest.raises(SlotUnavailable):
        undo(booking, caller=CLIENT, now=NOW + 1)


def test_a_review_that_was_cancelled_comes_back_as_a_review():
    booking = booked(make_bookable(), TEN)
    booking.status = Status.PENDING_REVIEW
    booking.save()
    cancel(booking, caller=CLIENT, now=NOW)

    restored = undo(booking, caller=CLIENT, now=NOW + 1)

    assert (restored.status, restored.expires_at) == (
        Status.PENDING_REVIEW,
        to_instant(NOW + 24 * 60),
    )


def test_h2_a_cancellation_taken_back_gives_a_review_no_more_time():
    booking = booked(make_bookable(), TEN)
    booking.status = Status.PENDING_REVIEW
    booking.save()
    cancel(booking, caller=CLIENT, now=NOW + 24 * 60 - 1)

    with pytest.raises(TooLate):
        undo(booking, caller=CLIENT, now=NOW + 24 * 60)


def test_a_hold_that_was_given_back_is_not_restored():
    hold = held(make_bookable(), TEN)
    cancel(hold, caller=CLIENT, now=NOW)

    with pytest.raises(WrongState):
        undo(hold, caller=CLIENT, now=NOW + 1)
