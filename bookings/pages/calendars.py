"""Links with which the usual calendars on the web take a booking in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from bookings.models import Booking
from bookings.notifications.calendar import words_of

BASIC, EXTENDED = "%Y%m%dT%H%M%SZ", "%Y-%m-%dT%H:%M:%SZ"
"""How UTC instants are written in ISO 8601."""


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """Where one of them is asked to add it; nothing is loaded from there until it is followed."""

    name: str
    address: str


def calendar_links(booking: Booking) -> list[CalendarLink]:
    """One for each; they are told what the calendar file says, and no more."""
    words = words_of(booking)
    start, end = (_utc(at, BASIC) for at in (booking.starts_at, booking.ends_at))
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": words.summary,
        "startdt": _utc(booking.starts_at, EXTENDED),
        "enddt": _utc(booking.ends_at, EXTENDED),
        "location": words.location,
        "body": words.description,
    }
    return [
        _link(
            "Google",
            "https://calendar.google.com/calendar/render",
            action="TEMPLATE",
            text=words.summary,
            dates=f"{start}/{end}",
            location=words.location,
            details=words.description,
        ),
        _link("Outlook.com", "https://outlook.live.com/calendar/0/deeplink/compose", **outlook),
        _link("Microsoft 365", "https://outlook.office.com/calendar/0/deeplink/compose", **outlook),
        _link(
            "Yahoo",
            "https://calendar.yahoo.com/",
            v="60",
            title=words.summary,
            st=start,
            et=end,
            in_loc=words.location,
            desc=words.description,
        ),
    ]


def _link(name: str, address: str, **query: str) -> CalendarLink:
    # Outlook shows a plus as a plus, so blanks are written as %20.
    return CalendarLink(name, f"{address}?{urlencode(query, quote_via=quote)}")


def _utc(instant: datetime, form: str) -> str:
    return instant.astimezone(UTC).strftime(form)
