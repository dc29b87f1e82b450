"""What reception does with a booking."""

from collections.abc import Mapping
from typing import Any

from bookings.api.changes import ChangeBooking, documented
from bookings.api.inputs import ReasonInput, ReassignInput
from bookings.api.schema import SLOT_PROBLEMS, STAFF
from bookings.domain.callers import Caller
from bookings.domain.moving import move
from bookings.domain.reception import step
from bookings.domain.requests import Change
from bookings.enums import EventKind
from bookings.models import Booking
from studio.api.permissions import WritesBookings


class Step(ChangeBooking):
    """One step of a booking's life, for staff with `bookings:write`; twice is harmless."""

    permission_classes = [WritesBookings]
    form = ReasonInput
    kind: EventKind

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Booking:
        """Take the step."""
        reason = sent.get("reason", "")
        return step(booking, self.kind, caller=caller, now=self.now, reason=reason)


@documented("Accept after a review", "wrong_state", auth=STAFF)
class Approve(Step):
    kind = EventKind.APPROVED


@documented("Decline after a review", "wrong_state", auth=STAFF)
class Decline(Step):
    kind = EventKind.DECLINED


@documented("The client is here", "wrong_state", auth=STAFF)
class CheckIn(Step):
    kind = EventKind.CHECKED_IN


@documented("The session is over", "wrong_state", auth=STAFF)
class Complete(Step):
    kind = EventKind.COMPLETED


@documented("The client did not come", "wrong_state", auth=STAFF)
class NoShow(Step):
    kind = EventKind.NO_SHOW


@documented("Another therapist or room", *SLOT_PROBLEMS, "wrong_state", auth=STAFF)
class Reassign(ChangeBooking):
    """Give a booking another therapist or room at the same time."""

    permission_classes = [WritesBookings]
    form = ReassignInput

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Booking:
        """Give it away."""
        therapist = sent.get("therapist")
        change = Change(
            therapist=therapist,
            any_therapist="therapist" in sent and therapist is None,
            room=sent.get("room"),
        )
        override = ReassignInput.override_of(sent)
        return move(booking, change, caller=caller, now=self.now, override=override)
