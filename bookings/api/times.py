"""Times as the API writes them: on the location's wall clock, with the offset (rule T5)."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from bookings.scheduling.hours import to_instant
from bookings.scheduling.pairs import PairSlot
from bookings.scheduling.slots import Slot
from bookings.scheduling.timeline import Minute


def local(minute: Minute, zone: ZoneInfo) -> str:
    """Such as `2026-12-01T09:00:00-07:00`."""
    return to_instant(minute).astimezone(zone).isoformat(timespec="seconds")


def slots(found: Iterable[Slot], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Open starts, each with the therapists it can be booked with."""
    return [
        {"starts_at": local(slot.starts_at, zone), "therapists": list(slot.therapists)}
        for slot in found
    ]


def pair_slots(found: Iterable[PairSlot], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Starts for two, each with the therapists of either, and whether they lie side by side."""
    return [
        {
            "starts_at": local(slot.starts_at, zone),
            "therapists": list(slot.first),
            "second_therapists": list(slot.second),
            "side_by_side": slot.side_by_side,
        }
        for slot in found
    ]
