"""Rooms as the rules see them in a question's window (rules S1, S4 and S5)."""

from collections import defaultdict
from dataclasses import dataclass

from bookings.domain.frame import Frame
from bookings.domain.hindrances import blocks_near
from bookings.domain.taken import Taken
from bookings.scheduling.slots import Resource, Rule
from bookings.scheduling.timeline import Bits
from studio.premises.models import Inspection, Room


@dataclass(frozen=True, slots=True)
class UnbookedRoom:
    """A room with the cells at which it is equipped for the session, or blocked."""

    room: Room
    equipped: Bits
    blocked: Bits
    spare_equipment: int


@dataclass(frozen=True, slots=True)
class RoomEntry:
    """A room with what the rules and the choice (A2) need."""

    pk: int
    resource: Resource
    idle: Bits
    spare_equipment: int


def rooms_for(frame: Frame) -> list[Room]:
    """The location's active rooms; a named one even if it is neither (S1)."""
    question = frame.question
    if question.room is not None:
        return list(Room.objects.filter(slug=question.room))
    return list(Room.objects.filter(location=question.location, active=True).order_by("slug"))


def room_entries(frame: Frame, rooms: list[Room], taken: Taken) -> list[RoomEntry]:
    """Each room's resource: what every rule leaves of the window."""
    return [room_entry(frame, unbooked, taken) for unbooked in unbooked_rooms(frame, rooms)]


def unbooked_rooms(frame: Frame, rooms: list[Room]) -> list[UnbookedRoom]:
    """What the rules that no booking bears on leave each room; all the queries are here."""
    ids = [room.pk for room in rooms]
    required = {equipment.pk for equipment in frame.question.session_type.requires_equipment.all()}
    equipment = _equipment(ids)
    inspected = _inspected(frame, ids, required)
    blocked = _blocked(frame, ids)
    return [
        UnbookedRoom(
            room,
            equipped=inspected[room.pk] if required <= equipment[room.pk] else 0,
            blocked=blocked[room.pk],
            spare_equipment=len(equipment[room.pk] - required),
        )
        for room in rooms
    ]


def room_entry(frame: Frame, unbooked: UnbookedRoom, taken: Taken) -> RoomEntry:
    """A room's resource, once it is known what is booked."""
    room, everything = unbooked.room, frame.window.everything
    free = everything & ~taken.by_room[room.pk] & ~unbooked.blocked
    belongs = room.active and room.location_id == frame.question.location.pk
    start = {Rule.OFFERED: everything if belongs else 0, Rule.EQUIPPED: unbooked.equipped}
    resource = Resource(room.slug, {Rule.ROOM_FREE: free}, start)
    return RoomEntry(room.pk, resource, free, unbooked.spare_equipment)


def _equipment(ids: list[int]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    pairs = Room.equipment.through.objects.filter(room_id__in=ids)
    for room, equipment in pairs.values_list("room_id", "equipment_id"):
        found[room].add(equipment)
    return found


def _inspected(frame: Frame, ids: list[int], required: set[int]) -> dict[int, Bits]:
    """The dates on which no required piece is overdue: its due date is the last good one (S5)."""
    bits = dict.fromkeys(ids, frame.window.everything)
    due = Inspection.objects.filter(room_id__in=ids, equipment_id__in=required).order_by()
    for room, due_on in due.values_list("room_id", "due_on"):
        bits[room] &= frame.dates(None, due_on)
    return bits


def _blocked(frame: Frame, ids: list[int]) -> dict[int, Bits]:
    """Repairs and deep cleans (rule S4), read on the wall clock of the room's own location."""
    bits = dict.fromkeys(ids, 0)
    blocks = blocks_near(frame, ids)
    for room, start, until in blocks.values_list("room_id", "wall_from", "wall_until"):
        bits[room] |= frame.wall(start, until)
    return bits
