"""Mails about an account: a code leaves at once, because somebody sits and waits for it.

They say the same to everybody, and nothing of what is booked.
"""

import logging
from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from bookings.domain.codes import CODE_MINUTES, digits_of
from bookings.models import SignInCode
from bookings.notifications.failures import named
from studio.premises.models import Location, Studio

logger = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail server took no mail."""


def send_code(code: SignInCode, email: str, *, page: str) -> None:
    """Mail the digits, in the language that is spoken now; `page` is the path to type them on.

    Raises NotSent.
    """
    digits = digits_of(code)
    words = {
        "digits": f"{digits[:3]} {digits[3:]}",
        "minutes": CODE_MINUTES,
        "page": f"{settings.BASE_URL}{page}",
    }
    _send(_("Your code for %(studio)s"), "bookings/account/code.txt", words, email)


def tell_old_address(email: str) -> None:
    """Mail the address that is not the account's any more, in case it was not its owner's doing.

    Raises NotSent.
    """
    words = {"locations": Location.objects.filter(active=True)}
    _send(_("Your address at %(studio)s"), "bookings/account/address_changed.txt", words, email)


def _send(subject: str, template: str, words: Mapping[str, object], email: str) -> None:
    row = Studio.objects.first()
    studio = row.name if row else _("Ashiatsu studio")
    message = EmailMultiAlternatives(
        subject=subject % {"studio": studio},
        body=render_to_string(template, {**words, "studio": studio}),
        to=[email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (OSError, ValueError) as error:
        logger.warning("A mail about an account could not be sent: %s", named(error))
        raise NotSent from error
