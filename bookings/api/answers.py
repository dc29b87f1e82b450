"""Answers about one booking: kept without its secrets, given with them (rules B9 and P1)."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.outputs import BookingFields, said_of
from bookings.domain.links import calendar_token_of, manage_token_of
from bookings.models import Booking
from bookings.scheduling.timeline import Minute
from studio.addresses import absolute
from studio.api.fields import Strict, body
from studio.api.idempotency import Answer, read_once
from studio.premises.unchanged import one_moment

LINKS = ("manage_token", "manage_url", "calendar_url")


type Work[Done] = Callable[[dict[str, Any]], Done]
"""What is done with what a form has read of a body."""

type Plan = Callable[[dict[str, Any]], Callable[[], Booking]]
"""What is read before anything is done with it, and gives what is to be done."""


def links_of(reference: str, epoch: int) -> dict[str, str]:
    """A booking's secrets, reckoned for one epoch of its token (rule P1)."""
    token, calendar_token = manage_token_of(reference, epoch), calendar_token_of(reference, epoch)
    manage = reverse("bookings:manage", kwargs={"reference": reference, "token": token})
    calendar = reverse("api:calendar", kwargs={"reference": reference})
    return {
        "manage_token": token,
        "manage_url": absolute(manage),
        "calendar_url": absolute(f"{calendar}?token={calendar_token}"),
    }


def without_secrets(booking: Booking, *, now: int) -> dict[str, Any]:
    """What is kept of an answer about a booking; enough for `with_secrets`."""
    return {**said_of(booking, now=now), "token_epoch": booking.token_epoch}


def with_secrets(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answer about a booking, from what `without_secrets` gave, in the contract's order.

    The database may have kept it in another one.
    """
    return said_in_order(kept) | links_of(kept["reference"], kept["token_epoch"])


def said_in_order(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a booking, in the contract's order."""
    return {name: kept[name] for name in _fields()}


@cache
def _fields() -> tuple[str, ...]:
    return tuple(map(str, BookingFields().fields))


def answer_once(
    request: Request,
    form: type[Strict],
    plan: Plan,
    *,
    now: Minute,
    status: int = 200,
) -> Response:
    """Do what is planned with what a form reads of the body, and tell of the booking.

    The same request again is told the same again.
    """

    def planned() -> Callable[[], Booking]:
        with one_moment():
            return plan(body(request, form))

    def kept(do: Callable[[], Booking]) -> Answer:
        return Answer(status, without_secrets(do(), now=now))

    answer = read_once(request, planned, kept, now=now)
    return Response(with_secrets(answer.body), status=answer.status)
