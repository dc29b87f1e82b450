"""A browser that staff hand over to a client, for one form and some minutes."""

from dataclasses import dataclass

from django.contrib.auth import logout
from django.http import HttpRequest

KEY = "tablet"
MINUTES = 30


@dataclass(frozen=True, slots=True)
class HandedOver:
    """For which booking, and by which member of staff, by their numbers."""

    booking: int
    by: int


def hand_over(request: HttpRequest, booking: int, *, now: int) -> None:
    """Sign staff out of this browser, and leave it to a client; `now` in minutes."""
    by = request.user.pk
    logout(request)
    request.session[KEY] = {"booking": booking, "by": by, "until": now + MINUTES}


def handed_over(request: HttpRequest, *, now: int) -> HandedOver | None:
    """What this browser was handed over for, while its time runs."""
    found = request.session.get(KEY)
    if not found or now >= found["until"]:
        return None
    return HandedOver(found["booking"], found["by"])
