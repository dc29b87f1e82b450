"""What reception does on the day: one step at a time, each recorded (rules B7 and B11)."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from bookings.domain.callers import CLOCK, at_desk
from bookings.domain.reception import (
    REVIEWED,
    STEPS,
    note,
    paid_so_far,
    receive_payment,
    step,
    step_back,
)
from bookings.enums import EventKind, PaymentMethod, Pressure, Source, Status
from bookings.errors import ChangedMeanwhile, NotBegun, WrongState
from bookings.models import Payment
from bookings.scheduling.hours import to_instant, to_minute
from studio.ciphers import decrypt
from studio.premises.models import ScheduleVersion
from tests.factories import at, make_booking, make_shift, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = to_minute(at("2026-08-03 10:00"))


@pytest.fixture
def desk():
    """A manager at the desk, who may take every step."""
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="view_answers"))
    return at_desk(user)


ALLOWED = [(kind, start, end) for kind, (starts, end) in STEPS.items() for start in starts]
REFUSED = [
    (kind, status)
    for kind, (starts, end) in STEPS.items()
    for status in Status
    if status not in (*starts, end)
]


def make(status, **values):
    limited = status in (Status.HELD, Status.PENDING_REVIEW)
    return make_booking(
        status=status, expires_at=at("2026-08-03 10:05") if limited else None, **values
    )


@pytest.mark.parametrize(("kind", "start", "end"), ALLOWED)
def test_b7_a_step_is_taken_and_recorded(desk, kind, start, end):
    booking = make(start)

    stepped = step(booking, kind, caller=desk, now=NOW, reason="As agreed")

    assert (stepped.status, stepped.expires_at) == (end, None)
    event = booking.events.get()
    assert (event.kind, event.from_status, event.to_status) == (kind, start, end)
    assert (event.at, event.by, event.source) == (to_instant(NOW), desk.user, Source.DESK)
    assert event.reason == ("" if kind in REVIEWED else "As agreed")


@pytest.mark.parametrize("kind", REVIEWED)
def test_h3_why_a_review_was_decided_is_kept_in_cipher(desk, kind):
    booking = make(Status.PENDING_REVIEW)

    step(booking, kind, caller=desk, now=NOW, reason="Better after the surgery")

    review = booking.reviews.get()
    assert (review.is_approved, review.by) == (kind is EventKind.APPROVED, desk.user)
    assert decrypt(review.note) == "Better after the surgery"
    assert "surgery" not in review.note


@pytest.mark.parametrize(("kind", "status"), REFUSED)
def test_a_step_that_the_state_does_not_allow_is_refused(desk, kind, status):
    booking = make(status)

    with pytest.raises(WrongState):
        step(booking, kind, caller=desk, now=NOW)

    booking.refresh_from_db()
    assert booking.status == status
    assert not booking.events.exists()


@pytest.mark.parametrize("kind", [EventKind.NO_SHOW, EventKind.COMPLETED])
def test_nobody_is_missed_and_nothing_is_over_before_the_session_begins(desk, kind):
    booking = make(Status.CONFIRMED)

    with pytest.raises(NotBegun):
        step(booking, kind, caller=desk, now=NOW - 1)

    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED


@pytest.mark.parametrize("kind", STEPS)
def test_the_same_step_twice_is_harmless(desk, kind):
    booking = make(STEPS[kind][0][0])

    step(booking, kind, caller=desk, now=NOW)
    step(booking, kind, caller=desk, now=NOW)

    assert booking.events.count() == 1


def test_a_stale_booking_is_judged_by_its_row(desk):
    booking = make(Status.CONFIRMED)
    step(booking, EventKind.NO_SHOW, caller=desk, now=NOW)

    with pytest.raises(WrongState):
        step(booking, EventKind.CHECKED_IN, caller=desk, now=NOW)


@pytest.mark.parametrize(
    ("steps", "before"),
    [
        ([EventKind.CHECKED_IN], Status.CONFIRMED),
        ([EventKind.NO_SHOW], Status.CONFIRMED),
        ([EventKind.COMPLETED], Status.CONFIRMED),
        ([EventKind.CHECKED_IN, EventKind.COMPLETED], Status.CHECKED_IN),
    ],
)
def test_b7_a_step_back_returns_to_the_state_before(desk, steps, before):
    booking = make(Status.CONFIRMED)
    for kind in steps:
        booking = step(booking, kind, caller=desk, now=NOW)

    stepped = step_back(booking, caller=desk, now=NOW, reason="Wrong line")

    assert stepped.status == before
    event = booking.events.latest("pk")
    assert (event.kind, event.to_status, event.reason) == (
        EventKind.STEPPED_BACK,
        before,
        "Wrong line",
    )


@pytest.mark.parametrize(
    "status",
    [status for status in Status if status not in ("checked_in", "no_show", "completed")],
)
def test_what_was_not_stepped_into_cannot_be_stepped_back_from(desk, status):
    booking = make(status)

    with pytest.raises(WrongState):
        step_back(booking, caller=desk, now=NOW)


def test_stepping_back_twice_at_once_is_one_step(desk):
    booking = make(Status.CHECKED_IN)
    completed = step(booking, EventKind.COMPLETED, caller=desk, now=NOW)
    step_back(completed, caller=desk, now=NOW)

    with pytest.raises(WrongState):
        step_back(completed, caller=desk, now=NOW)

    booking.refresh_from_db()
    assert booking.status == Status.CHECKED_IN


@pytest.mark.parametrize("kind", REVIEWED)
def test_h3_who_may_not_decide_about_a_review_is_refused(kind):
    booking = make(Status.PENDING_REVIEW)

    for caller in (at_desk(make_user()), CLOCK):
        with pytest.raises(PermissionDenied):
            step(booking, kind, caller=caller, now=NOW)

    booking.refresh_from_db()
    assert booking.status == Status.PENDING_REVIEW


def test_a_completed_booking_without_a_recorded_step_goes_back_to_confirmed(desk):
    booking = make(Status.COMPLETED)

    assert step_back(booking, caller=desk, now=NOW).status == Status.CONFIRMED


def test_a_declined_booking_gives_its_slot_back_to_the_listings(desk):
    booking = make(Status.PENDING_REVIEW)
    make_shift(therapist=booking.therapist, location=booking.location)

    step(booking, EventKind.DECLINED, caller=desk, now=NOW)

    assert ScheduleVersion.objects.get(location=booking.location).number == 1


def test_b11_a_payment_is_recorded(desk):
    booking = make(Status.CONFIRMED)

    payment = receive_payment(
        booking, Decimal("120.00"), PaymentMethod.VOUCHER, caller=desk, now=NOW
    )

    assert Payment.objects.get() == payment
    assert (payment.amount, payment.method) == (Decimal("120.00"), PaymentMethod.VOUCHER)
    assert (payment.received_by, payment.received_at) == (desk.user, to_instant(NOW))
    event = booking.events.get()
    assert (event.kind, event.from_status, event.to_status) == ("paid", "confirmed", "confirmed")
    assert event.details == {"amount": "120.00", "method": "voucher"}


@pytest.mark.parametrize("amount", ["0", "-0.01"])
def test_b11_nothing_is_no_payment(desk, amount):
    booking = make(Status.CONFIRMED)

    with pytest.raises(ValueError, match="more than nothing"):
        receive_payment(booking, Decimal(amount), PaymentMethod.CASH, caller=desk, now=NOW)


def test_b11_a_payment_on_top_of_what_was_not_paid_is_refused(desk):
    booking = make(Status.CONFIRMED)

    def pay(paid_before):
        receive_payment(
            booking, Decimal(50), PaymentMethod.CASH, caller=desk, now=NOW, paid_before=paid_before
        )

    pay(Decimal(0))
    with pytest.raises(ChangedMeanwhile, match="recorded in the meantime"):
        pay(Decimal(0))
    pay(Decimal(50))

    assert paid_so_far(booking) == Decimal(100)


def test_b11_somebody_receives_a_payment():
    booking = make(Status.CONFIRMED)

    with pytest.raises(ValueError, match="somebody receives it"):
        receive_payment(booking, Decimal(1), PaymentMethod.CASH, caller=CLOCK, now=NOW)


def test_notes_change_nothing_else():
    booking = make(Status.CONFIRMED)
    stale = make(Status.CONFIRMED)
    stale.pk, stale.status = booking.pk, Status.CANCELLED

    note(stale, pressure=Pressure.FIRM, notes="Left knee")

    booking.refresh_from_db()
    assert (booking.pressure, booking.notes) == (Pressure.FIRM, "Left knee")
    assert booking.status == Status.CONFIRMED
    assert not booking.events.exists()


def test_h2_a_review_past_its_deadline_is_not_approved(desk):
    booking = make(Status.PENDING_REVIEW)

    with pytest.raises(WrongState):
        step(booking, EventKind.APPROVED, caller=desk, now=to_minute(at("2026-08-03 10:05")))
