"""The steps that staff can take with a booking, by name: which are open, and what each does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.domain.callers import Caller
from bookings.domain.cancelling import CANCELLABLE, cancel, may_undo, undo
from bookings.domain.pairs.partners import were_cancelled_together
from bookings.domain.reception import AFTER_THE_DOOR, REVIEWED, STEPS, has_begun, step, step_back
from bookings.domain.staff import Person, may_review
from bookings.enums import BOOKED, EventKind, Status
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute


def _stands(booking: Booking, now: Minute) -> bool:
    return not booking.has_lapsed(to_instant(now))


def _may_undo(booking: Booking, now: Minute) -> bool:
    """Of two who were cancelled at once, both are taken back or none."""
    return may_undo(booking, now=now) and not were_cancelled_together(booking)


@dataclass(frozen=True, slots=True)
class DeskStep:
    """A step: between which states, what it does, and whether it asks why."""

    label: str | Promise
    starts: tuple[Status, ...]
    ends: tuple[Status, ...]
    act: Callable[..., Booking]
    asks_why: bool = False
    is_open: Callable[[Booking, Minute], bool] = _stands
    is_reviewers: bool = False
    is_news: bool = False
    """Whether the client is told of it."""

    def take(self, booking: Booking, *, caller: Caller, now: Minute, reason: str) -> Booking:
        """Take the step. Raises BookingError; PermissionDenied for who may not decide it."""
        words = {"reason": reason} if self.asks_why else {}
        return self.act(booking, caller=caller, now=now, **words)

    def is_for(self, user: Person) -> bool:
        """Whether to show it to a member of staff who changes bookings."""
        return not self.is_reviewers or may_review(user)


def _step(
    label: str | Promise,
    kind: EventKind,
    *,
    asks_why: bool = False,
    is_open: Callable[[Booking, Minute], bool] = _stands,
) -> DeskStep:
    starts, end = STEPS[kind]
    act = partial(step, kind=kind)
    is_reviewed = kind in REVIEWED
    return DeskStep(label, starts, (end,), act, asks_why, is_open, is_reviewed, is_reviewed)


DESK_STEPS = {
    "check-in": _step(_("Check in"), EventKind.CHECKED_IN),
    "complete": _step(_("Complete"), EventKind.COMPLETED, is_open=has_begun),
    "no-show": _step(_("No-show"), EventKind.NO_SHOW, is_open=has_begun),
    "approve": _step(_("Approve"), EventKind.APPROVED),
    "decline": _step(_("Decline"), EventKind.DECLINED, asks_why=True),
    "cancel": DeskStep(
        _("Cancel the booking"),
        CANCELLABLE,
        (Status.CANCELLED,),
        cancel,
        asks_why=True,
        is_news=True,
    ),
    "undo": DeskStep(
        _("Undo the cancellation"),
        (Status.CANCELLED,),
        BOOKED,
        undo,
        is_open=_may_undo,
        is_news=True,
    ),
    "step-back": DeskStep(
        _("Back one step"), AFTER_THE_DOOR, (Status.CONFIRMED, Status.CHECKED_IN), step_back
    ),
}


def open_steps(
    booking: Booking, user: Person, *, now: Minute, is_read: bool = True
) -> dict[str, DeskStep]:
    """The steps that a member of staff can take from where the booking is, by name.

    Approving is left to the reviewer's page until there are answers, and all of them are read.
    """
    return {
        name: each
        for name, each in DESK_STEPS.items()
        if booking.status in each.starts
        and each.is_for(user)
        and each.is_open(booking, now)
        and (is_read or name != "approve")
    }
