"""The business and where it is: equipment, locations, rooms, and when they are shut."""

from collections.abc import Iterator
from datetime import datetime

from studio.premises.models import (
    Closure,
    Equipment,
    Inspection,
    Location,
    Room,
    RoomBlock,
    Studio,
)
from studio.studio_file import schema
from studio.studio_file.loading.report import Report
from studio.studio_file.loading.rows import Rows, by_slug, replace
from studio.studio_file.mistakes import NOTHING, Place, spell


def load_studio(file: schema.StudioFile, report: Report) -> None:
    """The one row of the business; the first file must have it."""
    if file.studio is not None:
        Rows(Studio, "id", report=report).put(id=1, **file.studio.model_dump())
    elif not Studio.objects.exists():
        expected = "a table with name and currency, as there is no studio yet"
        report.mistake(("studio",), found=NOTHING, expected=expected)


def load_equipment(file: schema.StudioFile, report: Report) -> None:
    """What stands or hangs in rooms."""
    rows = Rows(Equipment, "slug", report=report)
    for table in file.equipment:
        rows.put(**table.model_dump())


def load_locations(file: schema.StudioFile, report: Report) -> None:
    """Locations with their policies and closures, and their rooms."""
    rows = Rows(Location, "slug", report=report)
    lists = {"rooms", "closures"}
    for position, table in enumerate(file.locations):
        there = rows.get(table.slug)
        if there and there.timezone != table.timezone and there.bookings.exists():
            # They count on the dates that its clock gave them (rule T7).
            place = ("locations", position, "timezone")
            expected = f"{spell(there.timezone)}, as there are bookings on that clock"
            report.mistake(place, found=spell(table.timezone), expected=expected)
    stored = {table.slug: rows.put(**table.model_dump(exclude=lists)) for table in file.locations}
    closures = [
        _closure(stored[table.slug].pk, closure)
        for table in file.locations
        for closure in table.closures
    ]
    owners = [location.pk for location in stored.values()]
    report.updated(Location, *replace(Closure, "location_id", owners, closures))
    _load_rooms(file, stored, report)


def _load_rooms(file: schema.StudioFile, locations: dict[str, Location], report: Report) -> None:
    rows = Rows(Room, "slug", report=report)
    equipment = by_slug(Equipment)
    contents = Room.equipment.through
    owners, things, inspections, blocks = [], [], [], []
    for place, location, table in _rooms(file):
        location_id = locations[location].pk
        there = rows.get(table.slug)
        if there and there.location_id != location_id and there.bookings.exists():
            # They took place there, and the room would no longer belong to their location.
            expected = (
                f'another slug, as "{there.location.slug}" has bookings in a room of this one'
            )
            report.mistake((*place, "slug"), found=spell(table.slug), expected=expected)
        own = table.model_dump(include={"slug", "name", "active"})
        pk = rows.put(location_id=location_id, **own).pk
        owners.append(pk)
        things += [contents(room_id=pk, equipment_id=equipment[it].pk) for it in table.equipment]
        inspections += [
            Inspection(room_id=pk, equipment_id=equipment[it].pk, due_on=due_on)
            for it, due_on in table.inspections.items()
        ]
        blocks += [
            RoomBlock(
                room_id=pk, wall_from=block.from_, wall_until=block.until, reason=block.reason
            )
            for block in table.blocks
        ]
    report.updated(
        Room,
        *_load_neighbours(file, owners, report),
        *replace(contents, "room_id", owners, things),
        *replace(Inspection, "room_id", owners, inspections),
        *replace(RoomBlock, "room_id", owners, blocks),
    )


def _load_neighbours(file: schema.StudioFile, owners: list[int], report: Report) -> set[int]:
    """Which rooms are beside which: each beside the other, whichever of them the file says it of.

    Returns those for whom it has changed. Of rooms that the file leaves out only that stays which
    they are to one another.
    """
    there = by_slug(Room)
    beside = Room.beside.through
    ways = set()
    for place, _location, table in _rooms(file):
        own = there[table.slug]
        for position, slug in enumerate(table.beside):
            other = there[slug]
            if other.location_id != own.location_id:
                expected = f"a room of {spell(own.location.slug)}"
                at = (*place, "beside", position)
                report.mistake(at, found=spell(slug), expected=expected)
            ways |= {(own.pk, other.pk), (other.pk, own.pk)}
    changed = set()
    for column, side in (("from_room_id", 0), ("to_room_id", 1)):
        wanted = [
            beside(from_room_id=way[0], to_room_id=way[1])
            for way in sorted(ways)
            if way[side] in owners
        ]
        changed |= replace(beside, column, owners, wanted)
    return changed


def _rooms(file: schema.StudioFile) -> Iterator[tuple[Place, str, schema.Room]]:
    """Every room of the file with its place in it and the slug of its location."""
    for position, location in enumerate(file.locations):
        for number, room in enumerate(location.rooms):
            yield ("locations", position, "rooms", number), location.slug, room


def _closure(location_id: int, table: schema.Closure) -> Closure:
    begin, end = table.from_, table.until
    if isinstance(begin, datetime) and isinstance(end, datetime):
        return Closure(
            location_id=location_id, wall_from=begin, wall_until=end, reason=table.reason
        )
    return Closure(location_id=location_id, first_day=begin, last_day=end, reason=table.reason)
