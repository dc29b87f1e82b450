"""Where the pages around a booking are."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bookings.domain.links import calendar_token, manage_token
from bookings.domain.pairs.partners import wants_side_by_side
from bookings.models import Booking


def to_booking(booking: Booking) -> HttpResponse:
    """The booking's own page."""
    return redirect("bookings:manage", booking.reference, manage_token(booking))


def times_around(booking: Booking) -> str:
    """Where another time is chosen: around its day, with the therapist who was asked for."""
    return _times("book-time", booking, {"therapist": _asked_for(booking)})


def times_for_two(booking: Booking, partner: Booking) -> str:
    """Where another time is chosen for both: around their day, with whom each asked for."""
    query = {
        "second": partner.session_type.slug,
        "therapist": _asked_for(booking),
        "second_therapist": _asked_for(partner),
        "side_by_side": "on" if wants_side_by_side(booking) else "",
    }
    return _times("book-together", booking, query)


def calendar_address(booking: Booking) -> str:
    """Where the API gives the booking's calendar file; its token opens nothing else."""
    file = reverse("api:calendar", args=(booking.reference,))
    return f"{file}?token={calendar_token(booking)}"


def _times(name: str, booking: Booking, query: dict[str, str]) -> str:
    names = (booking.location.slug, booking.session_type.slug)
    asked = {name: value for name, value in query.items() if value}
    return reverse(f"bookings:{name}", args=names, query={"day": booking.date.isoformat(), **asked})


def _asked_for(booking: Booking) -> str:
    return booking.therapist.slug if booking.therapist_requested else ""
