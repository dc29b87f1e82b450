"""Rooms as the rules see them in a question's window (rules S1, S4 and S5)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery

from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.hindrances import Hinders, Hindrance
from bookings.domain.bookable.one_query import Rows, Tables
from bookings.domain.bookable.taken import Taken
from bookings.models import SessionType
from bookings.scheduling.slots import Resource, Rule
from bookings.scheduling.timeline import Bits
from studio.premises.models import Inspection, Room


class RoomRow(NamedTuple):
    """A room with a piece of equipment in it, or with none, and when that is due (rule S5)."""

    pk: int
    slug: str
    location_id: int
    active: bool
    piece: int | None
    due_on: date | None


class NeededRow(NamedTuple):
    """A piece of equipment that the session requires (rule S5)."""

    equipment_id: int


class BesideRow(NamedTuple):
    """Two rooms in which two people can lie side by side."""

    from_room_id: int
    to_room_id: int


@dataclass(frozen=True, slots=True)
class UnbookedRoom:
    """A room with the cells at which it is equipped for the session, or blocked.

    `offers` says whether it is in use at the location (S1); `beside` has the ids of the rooms
    beside it, where the question asks for them.
    """

    pk: int
    slug: str
    offers: bool
    equipped: Bits
    blocked: Bits
    spare_equipment: int
    beside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RoomEntry:
    """A room with what the rules and the choice (A2) need."""

    pk: int
    resource: Resource
    idle: Bits
    spare_equipment: int
    beside: frozenset[int] = frozenset()


def rooms_for(frame: Frame) -> QuerySet[Room]:
    """The location's active rooms; a named one even if it is neither (S1)."""
    question = frame.question
    if question.room is not None:
        return Room.objects.filter(slug=question.room)
    return Room.objects.filter(location=question.location, active=True)


def room_tables(frame: Frame, rooms: QuerySet[Room]) -> Tables:
    """The rooms with what stands in them, what of it the session requires, and their neighbours."""
    due = Inspection.objects.filter(room=OuterRef("pk"), equipment=OuterRef("equipment"))
    needed = SessionType.requires_equipment.through.objects
    tables: dict[type[Any], QuerySet[Any, Any]] = {
        RoomRow: rooms.annotate(piece=F("equipment"), due_on=Subquery(due.values("due_on"))),
        NeededRow: needed.filter(sessiontype=frame.question.session_type),
    }
    if frame.question.in_pair:
        beside = Room.beside.through.objects
        tables[BesideRow] = beside.filter(from_room__location=frame.question.location)
    return tables


def unbooked_rooms(rows: Rows, frame: Frame, there: list[Hindrance]) -> list[UnbookedRoom]:
    """What the rules that no booking bears on leave each room, by slug."""
    required = {row.equipment_id for row in rows[NeededRow]}
    blocked: defaultdict[int, Bits] = defaultdict(int)
    for hindrance in there:
        if hindrance.kind is Hinders.BLOCKED:
            blocked[hindrance.owner] |= hindrance.cells
    beside: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in rows[BesideRow] if frame.question.in_pair else ():
        beside[one].add(other)
    inside: defaultdict[int, dict[int, date | None]] = defaultdict(dict)
    rooms: dict[str, RoomRow] = {}
    for row in rows[RoomRow]:
        rooms[row.slug] = row
        if row.piece is not None:
            inside[row.pk][row.piece] = row.due_on
    return [
        UnbookedRoom(
            room.pk,
            room.slug,
            offers=room.active and room.location_id == frame.question.location.pk,
            equipped=_equipped(frame, inside[room.pk], required),
            blocked=blocked[room.pk],
            spare_equipment=len(inside[room.pk].keys() - required),
            beside=frozenset(beside[room.pk]),
        )
        for _slug, room in sorted(rooms.items())
    ]


def room_entry(frame: Frame, unbooked: UnbookedRoom, taken: Taken) -> RoomEntry:
    """A room's resource, once it is known what is booked."""
    everything = frame.window.everything
    free = everything & ~taken.by_room[unbooked.pk] & ~unbooked.blocked
    start = {
        Rule.OFFERED: everything if unbooked.offers else 0,
        Rule.EQUIPPED: unbooked.equipped,
    }
    resource = Resource(unbooked.slug, {Rule.ROOM_FREE: free}, start)
    return RoomEntry(unbooked.pk, resource, free, unbooked.spare_equipment, unbooked.beside)


def _equipped(frame: Frame, inside: dict[int, date | None], required: set[int]) -> Bits:
    """The dates on which every required piece is there and none is overdue.

    Its due date is the last good one (rule S5).
    """
    if not required <= inside.keys():
        return 0
    bits = frame.window.everything
    for piece in required:
        if (due_on := inside[piece]) is not None:
            bits &= frame.dates(None, due_on)
    return bits
