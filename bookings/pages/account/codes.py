"""Asking for a code, and what it is for; kept in the session until it is typed (rule P1)."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bookings.domain.clients.codes import forget, new_code
from bookings.errors import BookingError
from bookings.notifications.accounts import NotSent, send_code
from bookings.scheduling.timeline import Minute
from studio.visitors import address_key

KEY = "code"


class Purpose(StrEnum):
    """Why somebody types a code."""

    SIGN_IN = "sign-in"
    PROVE = "prove"
    CHANGE_ADDRESS = "change-address"


class MailFailed(BookingError):
    """The mail server takes no mail at the moment."""

    code = "mail_failed"
    message = _("We could not send the mail just now. Please try again in a few minutes.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A code that is on its way: to which address, and where its digits lead (a route's name)."""

    code_id: int
    email: str
    purpose: Purpose
    then: str = "my-bookings"


def ask(
    request: HttpRequest, email: str, purpose: Purpose, *, now: Minute, then: str = "my-bookings"
) -> None:
    """Send a code, whoever's the address is; one that this browser asked for before ends.

    Raises TooManyCodes, and MailFailed.
    """
    code = new_code(email, address_key=address_key(request), now=now)
    try:
        send_code(code, email, page=reverse("bookings:my-code"))
    except NotSent:
        forget(code)
        raise MailFailed from None
    request.session[KEY] = asdict(Asked(code.pk, email, purpose, then))


def asked(request: HttpRequest) -> Asked | None:
    """What this browser has asked a code for."""
    found = request.session.get(KEY)
    return Asked(**{**found, "purpose": Purpose(found["purpose"])}) if found else None


def done(request: HttpRequest) -> None:
    """No code is waited for any more."""
    request.session.pop(KEY, None)
