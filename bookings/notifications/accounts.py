"""Mails about an account: a code leaves at once, because somebody sits and waits for it.

They say the same to everybody, and nothing of what is booked.
"""

import logging

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.domain.clients.codes import CODE_MINUTES, digits_of
from bookings.models import SignInCode
from bookings.notifications.failures import named
from bookings.notifications.headers import sender
from bookings.notifications.letter import Fact, Letter, Link, Note, Prose, one_line
from studio.addresses import absolute
from studio.mail import AT_ONCE
from studio.premises.house import House

logger = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail server took no mail."""


def send_code(code: SignInCode, email: str, *, page: str) -> None:
    """Mail the digits, in the language that is spoken now; `page` is the path to type them on.

    Raises NotSent.
    """
    digits, studio = digits_of(code), House().studio.name
    lasting = ngettext(
        "Type it where you asked for it. It lasts %(minutes)s minute, and the newest one counts.",
        "Type it where you asked for it. It lasts %(minutes)s minutes, and the newest one counts.",
        CODE_MINUTES,
    )
    warning = _(
        "Nobody of the studio ever asks you for it. If you did not ask for a code, there is "
        "nothing to do: without it, nobody gets in."
    )
    letter = Letter(
        subject=_("Your code for %(studio)s") % {"studio": studio},
        heading=_("Your code: %(digits)s") % {"digits": f"{digits[:3]} {digits[3:]}"},
        opening=Prose(lasting % {"minutes": CODE_MINUTES}, {}),
        action=Link(_("Type your code"), absolute(page)),
        studio=studio,
        notes=(Note(warning),),
        reason=_("You get this mail because somebody asked for a code with your address."),
    )
    _send(letter, email)


def tell_old_address(email: str, *, page: str) -> None:
    """Mail the address that is not the account's any more, in case it was not its owner's doing.

    `page` is the path of My bookings. Raises NotSent.
    """
    house = House()
    changed = _(
        "Your bookings are under another e-mail address from now on, as was asked for on our "
        "pages with a code that was sent to you. If that was not you, please call us:"
    )
    letter = Letter(
        subject=_("Your address at %(studio)s") % {"studio": house.studio.name},
        heading=_("Your bookings have another address"),
        opening=Prose(changed, {}),
        action=Link(_("My bookings"), absolute(page)),
        studio=house.studio.name,
        facts=tuple(Fact(location.name, (location.phone,)) for location in house.locations),
        reason=_("You get this mail because your bookings were under this address."),
    )
    _send(letter, email)


def _send(letter: Letter, email: str) -> None:
    message = EmailMultiAlternatives(
        subject=one_line(letter.subject),
        body=letter.text,
        from_email=sender(letter.studio),
        to=[email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(letter.html, "text/html")
    try:
        message.send(using=AT_ONCE)
    except (OSError, ValueError) as error:
        logger.warning("A mail about an account could not be sent: %s", named(error))
        raise NotSent from error
