"""Answers about one booking: kept without its secrets, given with them (rules B9 and P1)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.outputs import BookingFields
from bookings.domain.links import calendar_token, manage_token
from bookings.models import Booking
from bookings.scheduling.timeline import Minute
from studio.addresses import absolute
from studio.api.fields import Strict, body
from studio.api.idempotency import Answer, read_once

LINKS = ("manage_token", "manage_url", "calendar_url")


type Work[Done] = Callable[[dict[str, Any]], Done]
"""What is done with what a form has read of a body."""


def links_of(reference: str, epoch: int) -> dict[str, str]:
    """A booking's secrets, reckoned for one epoch of its token (rule P1)."""
    booking = Booking(reference=reference, token_epoch=epoch)
    token = manage_token(booking)
    manage = reverse("bookings:manage", kwargs={"reference": reference, "token": token})
    calendar = reverse("api:calendar", kwargs={"reference": reference})
    return {
        "manage_token": token,
        "manage_url": absolute(manage),
        "calendar_url": absolute(f"{calendar}?token={calendar_token(booking)}"),
    }


def without_secrets(booking: Booking, *, now: int) -> dict[str, Any]:
    """What is kept of an answer about a booking; enough for `with_secrets`."""
    fields = BookingFields(booking, context={"now": now}).data
    return {**fields, "token_epoch": booking.token_epoch}


def with_secrets(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answer about a booking, from what `without_secrets` gave, in the contract's order."""
    links = links_of(kept["reference"], kept["token_epoch"])
    return {str(name): kept[str(name)] for name in BookingFields().fields} | links


def answer_once(
    request: Request,
    form: type[Strict],
    work: Work[Booking],
    *,
    now: Minute,
    status: int = 200,
) -> Response:
    """Do the work with what a form reads of the body, and tell of the booking.

    The same request again is told the same again.
    """

    def kept(data: dict[str, Any]) -> Answer:
        return Answer(status, without_secrets(work(data), now=now))

    answer = read_once(request, partial(body, request, form), kept, now=now)
    return Response(with_secrets(answer.body), status=answer.status)
