"""What a page says when the domain says no."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from bookings.domain.holds import NOT_HELD
from bookings.errors import BookingError, PairUnavailable, SlotUnavailable, TooManyHolds
from bookings.scheduling.hours import to_instant
from bookings.scheduling.pairs import PairSlot
from bookings.scheduling.slots import Slot
from studio.limits import wait_to_write
from studio.premises.models import Location
from therapists.models import Therapist

LOST = (SlotUnavailable, PairUnavailable)
"""What was chosen has gone, for one or for two."""

type Lost = SlotUnavailable | PairUnavailable


class NotHeld(BookingError):
    """Nothing is held by the link that was sent; which half of it is wrong is not told."""

    code = "not_found"
    message = NOT_HELD


class TooManyWrites(BookingError):
    """An address has sent as many forms as it may."""

    code = "throttled"
    message = _(
        "Too many forms have come from your network at once. Nothing has been booked or changed. "
        "Please wait a minute and send yours again."
    )

    def __init__(self, *, retry_after_seconds: int) -> None:
        """Say when there is room again."""
        self.retry_after_seconds = retry_after_seconds
        super().__init__()


def too_many_writes(request: HttpRequest) -> TooManyWrites | None:
    """The refusal of a form from an address that has sent as many as it may; it counts this one."""
    wait = wait_to_write(request)
    return TooManyWrites(retry_after_seconds=wait) if wait else None


def refused(
    request: HttpRequest, error: BookingError, location: Location | None, *, back: str
) -> HttpResponse:
    """The error's own words, the phone number of the place it is about, and a way back."""
    response = render(
        request,
        "bookings/refused.html",
        {"error": error, "location": location, "back": back},
        status=429 if isinstance(error, TooManyHolds | TooManyWrites) else 409,
    )
    if isinstance(error, TooManyHolds | TooManyWrites):
        response["Retry-After"] = str(error.retry_after_seconds)
    return response


def alternatives_of(error: Lost | None, therapist: Therapist | None) -> dict[str, Any]:
    """The times offered instead, and with whom: anyone, if the one asked for has none.

    Those for two say nothing of therapists.
    """
    slots: Sequence[Slot | PairSlot] = error.alternatives if error else ()
    same = therapist is not None and all(
        isinstance(slot, Slot) and therapist.slug in slot.therapists for slot in slots
    )
    return {
        "error": error,
        "alternatives": [to_instant(slot.starts_at) for slot in slots],
        "alternatives_with": therapist if same else None,
    }
