"""Cancel, and take a cancellation back (rule B6)."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings

from bookings.domain.bookable.question import question_about
from bookings.domain.booking import cancellable_until
from bookings.domain.callers import Caller
from bookings.domain.clients.identity import check_client_is_free
from bookings.domain.events import record
from bookings.domain.health.screening import review_asked_at, review_deadline
from bookings.domain.pairs.partners import were_cancelled_together
from bookings.domain.placing import (
    announce,
    carry_out_or_offer,
    fresh,
    lock_for,
    locked,
    place,
)
from bookings.enums import EventKind, Status
from bookings.errors import Together, TooLate, WrongState
from bookings.models import Booking
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Interval, Minute
from studio.premises.locking import carry_out

CANCELLABLE = (Status.HELD, Status.PENDING_REVIEW, Status.CONFIRMED)

UNDOING = frozenset({Rule.NOTICE_AND_HORIZON})
"""It was booked in time, and a wrong click close to the start changes nothing of that."""

CANCELLED_FIELDS = ["status", "cancelled_at", "late_cancellation", "expires_at"]


def cancel(booking: Booking, *, caller: Caller, now: Minute, reason: str = "") -> Booking:
    """Give the slot back; past the deadline the cancellation is marked late.

    Cancelling twice is harmless. Raises WrongState; TooLate for a client once it has begun.
    """

    def work() -> Booking:
        cancelled = locked(booking)
        if cancelled.status == Status.CANCELLED:
            return cancelled
        if not is_cancellable(cancelled):
            raise WrongState
        before = cancelled.status
        if not caller.is_staff and not may_cancel(cancelled, now=now):
            raise TooLate
        cancelled.status = Status.CANCELLED
        cancelled.cancelled_at = to_instant(now)
        cancelled.late_cancellation = before != Status.HELD and is_late(cancelled, now=now)
        cancelled.expires_at = None
        cancelled.save(update_fields=CANCELLED_FIELDS)
        record(cancelled, EventKind.CANCELLED, by=caller, at=now, from_status=before, reason=reason)
        announce(cancelled)
        return cancelled

    return carry_out(work)


def is_cancellable(booking: Booking) -> bool:
    """Whether its state lets it be cancelled at all."""
    return booking.status in CANCELLABLE


def may_cancel(booking: Booking, *, now: Minute) -> bool:
    """Whether a client may still cancel it online: holds always, others until they begin (B6)."""
    return booking.status == Status.HELD or now < to_minute(booking.starts_at)


def is_late(booking: Booking, *, now: Minute) -> bool:
    """Whether cancelling now comes after the free cancellation has ended."""
    return now > cancellable_until(booking)


def is_short_notice(booking: Booking, *, now: Minute) -> bool:
    """Whether it starts so soon that, booked now, it can be cancelled freely only for minutes."""
    notice = booking.free_cancellation_hours * 60
    return to_minute(booking.starts_at) - notice <= now + settings.UNDO_MINUTES


def undo_until(booking: Booking) -> Minute | None:
    """Until when a cancellation can be taken back; None for a booking that is not cancelled."""
    if booking.cancelled_at is None:
        return None
    return to_minute(booking.cancelled_at + timedelta(minutes=settings.UNDO_MINUTES))


def may_undo(booking: Booking, *, now: Minute) -> bool:
    """Whether a cancellation of a booking, not of a hold, can still be taken back."""
    until = undo_until(booking)
    is_in_time = until is not None and now <= until
    return is_in_time and booking.client is not None and _returns_to(booking) is not None


def _returns_to(cancelled: Booking) -> Status | None:
    """The state in which it was cancelled; None for a hold, which does not come back."""
    cancellation = cancelled.events.filter(kind=EventKind.CANCELLED).order_by("pk").last()
    if cancellation is None or cancellation.from_status == Status.HELD:
        return None
    return Status(cancellation.from_status)


def undo(booking: Booking, *, caller: Caller, now: Minute) -> Booking:
    """Take a cancellation back within some minutes, if every rule still allows the booking.

    It returns to the state it was cancelled in, however soon it begins (S9). Raises WrongState
    (not cancelled, or a hold), Together where its partner was cancelled with it, TooLate, or
    SlotUnavailable with alternatives (RuleRefused for staff).
    """

    def work() -> Booking:
        lock_for(question, therapists=[booking.therapist_id])
        cancelled = fresh(booking)
        if were_cancelled_together(cancelled):
            raise Together
        restore(cancelled, start, caller=caller, now=now)
        place(cancelled, again, start, lambda: cancelled.save(update_fields=RESTORED_FIELDS))
        return restored(cancelled, caller=caller, now=now)

    start = to_minute(booking.starts_at)
    question = question_about(booking, is_staff=caller.is_staff, now=now)
    again = replace(question, overridden=UNDOING)
    return carry_out_or_offer(work, question, start)


def restore(booking: Booking, start: Minute, *, caller: Caller, now: Minute) -> None:
    """Give a cancelled booking the state that it had; raises as `undo`, and writes nothing yet."""
    until, before = undo_until(booking), _returns_to(booking)
    if booking.status != Status.CANCELLED or until is None or before is None:
        raise WrongState
    if now > until:
        raise TooLate
    session = Interval(start, start + booking.duration_minutes)
    check_client_is_free(booking.client, session, caller=caller, now=now, moving=booking)
    booking.status = before
    booking.cancelled_at = None
    booking.late_cancellation = False
    if booking.status == Status.PENDING_REVIEW:
        deadline = review_deadline(start, booked=review_asked_at(booking), now=now)
        if deadline <= now:
            raise TooLate
        booking.expires_at = to_instant(deadline)


def restored(booking: Booking, *, caller: Caller, now: Minute) -> Booking:
    """The booking that has just been given its time back, recorded."""
    stands = fresh(booking)
    record(stands, EventKind.RESTORED, by=caller, at=now, from_status=Status.CANCELLED)
    return stands


RESTORED_FIELDS = [*CANCELLED_FIELDS, "therapist", "room"]
