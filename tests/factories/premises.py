"""The business, its places, rooms and equipment."""

from datetime import date, datetime

from studio.premises.models import (
    Closure,
    Equipment,
    Inspection,
    Location,
    Room,
    RoomBlock,
    ScheduleVersion,
    Studio,
)


def make_studio(
    *, name: str = "Ashiatsu Studio", currency: str = "USD", language: str = "en"
) -> Studio:
    """The one row of the business."""
    return Studio.objects.create(id=1, name=name, currency=currency, language=language)


def make_location(
    *,
    slug: str | None = None,
    timezone: str = "America/Denver",
    slot_step_minutes: int = 15,
    min_notice_minutes: int = 120,
    horizon_days: int = 90,
    free_cancellation_hours: int = 24,
    active: bool = True,
) -> Location:
    """A location, and its count of changes to the schedule."""
    slug = slug or f"location-{Location.objects.count() + 1}"
    location = Location.objects.create(
        slug=slug,
        name=slug.title(),
        timezone=timezone,
        address="1 Main Street",
        phone="+1 303 555 0100",
        email="studio@example.org",
        slot_step_minutes=slot_step_minutes,
        min_notice_minutes=min_notice_minutes,
        horizon_days=horizon_days,
        free_cancellation_hours=free_cancellation_hours,
        active=active,
    )
    ScheduleVersion.objects.create(location=location)
    return location


def make_equipment(*, slug: str = "ceiling-bars") -> Equipment:
    """A kind of equipment."""
    return Equipment.objects.create(slug=slug, name=slug.title())


def make_room(
    *,
    location: Location | None = None,
    slug: str | None = None,
    equipment: tuple[Equipment, ...] = (),
    active: bool = True,
) -> Room:
    """A room with exactly the given equipment."""
    slug = slug or f"room-{Room.objects.count() + 1}"
    room = Room.objects.create(
        location=location or make_location(), slug=slug, name=slug.title(), active=active
    )
    room.equipment.add(*equipment)
    return room


def make_inspection(*, room: Room, equipment: Equipment, due_on: date) -> Inspection:
    """The last day on which a room's equipment may be used."""
    return Inspection.objects.create(room=room, equipment=equipment, due_on=due_on)


def make_room_block(*, room: Room, wall_from: str, wall_until: str) -> RoomBlock:
    """A stretch in which a room cannot be used."""
    return RoomBlock.objects.create(
        room=room,
        wall_from=datetime.fromisoformat(wall_from),
        wall_until=datetime.fromisoformat(wall_until),
    )


def make_closure_of_dates(*, location: Location, first_day: date, last_day: date) -> Closure:
    """Whole local dates, both included, on which a location is shut."""
    return Closure.objects.create(location=location, first_day=first_day, last_day=last_day)


def make_closure_of_times(*, location: Location, wall_from: str, wall_until: str) -> Closure:
    """Wall-clock times between which a location is shut."""
    return Closure.objects.create(
        location=location,
        wall_from=datetime.fromisoformat(wall_from),
        wall_until=datetime.fromisoformat(wall_until),
    )
