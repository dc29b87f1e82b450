"""Days and instants of the tests: all in Denver, from a Monday on."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

MONDAY = date(2026, 8, 3)


def at(wall: str, zone: str = "America/Denver") -> datetime:
    """The instant, in UTC, at which the wall clocks of a zone show a time."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


MONDAY_AT_TEN = at("2026-08-03 10:00")
