"""Times as the API writes them: on the location's wall clock, with the offset (rule T5)."""

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from bookings.scheduling.hours import DAY_MINUTES, DayStretch, WallClock, local_time
from bookings.scheduling.pairs import PairSlot
from bookings.scheduling.slots import Open, Slot
from bookings.scheduling.timeline import Minute

CLOCK_TIMES = [f"T{hour:02}:{minute:02}:00" for hour in range(24) for minute in range(60)]


def local(minute: Minute, zone: ZoneInfo) -> str:
    """Such as `2026-12-01T09:00:00-07:00`."""
    return local_time(minute, zone).isoformat(timespec="seconds")


def local_times(found: Iterable[Open], clock: WallClock) -> Iterator[str]:
    """The same for many starts that ascend, on dates that the clock knows.

    A date and its offset are written once; a time of the day stands in a table.
    """
    ends, wall, before, after = 0, 0, "", ""
    for start in (each.starts_at for each in found):
        if start >= ends:
            day = clock.day_around(start)
            ends, wall = day.end, day.offset
            before, after = day.date.isoformat(), _offset(day.offset)
        yield f"{before}{CLOCK_TIMES[(start + wall) % DAY_MINUTES]}{after}"


def times_in(stretch: DayStretch, found: Iterable[Open]) -> Iterator[str]:
    """The same for starts that lie in one stretch of a date."""
    before, wall, after = stretch.date.isoformat(), stretch.offset, _offset(stretch.offset)
    for each in found:
        yield f"{before}{CLOCK_TIMES[(each.starts_at + wall) % DAY_MINUTES]}{after}"


def _offset(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def slot(found: Slot, time: str) -> dict[str, Any]:
    """An open start, with the therapists it can be booked with."""
    return {"starts_at": time, "therapists": found.therapists}


def pair_slot(found: PairSlot, time: str) -> dict[str, Any]:
    """A start for two, with the therapists of either, and whether they lie side by side."""
    return {
        "starts_at": time,
        "therapists": found.first,
        "second_therapists": found.second,
        "side_by_side": found.side_by_side,
    }


def slots(found: Iterable[Slot], zone: ZoneInfo) -> list[dict[str, Any]]:
    """A few open starts."""
    return [slot(each, local(each.starts_at, zone)) for each in found]


def pair_slots(found: Iterable[PairSlot], zone: ZoneInfo) -> list[dict[str, Any]]:
    """A few starts for two."""
    return [pair_slot(each, local(each.starts_at, zone)) for each in found]
