"""What visitors do who come together."""

from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from django.urls import reverse

from bookings.domain.pairs.partners import Both, both_of
from bookings.models import Booking
from tests.bookings.domain.pairs.pairing import TEN, book_both, wish_for_two
from tests.bookings.pages.visiting import DETAILS
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import Bookable, at

DETAILS_URL = "/your-booking/together/"
BOTH = {**DETAILS, "companion_name": "Bo", "companion_pressure": "light"}


def together_url(studio: Bookable, **query: str) -> str:
    """Where a time for two is chosen."""
    names = (studio.location.slug, studio.session_type.slug)
    return reverse("bookings:book-together", args=names, query=query)


def local(wall: str) -> str:
    """A button's value."""
    return at(wall).astimezone(ZoneInfo("America/Denver")).isoformat()


def choose(client: Client, studio: Bookable, wall: str = TEN, **query: str) -> Both:
    """Choose a time for two; the bookings that are held."""
    answer = client.post(together_url(studio, **query), {"starts_at": at(wall).isoformat()})
    assert answer.headers["Location"] == DETAILS_URL
    return both_of(Booking.objects.latest("pk"))


def confirm(client: Client, first: Booking, **data: str) -> Any:
    """Book both with what is typed."""
    return client.post(DETAILS_URL, {**BOTH, "reference": first.reference, **data})


def made(studio: Bookable, wall: str = TEN, **said: Any) -> Both:
    """Both, booked through the domain."""
    return book_both(wish_for_two(studio, wall), now=NOW, **said)


def reach_apart(second: Booking) -> None:
    """Give who comes along an address of her own."""
    assert second.client is not None
    second.client.email = "bo@example.org"
    second.client.save()


def states(*bookings: Booking) -> list[str]:
    """How they stand now."""
    return [Booking.objects.get(pk=each.pk).status for each in bookings]
