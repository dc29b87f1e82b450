"""What a booking's page shows of its series."""

from dataclasses import dataclass

from bookings.domain.cancelling import is_cancellable, may_undo
from bookings.domain.moving import is_movable
from bookings.domain.series.members import cancelled_with, following, membership
from bookings.enums import Status
from bookings.models import Booking
from bookings.scheduling.timeline import Minute
from bookings.words import every_words, standing, start_of


@dataclass(frozen=True, slots=True)
class Member:
    """One of the bookings of a series, in words."""

    reference: str
    start: str
    state: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Card:
    """The place of a booking in its series, and for how many of them one form would speak."""

    position: int
    rhythm: str
    members: list[Member]
    to_cancel: int
    to_move: int
    to_restore: int


def card_of(booking: Booking, *, now: Minute) -> Card | None:
    """The card; None for a booking that stands alone."""
    found = membership(booking)
    if found is None:
        return None
    follow = len(following(booking))
    is_cancelled = booking.status == Status.CANCELLED and may_undo(booking, now=now)
    return Card(
        position=found.position,
        rhythm=every_words(found.every_weeks),
        members=[
            Member(each.reference, start_of(each), standing(each, now=now), each == booking)
            for each in found.members
        ],
        to_cancel=follow if is_cancellable(booking) else 0,
        to_move=follow if is_movable(booking, now=now) else 0,
        to_restore=len(cancelled_with(booking)) if is_cancelled else 0,
    )
