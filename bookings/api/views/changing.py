"""What clients do with a booking, and reception for them."""

from collections.abc import Mapping
from typing import Any

from bookings.api.changes import ChangeBooking, documented
from bookings.api.inputs import (
    ConfirmInput,
    OverrideInput,
    ReasonInput,
    RescheduleInput,
    StaffConfirmInput,
    StaffRescheduleInput,
    missing,
)
from bookings.api.schema import SLOT_PROBLEMS
from bookings.domain.booking import confirm
from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel, undo
from bookings.domain.moving import move
from bookings.enums import ONLY_HELD
from bookings.models import Booking


@documented(
    "Turn a hold into a booking",
    "hold_expired",
    "wrong_state",
    "not_online",
    "questionnaire_outdated",
    "rule_refused",
    sends="Confirmation",
)
class Confirm(ChangeBooking):
    """Turn a hold into a booking. What was sent with the hold need not be sent again."""

    form, staff_form = ConfirmInput, StaffConfirmInput

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Booking:
        """Confirm it."""
        is_open = booking.status in ONLY_HELD
        if is_open and booking.client is None and not sent.get("client"):
            raise missing("client")
        details = ConfirmInput.details_of(sent, held=booking)
        return confirm(booking, details, caller=caller, now=self.now)


@documented("Move", *SLOT_PROBLEMS, "wrong_state", "too_late", sends="Move")
class Reschedule(ChangeBooking):
    """Move a booking or a hold, or leave it exactly as it was and say why."""

    form, staff_form = RescheduleInput, StaffRescheduleInput

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Booking:
        """Move it."""
        wanted, override = RescheduleInput.change_of(sent), OverrideInput.override_of(sent)
        return move(booking, wanted, caller=caller, now=self.now, override=override)


@documented("Cancel", "wrong_state", "too_late")
class Cancel(ChangeBooking):
    """Give the slot back. Past `cancellable_until` it counts as late; twice is harmless."""

    form = ReasonInput

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Booking:
        """Cancel it."""
        return cancel(booking, caller=caller, now=self.now, reason=sent.get("reason", ""))


@documented("Take a cancellation back", *SLOT_PROBLEMS, "wrong_state", "too_late")
class Undo(ChangeBooking):
    """Take a cancellation back, some minutes long and if the slot is still free."""

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Booking:
        """Restore it."""
        return undo(booking, caller=caller, now=self.now)
