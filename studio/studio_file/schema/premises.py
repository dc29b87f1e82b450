"""Where sessions take place: equipment, locations, rooms, and when they are shut."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from studio.premises.models import usual_reminder_hours
from studio.studio_file.schema.table import Table, expected
from studio.studio_file.schema.times import Day, DayOrWallTime, WallTime, WallUntil
from studio.studio_file.schema.values import (
    Address,
    Email,
    Flag,
    HorizonDays,
    LargeCount,
    Minutes,
    Name,
    Phone,
    Remark,
    ReminderHours,
    Slug,
    Slugs,
    SmallCount,
    Timezone,
)


class Equipment(Table):
    """A kind of thing that stands or hangs in rooms."""

    slug: Slug
    name: Name


class Block(Table):
    """When a room cannot be used, on its location's wall clock."""

    from_: WallTime = Field(validation_alias="from", serialization_alias="from")
    until: WallUntil
    reason: Remark = ""


def _stand_in_the_room(due: dict[str, date], info: ValidationInfo) -> dict[str, date]:
    there = info.data.get("equipment", due)
    elsewhere = ", ".join(f'"{slug}"' for slug in due if slug not in there)
    if elsewhere:
        raise expected(f"equipment that stands in this room, which {elsewhere} does not")
    return due


def _not_itself(beside: list[str], info: ValidationInfo) -> list[str]:
    if info.data.get("slug") in beside:
        raise expected("other rooms than this one")
    return beside


class Room(Table):
    """A room with its equipment; `inspections` has the last day on which a piece may be used.

    It is beside the rooms that it names, and beside those that name it.
    """

    slug: Slug
    name: Name
    equipment: Slugs
    inspections: Annotated[dict[Slug, Day], AfterValidator(_stand_in_the_room)] = Field(
        default_factory=dict
    )
    beside: Annotated[Slugs, AfterValidator(_not_itself)] = Field(default_factory=list)
    active: Flag = True
    blocks: list[Block] = Field(default_factory=list)


def _ends_like_it_began(until: date, info: ValidationInfo) -> date:
    start = info.data.get("from_")
    if start is None:
        return until
    if isinstance(start, datetime) != isinstance(until, datetime):
        raise expected("dates on both sides, or wall-clock times on both sides")
    if until < start or (isinstance(until, datetime) and until == start):
        raise expected(
            f"a time after from ({start.isoformat()})"
            if isinstance(start, datetime)
            else f"from ({start}) or a later day"
        )
    return until


class Closure(Table):
    """When a location is shut: dates, both inclusive, or from one wall-clock time to another."""

    from_: DayOrWallTime = Field(validation_alias="from", serialization_alias="from")
    until: Annotated[DayOrWallTime, AfterValidator(_ends_like_it_began)]
    reason: Remark = ""


class Location(Table):
    """A place with an address, one time zone and one booking policy."""

    slug: Slug
    name: Name
    timezone: Timezone
    address: Address
    phone: Phone
    email: Email
    slot_step_minutes: Minutes
    min_notice_minutes: LargeCount
    horizon_days: HorizonDays
    free_cancellation_hours: SmallCount
    reminder_hours: ReminderHours = Field(default_factory=usual_reminder_hours)
    follow_up_hours: SmallCount | None = None
    active: Flag = True
    rooms: list[Room] = Field(default_factory=list)
    closures: list[Closure] = Field(default_factory=list)
