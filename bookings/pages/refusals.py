"""What a page says when the domain says no."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.errors import BookingError, SlotUnavailable, TooManyHolds
from bookings.scheduling.hours import to_instant
from studio.premises.models import Location
from therapists.models import Therapist


def refused(
    request: HttpRequest, error: BookingError, location: Location, *, back: str
) -> HttpResponse:
    """The error's own words, the studio's phone number, and a way back."""
    throttled = isinstance(error, TooManyHolds)
    response = render(
        request,
        "bookings/refused.html",
        {"error": error, "location": location, "back": back},
        status=429 if throttled else 409,
    )
    if isinstance(error, TooManyHolds):
        response["Retry-After"] = str(error.retry_after_seconds)
    return response


def alternatives_of(error: SlotUnavailable | None, therapist: Therapist | None) -> dict[str, Any]:
    """The times offered instead, and with whom: anyone, if the one asked for has none."""
    slots = error.alternatives if error else ()
    same = therapist is not None and all(therapist.slug in slot.therapists for slot in slots)
    return {
        "error": error,
        "alternatives": [to_instant(slot.starts_at) for slot in slots],
        "alternatives_with": therapist if same else None,
    }
