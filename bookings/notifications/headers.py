"""What a mail says to the programs that carry it."""

from email.utils import formataddr, parseaddr

from django.conf import settings

from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.models import Notification
from bookings.notifications.identity import message_id
from bookings.notifications.letter import Letter, one_line


def sender(studio: str) -> str:
    """The studio's name, and the address that all mail comes from."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((one_line(studio), address))


def headers(row: Notification, letter: Letter) -> dict[str, str]:
    """The mail's own name, the thread that it belongs to, and where such mail is switched off."""
    found = {"Message-ID": message_id(row), "Auto-Submitted": "auto-generated"}
    first = _first_of_thread(row)
    if first is not None:
        found["In-Reply-To"] = found["References"] = message_id(first)
    if letter.stop is not None:
        found["List-Unsubscribe"] = f"<{letter.stop.url}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def _first_of_thread(row: Notification) -> Notification | None:
    """What the same reader was sent first of the booking."""
    if row.booking_id is None:
        return None
    sent = Notification.objects.filter(
        booking=row.booking_id, therapist=row.therapist_id, state=State.SENT
    ).exclude(pk=row.pk)
    if row.kind == Kind.REVIEW_WAITING:
        sent = sent.filter(kind=Kind.REVIEW_WAITING)
    else:
        sent = sent.exclude(kind=Kind.REVIEW_WAITING)
    return sent.order_by("sent_at", "pk").first()
