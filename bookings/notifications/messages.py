"""What a notification says, in the words of the moment in which it leaves."""

from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from bookings.enums import NotificationKind, Status
from bookings.models import Booking, Notification
from bookings.notifications.identity import message_id
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute


def compose(row: Notification, *, now: Minute) -> EmailMessage | None:
    """The message as it leaves now; None for what is not true any more, or reaches nobody."""
    booking, address = row.booking, _address(row)
    if booking is None or address is None or not _is_true(row, booking, now=now):
        return None
    with override(booking.client.language if booking.client else None):
        start = date_format(row.start.astimezone(booking.location.zone), _("D j M Y, H:i"))
        return EmailMessage(
            subject=_("Appointment at %(place)s") % {"place": booking.location.name},
            body=f"{booking.location.name}, {start}: {row.get_kind_display()}\n",
            to=[address],
            headers={"Message-ID": message_id(row)},
        )


def _is_true(row: Notification, booking: Booking, *, now: Minute) -> bool:
    if row.kind != NotificationKind.REMINDER:
        return True
    stands = booking.status == Status.CONFIRMED and booking.starts_at == row.start
    return stands and row.start > to_instant(now)


def _address(row: Notification) -> str | None:
    if row.therapist is not None:
        return (row.therapist.user.email or None) if row.therapist.user else None
    client = row.booking.client if row.booking else None
    return (client.email or None) if client else None
