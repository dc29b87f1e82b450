"""History, or a demo day: the bookings of a studio file."""

from collections import defaultdict, deque
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from bookings.domain.expiring import expire_lapsed
from bookings.domain.importing.bringing_in import Tell, bring_in, tell_nobody
from bookings.domain.importing.incoming import Incoming
from bookings.domain.refusals import WORDS
from bookings.domain.requests import Person
from bookings.enums import LIVE, Source, Status
from bookings.models import Booking, Event, SessionType
from bookings.scheduling.hours import to_minute
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, Room
from studio.studio_file import schema
from studio.studio_file.loading.report import Report
from studio.studio_file.loading.rows import by_slug
from studio.studio_file.mistakes import NOTHING, spell
from therapists.models import Therapist

type Key = tuple[str, str, datetime, str]
"""What a booking is matched by: location, session type, start, and the client's address."""


class Match(NamedTuple):
    """A booking in the database, as far as it tells whether the file says the same."""

    pk: int
    status: str
    therapist: str
    room: str
    is_touched: bool
    """Whether anybody but a file has changed it."""

    def says(self, table: schema.Booking) -> bool:
        """Whether nothing is to be done about it."""
        return (self.status, self.therapist, self.room) == (
            table.status,
            table.therapist,
            table.room or self.room,
        )


def load_bookings(
    file: schema.StudioFile, report: Report, *, now: Minute, tell: Tell = tell_nobody
) -> None:
    """Bookings are added, or changed for as long as nobody but a file has changed them.

    Of several that match, the nth in the file is the nth in the database. One that a rule forbids
    is a mistake.
    """
    if not file.bookings:
        return
    expire_lapsed(now=now)
    concerned = _concerned(file, report)
    incoming = _incoming(file, concerned, report)
    results = bring_in(list(incoming.values()), now=now, tell=tell)
    for position, result in zip(incoming, results, strict=True):
        if isinstance(result, Rule):
            report.mistake(
                ("bookings", position, "starts_at"),
                found=spell(file.bookings[position].starts_at),
                expected=f"a booking that keeps rule {result} (broken: {WORDS[result]})",
            )
        elif concerned[position] is None:
            report.added(Booking, result.pk)
        else:
            report.updated(Booking, result.pk)


def _concerned(file: schema.StudioFile, report: Report) -> dict[int, Match | None]:
    """The bookings to add (None) or to change, by their positions in the file."""
    matches = _matches(file)
    concerned: dict[int, Match | None] = {}
    for position, table in enumerate(file.bookings):
        same = matches[_key(table)]
        match = same.popleft() if same else None
        if match is not None and match.says(table):
            continue
        if match is not None and match.is_touched:
            report.left(Booking, match.pk)
        else:
            concerned[position] = match
    return concerned


def _key(table: schema.Booking) -> Key:
    email = table.client.email if table.client else ""
    return table.location, table.session_type, table.starts_at, email


def _matches(file: schema.StudioFile) -> defaultdict[Key, deque[Match]]:
    """What the database has, by what it is matched by, in the order in which it came in."""
    starts = [table.starts_at for table in file.bookings]
    touched = Event.objects.filter(booking=OuterRef("pk")).exclude(source=Source.FILE)
    rows = (
        Booking.objects.filter(
            location__slug__in={table.location for table in file.bookings},
            starts_at__range=(min(starts), max(starts)),
        )
        .order_by("pk")
        .values_list(
            "location__slug",
            "session_type__slug",
            "starts_at",
            "client__email",
            "pk",
            "status",
            "therapist__slug",
            "room__slug",
            Exists(touched),
        )
    )
    matches: defaultdict[Key, deque[Match]] = defaultdict(deque)
    for location, session_type, starts_at, email, *row in rows.iterator():
        matches[location, session_type, starts_at, email or ""].append(Match(*row))
    return matches


def _incoming(
    file: schema.StudioFile, concerned: dict[int, Match | None], report: Report
) -> dict[int, Incoming]:
    """The bookings as the domain takes them, by their positions in the file."""
    locations, session_types = by_slug(Location), by_slug(SessionType)
    therapists, rooms = by_slug(Therapist), by_slug(Room)
    stored = Booking.objects.select_related(
        "location", "session_type", "therapist", "room"
    ).in_bulk([match.pk for match in concerned.values() if match])
    some_room = {
        room.location_id: room
        for room in sorted(rooms.values(), key=lambda room: (not room.active, room.slug))[::-1]
    }
    incoming = {}
    for position, match in concerned.items():
        table = file.bookings[position]
        location, status = locations[table.location], Status(table.status)
        there = stored[match.pk] if match else None
        room = rooms[table.room] if table.room else None
        if room is not None and room.location_id != location.pk:
            place = ("bookings", position, "room")
            expected = f"a room of {spell(location.slug)}"
            report.mistake(place, found=spell(room.slug), expected=expected)
            continue
        if room is None and there is not None and (there.is_live or status not in LIVE):
            room = there.room
        if room is None and status not in LIVE:
            room = some_room.get(location.pk)
            if room is None:
                place = ("bookings", position, "room")
                report.mistake(place, found=NOTHING, expected="a room, as the location has none")
                continue
        client = table.client
        incoming[position] = Incoming(
            location=location,
            session_type=session_types[table.session_type],
            therapist=therapists[table.therapist],
            starts_at=to_minute(table.starts_at),
            status=status,
            room=room,
            person=Person(client.name, client.email, client.phone) if client else None,
            stored=there,
        )
    return incoming
