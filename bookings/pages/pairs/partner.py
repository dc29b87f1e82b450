"""Who comes at the same time, on the pages of one of the two."""

from dataclasses import dataclass

from django.http import HttpRequest

from bookings.domain.links import manage_token
from bookings.domain.pairs.partners import (
    are_side_by_side,
    are_together,
    have_one_mailbox,
    may_change_both,
    partner_of,
)
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute

BOTH = "both"
"""How a form says that it is about both."""


@dataclass(frozen=True, slots=True)
class PartnerShown:
    """The other booking of a pair; its token only for who gets the mail of both (rule P1)."""

    booking: Booking
    token: str
    has_lapsed: bool
    is_together: bool
    is_beside: bool
    can_change_both: bool


def shown_partner(booking: Booking, *, now: Minute) -> PartnerShown | None:
    """Who comes with the client of a booking; None for one who comes alone."""
    partner = partner_of(booking)
    if partner is None:
        return None
    is_together = are_together(booking, partner, now=now)
    return PartnerShown(
        partner,
        manage_token(partner) if have_one_mailbox(booking, partner) else "",
        partner.has_lapsed(to_instant(now)),
        is_together,
        is_together and are_side_by_side(booking, partner),
        is_together and may_change_both(booking),
    )


def is_about_both(request: HttpRequest) -> bool:
    """Whether a form is about a booking and its partner."""
    return request.POST.get("scope") == BOTH
