"""What was told of a booking and what waits to be, for reception."""

from dataclasses import dataclass

from bookings.enums import NotificationState as State
from bookings.models import Booking
from bookings.words import at_location


@dataclass(frozen=True, slots=True)
class Told:
    """One message: what, to whom if not to the client, where it is on its way, and when."""

    what: str
    whom: str
    state: str
    when: str
    is_lost: bool


def told_of(booking: Booking) -> list[Told]:
    """By their time; what was withdrawn before it left was told to nobody, and is left out."""
    rows = booking.notifications.select_related("therapist").exclude(state=State.WITHDRAWN)
    return [
        Told(
            what=row.get_kind_display(),
            whom=row.therapist.name if row.therapist else "",
            state=row.get_state_display(),
            when=at_location(row.sent_at or row.due_at, booking),
            is_lost=row.state == State.DEAD,
        )
        for row in rows.order_by("due_at", "pk")
    ]
