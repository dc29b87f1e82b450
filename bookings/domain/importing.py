"""Bookings that a studio file brings: what was before, or a day that is full already.

They obey every rule but notice and horizon (S9), since what happened long ago or is agreed for
next year is no less true. They may start at any five minutes, and no mail leaves for them. A
client is only named in a file, so S10 does not judge them either.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from bookings.domain.bookable.assignment import Assignment
from bookings.domain.bookable.freed import place_of
from bookings.domain.bookable.month import Month
from bookings.domain.callers import Caller
from bookings.domain.drafting import drafted
from bookings.domain.health.screening import in_force, review_deadline
from bookings.domain.offers import currency
from bookings.domain.reception import AFTER_THE_DOOR
from bookings.domain.requests import Details, Person, Wish
from bookings.enums import LIVE, EventKind, Source, Status
from bookings.models import Booking, Client, Event, SessionType
from bookings.scheduling.hours import local_date, to_instant
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, Room
from therapists.models import Therapist

type Written = tuple[Booking, list[Event]]
"""A booking and what is recorded of it, none of them saved yet."""

FILE = Caller(source=Source.FILE, is_staff=True)

CAME_FROM: dict[Status, Status] = {
    Status.CHECKED_IN: Status.CONFIRMED,
    Status.COMPLETED: Status.CONFIRMED,
    Status.NO_SHOW: Status.CONFIRMED,
    Status.CANCELLED: Status.CONFIRMED,
    Status.DECLINED: Status.PENDING_REVIEW,
    Status.EXPIRED: Status.HELD,
}
"""The state before one that no booking begins in; a file does not tell, but a history must."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A booking as a file states it; only a live one may leave its room open.

    `stored` is the booking in the database that it is about: that one keeps its client, and all
    that was copied when it was made.
    """

    location: Location
    session_type: SessionType
    therapist: Therapist
    starts_at: Minute
    status: Status
    room: Room | None = None
    person: Person | None = None
    stored: Booking | None = None

    @property
    def date(self) -> date:
        """Of its start, at the location (rule T7)."""
        return local_date(self.location.timezone, self.starts_at)

    @property
    def stays(self) -> bool:
        """Whether it has its time already, with this therapist and in this room."""
        stored = self.stored
        return (
            stored is not None
            and stored.is_live
            and self.status in LIVE
            and stored.therapist_id == self.therapist.pk
            and (self.room is None or stored.room_id == self.room.pk)
        )

    @property
    def is_judged(self) -> bool:
        """Whether it takes time that it has not had before."""
        return self.status in LIVE and not self.stays


def bring_in(incoming: Sequence[Incoming], *, now: Minute) -> list[Booking | Rule]:
    """Write the bookings; give each of them back, or the rule that it breaks.

    Call it while changing the schedule and with nothing lapsed left, and undo the transaction
    when a booking is refused: the stored ones have let go of their time by then.
    """
    if not incoming:
        return []
    leaving = [one.stored.pk for one in incoming if one.stored and not one.stays]
    Booking.objects.filter(pk__in=leaving).update(status=Status.CANCELLED)
    clients = _clients(incoming)
    copies = _Copies.of_today(now)
    months: defaultdict[tuple[date, str], list[int]] = defaultdict(list)
    for position, one in enumerate(incoming):
        months[one.date.replace(day=1), one.location.slug].append(position)
    results: dict[int, Booking | Rule] = {}
    for _, positions in sorted(months.items()):
        # Written month by month, so that the next one, or the next location, counts these.
        written: list[Written] = []
        places = _places_for([incoming[position] for position in positions], now=now)
        for position, place in zip(positions, places, strict=True):
            one = incoming[position]
            if isinstance(place, Rule):
                results[position] = place
                continue
            if one.stored is not None:
                written.append(_changed(one, place, one.stored, now=now))
            else:
                written.append(_added(one, place, clients.get(position), copies))
            results[position] = written[-1][0]
        _write(written)
    return [results[position] for position in range(len(incoming))]


def _clients(incoming: Sequence[Incoming]) -> dict[int, Client]:
    """The clients of the new bookings, by position.

    One name, address and telephone from files is one client, or whom that one was merged into.
    Whom people typed at another door is nobody that a file knows (rule P1).
    """
    whose = Q(client=OuterRef("pk")) | Q(client=OuterRef("merged_into"))
    from_files = Booking.objects.filter(whose, source=Source.FILE)
    known = {
        Person(client.name, client.email, client.phone): client.merged_into or client
        for client in Client.objects.filter(Exists(from_files), erased_at__isnull=True)
        .exclude(email="")
        .select_related("merged_into")
        .order_by("-pk")
    }
    clients: dict[int, Client] = {}
    new: list[Client] = []
    for position, one in enumerate(incoming):
        person = one.person
        if person is None or one.stored is not None:
            continue
        client = known.get(person)
        if client is None:
            client = Client(name=person.name, email=person.email, phone=person.phone)
            new.append(client)
            if person.email:
                known[person] = client
        clients[position] = client
    Client.objects.bulk_create(new)
    return clients


@dataclass(frozen=True, slots=True)
class _Copies:
    """What new bookings copy from the studio, asked once."""

    now: Minute
    currency: str
    questionnaire_version: int | None

    @classmethod
    def of_today(cls, now: Minute) -> "_Copies":
        questionnaire = in_force()
        return cls(now, currency(), questionnaire.version if questionnaire else None)


def _places_for(bookings: Sequence[Incoming], *, now: Minute) -> list[Assignment | Rule]:
    """A place for each booking of one location and month, or the rule that it breaks."""
    found: dict[int, Assignment | Rule] = {}
    judged = [number for number, one in enumerate(bookings) if one.is_judged]
    if judged:
        month = Month(
            bookings[0].location,
            [bookings[number].date for number in judged],
            {bookings[number].therapist.pk for number in judged},
            now=now,
        )
        # Those that name no room take what the others leave.
        for number in sorted(judged, key=lambda number: bookings[number].room is None):
            one = bookings[number]
            found[number] = month.place(
                one.session_type, one.starts_at, one.therapist, one.room, moving=one.stored
            )
    return [
        found[number] if number in found else _unjudged(one) for number, one in enumerate(bookings)
    ]


def _unjudged(one: Incoming) -> Assignment:
    room = one.room or (one.stored and one.stored.room)
    assert room  # only what takes time can leave it open
    return one.therapist.pk, room.pk


def _added(one: Incoming, place: Assignment, client: Client | None, copies: _Copies) -> Written:
    """A new booking, made as one of today is, and what is recorded of it."""
    wish = Wish(one.location, one.session_type, one.starts_at, one.therapist)
    booked_at = min(copies.now, one.starts_at)
    booking = drafted(wish, Details(), caller=FILE, now=booked_at, currency=copies.currency)
    occupied = booking.length.occupied_from(one.starts_at)
    booking.status = one.status
    booking.client = client
    booking.therapist_id, booking.room_id = place
    booking.starts_at, booking.date = to_instant(one.starts_at), one.date
    booking.occupied_from, booking.occupied_until = occupied.start, occupied.end
    booking.expires_at = _time_limit(one, copies.now)
    booking.questionnaire_version = copies.questionnaire_version
    booking.cancelled_at = booking.booked_at if one.status == Status.CANCELLED else None
    return booking, _history(booking, "", now=copies.now)


def _changed(one: Incoming, place: Assignment, stored: Booking, *, now: Minute) -> Written:
    """A stored booking as the file states it now, and what is recorded of the change."""
    status, before = stored.status, place_of(stored)
    stored.therapist_id, stored.room_id = place
    after = place_of(stored)
    details = {"before": before, "after": after} if after != before else {}
    if one.status == status:
        return stored, [_event(stored, EventKind.MOVED, status, status, now=now, details=details)]
    stored.status = one.status
    stored.expires_at = _time_limit(one, now)
    stored.cancelled_at = to_instant(now) if one.status == Status.CANCELLED else None
    stored.late_cancellation = False
    return stored, _history(stored, status, now=now, details=details)


def _time_limit(one: Incoming, now: Minute) -> datetime | None:
    """When a hold or a review lapses; a start that has passed leaves as long as a hold has."""
    soon = now + settings.HOLD_MINUTES
    if one.status == Status.HELD:
        return to_instant(soon)
    if one.status == Status.PENDING_REVIEW:
        return to_instant(max(review_deadline(one.starts_at, booked=now, now=now), soon))
    return None


def _history(
    booking: Booking, status: str, *, now: Minute, details: dict[str, Any] | None = None
) -> list[Event]:
    """What is recorded from a state, or from nothing, to the one that the booking is in now."""
    last = Status(booking.status)
    states = [last]
    if last in CAME_FROM and (status == "" or last in AFTER_THE_DOOR):
        came_from = CAME_FROM[last] if booking.client_id or booking.client else Status.HELD
        if status not in (came_from, Status.CHECKED_IN):
            states = [came_from, last]
    events = []
    for state in states:
        events.append(_event(booking, _kind(status, state), status, state, now=now))
        status = state
    events[-1].details = details or {}
    return events


def _kind(before: str, after: Status) -> EventKind:
    if after == Status.PENDING_REVIEW or (after == Status.CONFIRMED and before == ""):
        return EventKind.BOOKED
    return EventKind(after.value)


def _event(
    booking: Booking,
    kind: EventKind,
    before: str,
    after: str,
    *,
    now: Minute,
    details: dict[str, Any] | None = None,
) -> Event:
    return Event(
        booking=booking,
        kind=kind,
        at=to_instant(now),
        source=FILE.source,
        from_status=before,
        to_status=after,
        details=details or {},
    )


CHANGED_FIELDS = [
    "status",
    "therapist",
    "room",
    "expires_at",
    "cancelled_at",
    "late_cancellation",
]


def _write(written: Iterable[Written]) -> None:
    """Save new and changed bookings in their order, then their events."""
    new, events = [], []
    for booking, recorded in written:
        events += recorded
        if booking._state.adding:
            new.append(booking)
        else:
            booking.save(update_fields=CHANGED_FIELDS)
    Booking.objects.bulk_create(new)
    Event.objects.bulk_create(events)
