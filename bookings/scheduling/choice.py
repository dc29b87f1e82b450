"""Which therapist and which room, where the client leaves it open (rules A1 and A2)."""

from dataclasses import dataclass

from bookings.scheduling.timeline import CELL_MINUTES, Bits


@dataclass(frozen=True, slots=True)
class TherapistOption:
    """A bookable therapist and what rule A1 compares: minutes booked on the date, idle gap."""

    slug: str
    booked_minutes: int
    idle_gap: int


@dataclass(frozen=True, slots=True)
class RoomOption:
    """A bookable room and what rule A2 compares: pieces of equipment not needed, idle gap."""

    slug: str
    spare_equipment: int
    idle_gap: int


def rank_therapists(options: list[TherapistOption]) -> list[str]:
    """Slugs, best first: fewest booked minutes, smallest idle gap, slug (rule A1)."""
    ranked = sorted(
        options,
        key=lambda option: (option.booked_minutes, option.idle_gap, option.slug),
    )
    return [option.slug for option in ranked]


def rank_rooms(options: list[RoomOption]) -> list[str]:
    """Slugs, best first: least spare equipment, smallest idle gap, slug (rule A2)."""
    ranked = sorted(
        options,
        key=lambda option: (option.spare_equipment, option.idle_gap, option.slug),
    )
    return [option.slug for option in ranked]


def idle_gap(free: Bits, first: int, end: int, edges: Bits = 0) -> int:
    """The shorter of the free stretches just before and just after cells `[first, end)`, minutes.

    `edges` are cells at whose beginning a stretch ends anyway (a room's local midnights).
    """
    below = (1 << first) - 1
    blocked_until = (~free & below).bit_length()
    edge_until = (edges & (below << 1 | 1)).bit_length() - 1
    before = first - max(blocked_until, edge_until, 0)
    stops = (~free | edges) >> end
    after = (stops & -stops).bit_length() - 1
    return min(before, after) * CELL_MINUTES
