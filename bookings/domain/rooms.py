"""Rooms as the rules see them in a question's window (rules S1, S4 and S5)."""

from collections import defaultdict
from dataclasses import dataclass

from bookings.domain.frame import Frame
from bookings.domain.taken import Taken
from bookings.scheduling.slots import Resource, Rule
from bookings.scheduling.timeline import Bits
from studio.premises.models import Inspection, Room, RoomBlock


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
    ids = [room.pk for room in rooms]
    required = {equipment.pk for equipment in frame.question.session_type.requires_equipment.all()}
    equipment = _equipment(ids)
    inspected = _inspected(frame, ids, required)
    blocked = _blocked(frame, ids)
    everything = frame.window.everything
    entries = []
    for room in rooms:
        free = everything & ~taken.by_room[room.pk] & ~blocked[room.pk]
        belongs = room.active and room.location_id == frame.question.location.pk
        start = {
            Rule.OFFERED: everything if belongs else 0,
            Rule.EQUIPPED: inspected[room.pk] if required <= equipment[room.pk] else 0,
        }
        resource = Resource(room.slug, {Rule.ROOM_FREE: free}, start)
        spare = len(equipment[room.pk] - required)
        entries.append(RoomEntry(room.pk, resource, free, spare))
    return entries


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
    early, late = frame.wall_reach
    blocks = RoomBlock.objects.filter(
        room_id__in=ids, wall_from__lt=late, wall_until__gt=early
    ).order_by()
    for room, start, until in blocks.values_list("room_id", "wall_from", "wall_until"):
        bits[room] |= frame.wall(start, until)
    return bits
