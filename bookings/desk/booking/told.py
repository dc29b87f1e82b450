"""What was told of a booking and what waits to be, for reception."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.domain.telling.delivery import news_to_come
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


def mail_words(bookings: Collection[Booking]) -> str:
    """Who is written to about what was just booked, in one sentence."""
    news = news_to_come(bookings)
    clients = [row.booking.client for row in news if row.booking]
    emails = dict.fromkeys(client.email for client in clients if client)
    if emails:
        words = ngettext(
            "In a few minutes a mail about it goes to %(emails)s.",
            "In a few minutes %(count)s mails about it go to %(emails)s.",
            len(news),
        )
        return words % {"count": len(news), "emails": ", ".join(emails)}
    if any(booking.client and booking.client.email for booking in bookings):
        return _("No mail goes out: you tell the client.")
    return _("Nobody is written to: the client has no mail address.")


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
