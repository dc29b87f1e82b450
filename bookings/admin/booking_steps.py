"""What reception does with a booking besides moving it: each step calls the domain."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.domain.callers import Caller
from bookings.domain.cancelling import CANCELLABLE, cancel, undo, undo_until
from bookings.domain.reception import AFTER_THE_DOOR, STEPS, step, step_back
from bookings.domain.staff import Person, may_review
from bookings.enums import EventKind, Status
from bookings.models import Booking
from bookings.scheduling.timeline import Minute


def _always(_booking: Booking, _now: Minute) -> bool:
    return True


def _anybody(_user: Person) -> bool:
    return True


def _can_be_undone(booking: Booking, now: Minute) -> bool:
    until = undo_until(booking)
    return until is not None and now <= until


@dataclass(frozen=True, slots=True)
class DeskStep:
    """A button: from which states, what it does, and whether it asks why."""

    label: str | Promise
    starts: tuple[Status, ...]
    act: Callable[..., Booking]
    asks_why: bool = False
    is_open: Callable[[Booking, Minute], bool] = _always
    is_for: Callable[[Person], bool] = _anybody

    def take(self, booking: Booking, *, caller: Caller, now: Minute, reason: str) -> Booking:
        """Take the step; raises BookingError."""
        words = {"reason": reason} if self.asks_why else {}
        return self.act(booking, caller=caller, now=now, **words)


def _step(kind: EventKind) -> Callable[..., Booking]:
    return partial(step, kind=kind)


DESK_STEPS = {
    "check-in": DeskStep(
        _("Check in"), STEPS[EventKind.CHECKED_IN][0], _step(EventKind.CHECKED_IN)
    ),
    "complete": DeskStep(_("Complete"), STEPS[EventKind.COMPLETED][0], _step(EventKind.COMPLETED)),
    "no-show": DeskStep(_("No-show"), STEPS[EventKind.NO_SHOW][0], _step(EventKind.NO_SHOW)),
    "approve": DeskStep(
        _("Approve"), STEPS[EventKind.APPROVED][0], _step(EventKind.APPROVED), is_for=may_review
    ),
    "decline": DeskStep(
        _("Decline"),
        STEPS[EventKind.DECLINED][0],
        _step(EventKind.DECLINED),
        asks_why=True,
        is_for=may_review,
    ),
    "cancel": DeskStep(_("Cancel the booking"), CANCELLABLE, cancel, asks_why=True),
    "undo": DeskStep(_("Undo the cancellation"), (Status.CANCELLED,), undo, is_open=_can_be_undone),
    "step-back": DeskStep(_("Step back"), AFTER_THE_DOOR, step_back, asks_why=True),
}


def open_steps(booking: Booking, user: Person, *, now: Minute) -> dict[str, DeskStep]:
    """The steps that a member of staff can take from where the booking is."""
    return {
        name: each
        for name, each in DESK_STEPS.items()
        if booking.status in each.starts and each.is_for(user) and each.is_open(booking, now)
    }
