"""What reception does with a booking on the day: its states, one step at a time (rules B7, B11)."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.utils.translation import gettext as _

from bookings.domain.callers import Caller
from bookings.domain.events import record
from bookings.domain.health.looking import has_read
from bookings.domain.health.reviewing import decide
from bookings.domain.health.screening import open_by_the_session
from bookings.domain.placing import announce, fresh, locked
from bookings.domain.staff import may_review
from bookings.enums import EventKind, PaymentMethod, Pressure, Status
from bookings.errors import AnswersOpen, AnswersUnread, ChangedMeanwhile, NotBegun, WrongState
from bookings.models import Booking, Payment, SessionType
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out

STEPS: dict[EventKind, tuple[tuple[Status, ...], Status]] = {
    EventKind.APPROVED: ((Status.PENDING_REVIEW,), Status.CONFIRMED),
    EventKind.DECLINED: ((Status.PENDING_REVIEW,), Status.DECLINED),
    EventKind.CHECKED_IN: ((Status.CONFIRMED,), Status.CHECKED_IN),
    EventKind.COMPLETED: ((Status.CONFIRMED, Status.CHECKED_IN), Status.COMPLETED),
    EventKind.NO_SHOW: ((Status.CONFIRMED,), Status.NO_SHOW),
}
"""Per step the states it starts from and the one it leads to."""

REVIEWED = (EventKind.APPROVED, EventKind.DECLINED)
"""The steps that decide about a review: not everybody may take them (rules H3 and P2)."""

AFTER_THE_DOOR = (Status.CHECKED_IN, Status.NO_SHOW, Status.COMPLETED)
"""States that can be taken back by one, after a mis-click."""


def step(
    booking: Booking,
    kind: EventKind,
    *,
    caller: Caller,
    now: Minute,
    reason: str = "",
    substitute: SessionType | None = None,
) -> Booking:
    """Take one of `STEPS`; taking the same one twice is harmless.

    Raises WrongState, for a review past its deadline too: it may have lost its time since;
    NotBegun for a no-show, or a completion, before the start; AnswersOpen for a check-in before
    the health questions are settled (rule H5); AnswersUnread for an approval by somebody who has
    not looked at all that was answered; and PermissionDenied when a review is decided by somebody
    who may not. Health may stand in the `reason` of a review: it is kept in cipher as its note,
    beside the session type that the reviewer suggests instead.
    """
    starts, end = STEPS[kind]
    if kind in REVIEWED and not may_review(caller.user):
        raise PermissionDenied

    def work() -> Booking:
        stepped = locked(booking)
        if stepped.status == end:
            return stepped
        if stepped.status not in starts or stepped.has_lapsed(to_instant(now)):
            raise WrongState
        _check_is_time(stepped, kind, caller=caller, now=now)
        if kind in REVIEWED:
            decide(
                stepped,
                is_approved=kind is EventKind.APPROVED,
                caller=caller,
                now=now,
                note=reason,
                substitute=substitute,
            )
        recorded = "" if kind in REVIEWED else reason
        _enter(stepped, end, kind, caller=caller, now=now, reason=recorded)
        return stepped

    return carry_out(work)


def _check_is_time(booking: Booking, kind: EventKind, *, caller: Caller, now: Minute) -> None:
    """Raise what `step` says of a step for which something has to come first."""
    match kind:
        case EventKind.NO_SHOW if not has_begun(booking, now):
            raise NotBegun
        case EventKind.COMPLETED if not has_begun(booking, now):
            raise NotBegun(_("The session has not begun yet. Complete it when it is over."))
        case EventKind.CHECKED_IN if open_by_the_session(booking):
            raise AnswersOpen
        case EventKind.APPROVED if not has_read(caller.user, booking):
            raise AnswersUnread


def has_begun(booking: Booking, now: Minute) -> bool:
    """Whether its start has come."""
    return to_minute(booking.starts_at) <= now


def step_back(booking: Booking, *, caller: Caller, now: Minute, reason: str = "") -> Booking:
    """Return to the state before the last step; twice at once it is one step.

    The booking is in the state that whoever steps back has seen. Raises WrongState.
    """

    def work() -> Booking:
        stepped = locked(booking)
        if stepped.status not in AFTER_THE_DOOR or stepped.status != booking.status:
            raise WrongState
        before = Status.CONFIRMED
        completion = stepped.events.filter(kind=EventKind.COMPLETED).order_by("pk").last()
        # One that came completed from a studio file has no such event.
        if stepped.status == Status.COMPLETED and completion is not None:
            before = Status(completion.from_status)
        _enter(stepped, before, EventKind.STEPPED_BACK, caller=caller, now=now, reason=reason)
        return stepped

    return carry_out(work)


def note(booking: Booking, *, pressure: Pressure, notes: str) -> Booking:
    """Write down how the client likes it; that is no change of state, so no event (rule B7)."""

    def work() -> Booking:
        noted = fresh(booking)
        noted.pressure, noted.notes = pressure, notes
        noted.save(update_fields=["pressure", "notes"])
        return noted

    return carry_out(work)


def receive_payment(
    booking: Booking,
    amount: Decimal,
    method: PaymentMethod,
    *,
    caller: Caller,
    now: Minute,
    paid_before: Decimal | None = None,
) -> Payment:
    """Write down what was paid at the desk, in the booking's currency (rule B11).

    Raises ChangedMeanwhile when it is not `paid_before` that the payment comes on top of: one that
    is sent twice counts once.
    """
    receiver = caller.user
    if receiver is None or amount <= 0:
        raise ValueError("A payment is more than nothing, and somebody receives it.")

    def work() -> Payment:
        paid = locked(booking)
        if paid_before not in (None, paid_so_far(paid)):
            raise ChangedMeanwhile(_("A payment was recorded in the meantime; yours was not."))
        payment = Payment.objects.create(
            booking=paid,
            amount=amount,
            method=method,
            received_at=to_instant(now),
            received_by=receiver,
        )
        record(
            paid,
            EventKind.PAID,
            by=caller,
            at=now,
            from_status=paid.status,
            details={"amount": str(amount), "method": method.value},
        )
        return payment

    return carry_out(work)


def paid_so_far(booking: Booking) -> Decimal:
    """The sum of the payments received for a booking."""
    total: Decimal | None = booking.payments.aggregate(sum=Sum("amount"))["sum"]
    return total or Decimal(0)


def _enter(
    booking: Booking, status: Status, kind: EventKind, *, caller: Caller, now: Minute, reason: str
) -> None:
    before = booking.status
    booking.status = status
    booking.expires_at = None
    booking.save(update_fields=["status", "expires_at"])
    record(booking, kind, by=caller, at=now, from_status=before, reason=reason)
    announce(booking)
