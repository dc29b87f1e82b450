"""What mails lead to: whole addresses, of pages in the reader's language."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override

from bookings.domain.clients.choices import MailChoice
from bookings.domain.links import choice_token, manage_token, waitlist_token
from bookings.models import Booking, Client, SessionType
from bookings.notifications.languages import language_of
from studio.addresses import absolute


def manage_url(booking: Booking) -> str:
    """Where a client sees, moves and cancels a booking."""
    return _of_booking("manage", booking)


def offer_url(booking: Booking) -> str:
    """Where a time that came free is accepted or declined."""
    entry = booking.offer.entry
    return _page("waiting", booking.client, entry.reference, waitlist_token(entry))


def answers_url(booking: Booking) -> str:
    """Where the questions for a booking are answered."""
    return _of_booking("answers", booking)


def terms_url(client: Client | None) -> str:
    """What a late cancellation costs."""
    return f"{_page('terms', client)}#cancelling"


def book_url(client: Client | None) -> str:
    """Where the next session is booked."""
    return _page("book", client)


def times_url(booking: Booking, session_type: SessionType) -> str:
    """Where another session is booked in place of a booking, on its day."""
    times = _page("book-time", booking.client, booking.location.slug, session_type.slug)
    return f"{times}?day={booking.date.isoformat()}"


def choice_url(client: Client, choice: MailChoice) -> str:
    """Where a client says whether to get such mail; whoever has the address needs no account."""
    return _page("mail-choice", client, choice.value, client.pk, choice_token(client, choice))


def desk_url(booking: Booking) -> str:
    """The booking at the desk."""
    return absolute(reverse("admin:booking", args=(booking.reference,)))


def board_url() -> str:
    """The day board."""
    return absolute(reverse("admin:board"))


def _of_booking(name: str, booking: Booking) -> str:
    return _page(name, booking.client, booking.reference, manage_token(booking))


def _page(name: str, client: Client | None, *names: Any) -> str:
    with override(language_of(client)):
        return absolute(reverse(f"bookings:{name}", args=names))
