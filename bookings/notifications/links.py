"""Where mails lead to: whole addresses, in the client's language."""

from django.urls import reverse
from django.utils.translation import override

from bookings.domain.links import waitlist_token
from bookings.models import Booking
from studio.addresses import absolute


def offer_url(booking: Booking) -> str:
    """Where a place that is held for who waits is taken, or let go."""
    entry = booking.offer.entry
    with override(entry.client.language):
        return absolute(reverse("bookings:waiting", args=(entry.reference, waitlist_token(entry))))
