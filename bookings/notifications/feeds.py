"""A calendar feed's file: the sessions of a therapist or a room, for a program that follows them.

Who comes stands in it by initials, or by name where the feed was made so; nothing else of the
person, and no note: health may stand in notes.
"""

from datetime import timedelta

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from bookings.domain.feeds import bookings_in
from bookings.domain.links import feed_token
from bookings.models import Booking, CalendarFeed, Client
from bookings.notifications.calendar import SHOWN, bare_event, file_of, studio_name
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.addresses import absolute
from studio.premises.house import studio_language

REFRESHED = timedelta(minutes=15)
"""How often programs are asked to look."""


def feed_address(feed: CalendarFeed) -> str:
    """Where a program follows it; whoever has the address can read it."""
    whose = "therapist" if feed.therapist else "room"
    return absolute(reverse(f"{whose}-calendar", args=(feed.owner.slug, feed_token(feed))))


def feed_file(feed: CalendarFeed, *, now: Minute) -> bytes:
    """All sessions of a feed, in the studio's language; a few queries, however many there are."""
    with override(studio_language()):
        return _file(feed, now=now)


def _file(feed: CalendarFeed, *, now: Minute) -> bytes:
    calendar, studio = Calendar(), studio_name()
    calendar.add("x-wr-calname", feed.owner.name)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    changed = Max("events__at", filter=Q(events__kind__in=SHOWN))
    events = []
    for booking in bookings_in(feed, now=now).annotate(changed_at=changed):
        event = bare_event(
            booking, changed_at=booking.changed_at or booking.booked_at, studio=studio
        )
        _describe(event, booking, feed, now=now)
        events.append(event)
    return file_of(events, "PUBLISH", calendar)


def _describe(event: Event, booking: Booking, feed: CalendarFeed, *, now: Minute) -> None:
    words = {"session": booking.session_name, "client": _client(booking.client, feed)}
    if booking.has_lapsed(to_instant(now)) or not booking.is_live:
        event["status"] = "CANCELLED"
        event.add("transp", "TRANSPARENT")
        # Many programs show what is cancelled like anything else, so the words say it too.
        summary = _("Cancelled: %(session)s, %(client)s") % words
    else:
        summary = _("%(session)s, %(client)s") % words
    event.add("summary", summary)
    event.add("location", f"{booking.room.name}, {booking.location.name}")
    event.add("description", _("With %(name)s") % {"name": booking.therapist.name})
    event.add("url", absolute(reverse("admin:booking", args=[booking.reference])))


def _client(client: Client | None, feed: CalendarFeed) -> str:
    if client is None:
        return ""
    if feed.with_names:
        return client.name
    words = client.name.split()
    return " ".join(f"{word[0].upper()}." for word in (words[:1] + words[1:][-1:]))
