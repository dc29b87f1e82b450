"""A booking as a calendar file, for the client's own calendar."""

from datetime import datetime

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bookings.enums import EventKind, Status
from bookings.models import Booking
from bookings.models import Event as Happening

STATUS = {
    Status.HELD: "TENTATIVE",
    Status.PENDING_REVIEW: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
    Status.DECLINED: "CANCELLED",
    Status.EXPIRED: "CANCELLED",
}
"""In the calendar's words; everything else is CONFIRMED."""


def calendar_file(booking: Booking) -> bytes:
    """One event, the same bytes until the booking changes. Says nothing of whom it is for.

    It is in that person's language. Its UID comes from the reference and its SEQUENCE counts the
    moves, so a calendar that has the event already puts the new one in its place.
    """
    happenings = list(booking.events.order_by("at", "pk"))
    event = Event()
    event.add("uid", f"{booking.reference}@ashiatsu-booking")
    event.add("dtstamp", _last_change(booking, happenings))
    event.add("sequence", sum(happening.kind == EventKind.MOVED for happening in happenings))
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", _summary(booking))
    event.add("location", booking.location.address)
    event.add("status", STATUS.get(Status(booking.status), "CONFIRMED"))

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Ashiatsu booking//EN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file


def _summary(booking: Booking) -> str:
    with override(booking.client.language if booking.client else get_language()):
        return _("Appointment at %(place)s") % {"place": booking.location.name}


def _last_change(booking: Booking, happenings: list[Happening]) -> datetime:
    return happenings[-1].at if happenings else booking.booked_at
