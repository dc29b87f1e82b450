"""What a booking's page shows of the one that it was made together with."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookings.domain.cancelling import is_cancellable, may_undo
from bookings.domain.moving import is_movable
from bookings.domain.pairs.partners import (
    are_side_by_side,
    are_together,
    partner_of,
    wants_side_by_side,
    were_cancelled_together,
)
from bookings.domain.pairs.places import has_rooms_beside
from bookings.domain.staff import Person, sees_every_booking
from bookings.models import Booking, Client
from bookings.scheduling.timeline import Minute
from bookings.words import standing, start_of


@dataclass(frozen=True, slots=True)
class Card:
    """The other booking in words, and which forms speak of both."""

    partner: Booking
    name: str
    start: str
    state: str
    rooms: str
    told: Client | None
    are_together: bool
    to_move: bool
    to_cancel: bool
    to_restore: bool


def card_of(booking: Booking, user: Person, *, now: Minute) -> Card | None:
    """The card; None for a booking that was made alone.

    Therapists are not shown it: the other one is with somebody else (rule P2).
    """
    if booking.pair_id is None or not sees_every_booking(user):
        return None
    partner = partner_of(booking)
    if partner is None:
        return None
    together = are_together(booking, partner, now=now)
    both = (booking, partner)
    return Card(
        partner=partner,
        name=client_name(partner),
        start=start_of(partner),
        state=standing(partner, now=now),
        rooms=_rooms(booking, partner) if together else "",
        told=told_of_both(booking, partner),
        are_together=together,
        to_move=together and all(is_movable(each, now=now) for each in both),
        to_cancel=together and all(is_cancellable(each) for each in both),
        to_restore=were_cancelled_together(booking) and may_undo(booking, now=now),
    )


def told_of_both(booking: Booking, partner: Booking) -> Client | None:
    """Who is written to when both are changed: either, if she can be; else nobody can."""
    clients = (booking.client, partner.client)
    return next((each for each in clients if each and each.email), booking.client)


def client_name(booking: Booking) -> str:
    """Whose booking it is, as far as that is known."""
    return booking.client.name if booking.client else _("A client on the website")


def _rooms(booking: Booking, partner: Booking) -> str:
    """Whether they lie side by side; nothing where no rooms do."""
    if are_side_by_side(booking, partner):
        return _("Their rooms lie side by side.")
    if wants_side_by_side(booking):
        return _("They asked for rooms side by side, and these are not.")
    if has_rooms_beside(booking.location):
        return _("Their rooms do not lie side by side.")
    return ""
