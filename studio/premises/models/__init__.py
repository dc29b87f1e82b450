"""Where sessions take place: locations, their rooms, and what stands or hangs in them."""

from studio.premises.models.changes import ScheduleVersion, Shown
from studio.premises.models.closure import Closure
from studio.premises.models.location import (
    DAY_MINUTES,
    EARLIEST_REMINDER_HOURS,
    MAX_HORIZON_DAYS,
    MOST_REMINDERS,
    Location,
    timezones,
    usual_reminder_hours,
    validate_reminder_hours,
    validate_timezone,
)
from studio.premises.models.room import Equipment, Inspection, Room, RoomBlock
from studio.premises.models.studio import Studio

__all__ = [
    "DAY_MINUTES",
    "EARLIEST_REMINDER_HOURS",
    "MAX_HORIZON_DAYS",
    "MOST_REMINDERS",
    "Closure",
    "Equipment",
    "Inspection",
    "Location",
    "Room",
    "RoomBlock",
    "ScheduleVersion",
    "Shown",
    "Studio",
    "timezones",
    "usual_reminder_hours",
    "validate_reminder_hours",
    "validate_timezone",
]
