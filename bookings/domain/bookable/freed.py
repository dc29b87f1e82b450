"""What was given back a moment ago, and whoever gave it back may want again (rule B6)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.gathering import Gathered
from bookings.enums import EventKind, Status
from bookings.models import Booking, Event, SessionType
from bookings.scheduling.hours import local_date, to_instant, to_minute
from bookings.scheduling.timeline import Interval, Minute

NOBODY = 0
"""The number of no row: a therapist or a room that a question is not about."""


@dataclass(frozen=True, slots=True)
class Freed:
    """A place that a booking has left, which it may have again until a minute is over."""

    until: Minute
    therapist: str
    room: str
    occupied: Interval
    date: date
    minutes: int
    barefoot: bool


def place_of(booking: Booking) -> dict[str, Any]:
    """What a move can change, as its event keeps it."""
    return {
        "starts_at": booking.starts_at.isoformat(),
        "session_type": booking.session_type.slug,
        "therapist": booking.therapist.slug,
        "room": booking.room.slug,
        "price": str(booking.price),
    }


def freed_lately(*, now: Minute) -> list[Freed]:
    """What bookings that were cancelled, or moved, have left within UNDO_MINUTES.

    A hold that is given back, or moved, leaves its place for good.
    """
    since = to_instant(now - settings.UNDO_MINUTES)
    parts = ("location", "session_type", "therapist", "room")
    events = (
        Event.objects.filter(at__gte=since, kind__in=(EventKind.CANCELLED, EventKind.MOVED))
        .exclude(from_status=Status.HELD)
        .select_related(*(f"booking__{part}" for part in parts))
        .order_by()
    )
    left = [(event, place) for event in events if (place := _left_by(event))]
    slugs = {place["session_type"] for _event, place in left}
    sessions = SessionType.objects.in_bulk(slugs, field_name="slug") if slugs else {}
    return [_freed(event, place, sessions.get(place["session_type"])) for event, place in left]


def _left_by(event: Event) -> dict[str, Any] | None:
    """The place that the booking could have again."""
    booking = event.booking
    if event.kind == EventKind.CANCELLED:
        return place_of(booking) if booking.status == Status.CANCELLED else None
    return event.details.get("before") if booking.is_live else None


def _freed(event: Event, place: dict[str, Any], session: SessionType | None) -> Freed:
    booking = event.booking
    if session is not None and session != booking.session_type:
        booking.copy(session)  # its length was another one then
    start = to_minute(datetime.fromisoformat(place["starts_at"]))
    return Freed(
        until=to_minute(event.at) + settings.UNDO_MINUTES,
        therapist=place["therapist"],
        room=place["room"],
        occupied=booking.length.occupied_from(start),
        date=local_date(booking.location.timezone, start),
        minutes=booking.duration_minutes,
        barefoot=booking.barefoot,
    )


def count_freed(found: Gathered, frame: Frame) -> None:
    """Count what may be wanted back as taken: cells and minutes, of therapist and room."""
    people = {each.candidate.slug: each.candidate.pk for each in found.therapists}
    rooms = {each.slug: each.pk for each in found.rooms}
    for each in freed_lately(now=frame.question.now):
        found.taken.add(
            people.get(each.therapist, NOBODY),
            rooms.get(each.room, NOBODY),
            frame.window.bits(each.occupied.start, each.occupied.end),
            each.date,
            each.minutes,
            barefoot=each.barefoot,
        )
