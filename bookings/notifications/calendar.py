"""A booking as a calendar file: mailed as an invitation, or opened by its link."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from bookings.domain.telling.outbox import CHANGES
from bookings.enums import EventKind, Status
from bookings.models import Booking
from bookings.notifications.zones import timezone_component
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.models import Studio

STATUS = {
    Status.HELD: "TENTATIVE",
    Status.PENDING_REVIEW: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
    Status.DECLINED: "CANCELLED",
    Status.EXPIRED: "CANCELLED",
}
"""In the calendar's words; everything else is CONFIRMED."""

SHOWN = (EventKind.HELD, EventKind.BOOKED, EventKind.CONFIRMED, *CHANGES)
"""What changes the event; a payment, say, does not."""


def invitation(booking: Booking, *, now: Minute) -> bytes:
    """What is mailed to the client: their calendar takes it, follows it, and lets go of it.

    The only file with the client's address in it: calendars ignore an invitation that invites
    nobody. They have accepted by booking, so no answer is asked for.
    """
    event = event_of(booking)
    method = method_of(booking, now=now)
    if method == "CANCEL":
        event["status"] = "CANCELLED"
    if booking.client is not None and booking.client.email:
        client = vCalAddress(f"mailto:{booking.client.email}")
        client.params |= {"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"}
        event.add("attendee", client)
    return file_of([event], method)


def method_of(booking: Booking, *, now: Minute) -> str:
    """What the mailed file does, which the `Content-Type` of its part has to say as well."""
    stands = booking.is_live and not booking.has_lapsed(to_instant(now))
    return "REQUEST" if stands else "CANCEL"


def calendar_file(booking: Booking) -> bytes:
    """What the calendar link gives: the same event, and nothing of whom it is for.

    Published rather than requested: a calendar that opens a request asks whether to accept, and
    writes to the studio. A cancelled one is published as cancelled.
    """
    return file_of([event_of(booking)], "PUBLISH")


@dataclass(frozen=True, slots=True)
class Words:
    """What a booking's entry in a calendar says."""

    summary: str
    location: str
    description: str


def words_of(booking: Booking) -> Words:
    """In the language of its client.

    Calendars are shared with families and employers: it is said neither which session it is nor
    anything of health, and there is no link with which others could cancel it.
    """
    place = booking.location
    with override(booking.client.language if booking.client else get_language()):
        summary = _("Appointment at %(place)s") % {"place": place.name}
        description = _(
            "Booking %(reference)s. To move or cancel it, use the link that we sent you, or"
            " call %(phone)s."
        ) % {"reference": booking.reference, "phone": place.phone}
    return Words(summary, place.address, description)


def event_of(booking: Booking) -> Event:
    """The booking for its client's calendar; the same until the booking changes."""
    event = bare_event(booking, changed_at=_last_change(booking), studio=studio_name())
    words = words_of(booking)
    event.add("summary", words.summary)
    event.add("location", words.location)
    event.add("description", words.description)
    return event


def bare_event(booking: Booking, *, changed_at: datetime, studio: str) -> Event:
    """When a booking is, how it stands and whose it is, in no words yet."""
    event = Event()
    event.add("uid", f"{booking.reference}@ashiatsu-booking")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    starts_at, ends_at = wall_times(booking)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("status", STATUS.get(Status(booking.status), "CONFIRMED"))
    name = (studio or booking.location.name).replace('"', "'")  # which no parameter can hold
    organizer = vCalAddress(f"mailto:{booking.location.email}")
    organizer.params["CN"] = name
    event.add("organizer", organizer)
    return event


def wall_times(booking: Booking) -> tuple[datetime, datetime]:
    """Start and end on the wall clock of the location.

    In UTC where the clocks show one of them for the second time: a calendar file has no other
    way to say so.
    """
    zone = booking.location.zone
    times = (booking.starts_at.astimezone(zone), booking.ends_at.astimezone(zone))
    if any(time.fold for time in times):
        return booking.starts_at.astimezone(UTC), booking.ends_at.astimezone(UTC)
    return times


def studio_name() -> str:
    """Who organizes sessions; empty before a studio's data is loaded."""
    return Studio.objects.values_list("name", flat=True).first() or ""


def file_of(events: list[Event], method: str, calendar: Calendar | None = None) -> bytes:
    """The calendar file of some events, with the time zones that they name."""
    calendar = calendar or Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Ashiatsu booking//EN")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    dates = [_date(time) for event in events for time in (event.start, event.end)]
    zones = [
        timezone_component(zone, min(dates), max(dates))
        for zone in sorted(calendar.get_missing_tzids())
    ]
    calendar.subcomponents[:0] = zones  # before what names them
    file: bytes = calendar.to_ical()
    return file


def _date(time: date | datetime) -> date:
    return time.date() if isinstance(time, datetime) else time


def _last_change(booking: Booking) -> datetime:
    changes = booking.events.filter(kind__in=SHOWN).order_by("-at", "-pk")
    return changes.values_list("at", flat=True).first() or booking.booked_at
