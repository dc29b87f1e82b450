"""Which mail follows, as a booking's page says it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from bookings.domain.telling.delivery import news_to_come
from bookings.enums import NotificationKind as Kind
from bookings.models import Booking
from bookings.pages.held import is_kept


@dataclass(frozen=True, slots=True)
class MailToCome:
    """What the mail about a booking says, where it goes, and how many go there at once."""

    kind: Kind
    email: str
    count: int


def mail_to_come(request: HttpRequest, bookings: Sequence[Booking]) -> MailToCome | None:
    """The mail that waits to leave about the first of some bookings of one mailbox, if any.

    The browser in which it was booked reads the whole address, so that a slip is seen; others who
    have the link are reminded of it.
    """
    news = news_to_come(bookings)
    own = next((row for row in news if row.booking_id == bookings[0].pk), None)
    client = bookings[0].client
    if own is None or client is None:
        return None
    email = client.email if is_kept(request, bookings[0]) else masked(client.email)
    return MailToCome(Kind(own.kind), email, len(news))


def masked(email: str) -> str:
    """A mail address that whoever has it knows again: `r•••@example.org`."""
    name, _at, host = email.rpartition("@")
    return f"{name[:1]}•••@{host}"
