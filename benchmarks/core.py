"""How long the scheduling core takes for a month: `python -m benchmarks.core`.

Five therapists with five weekly shifts each, five rooms, 1,000 bookings and an absence each, from
plain values to the finished list of slots. No database, no web server.
"""

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any

from benchmarks.driver import Sample
from benchmarks.figures import Figure, cost
from benchmarks.rounds import Pairing, measured
from bookings.scheduling.cells import dates_bits, grid_bits, shift_bits, window_of
from bookings.scheduling.hours import DAY_MINUTES, DateSpan, Shift, WallClock, WallSpan, wall_minute
from bookings.scheduling.slots import Resource, Rule, Search, SessionLength, Slot
from bookings.scheduling.timeline import Bits, Minute

ROUNDS = 500
ZONE = "America/Denver"
SESSION = SessionLength(duration=60, buffer_before=0, buffer_after=15)
FIRST = date(2026, 10, 12)
DAYS = 30
WEEKLY = [Shift(weekday, 9 * 60, 19 * 60) for weekday in range(5)]
PEOPLE = range(5)


@dataclass(frozen=True)
class Month:
    """A month's rows as plain values; the clocks go back in the middle of it."""

    bookings: list[tuple[int, int, Minute, Minute]]
    time_off: list[tuple[int, WallSpan]]
    closed: DateSpan

    @classmethod
    def with_bookings(cls, count: int) -> "Month":
        """That many sessions of an hour or so, at the same times in every run."""
        last = FIRST + timedelta(days=DAYS - 1)
        clock = WallClock(ZONE, FIRST, last)
        workdays = [
            day
            for day in (FIRST + timedelta(days=number) for number in range(DAYS))
            if day.weekday() < 5
        ]
        starts = [
            (person, clock.first_instant(day) + DAY_MINUTES * 9 // 24 + 60 * hour)
            for person in PEOPLE
            for day in workdays
            for hour in range(10)
        ]
        chosen = random.Random(1).sample(starts, count)
        off = WallSpan(
            wall_minute(datetime(2026, 10, 20, 12)), wall_minute(datetime(2026, 10, 22, 17))
        )
        return cls(
            bookings=[(person, person, start, start + 60) for person, start in chosen],
            time_off=[(person, off) for person in PEOPLE],
            closed=DateSpan(date(2026, 10, 31), date(2026, 11, 1)),
        )


def gathered(month: Month) -> Search:
    """The wall clock's part: every row as cells of one window."""
    last = FIRST + timedelta(days=DAYS - 1)
    clock = WallClock(ZONE, FIRST, last)
    window = window_of(clock, FIRST, last, 2 * DAY_MINUTES)
    by_therapist: dict[int, Bits] = defaultdict(int)
    by_room: dict[int, Bits] = defaultdict(int)
    starts: dict[tuple[int, int, int], list[Minute]] = defaultdict(list)
    for therapist, room, start, end in month.bookings:
        starts[therapist, room, end - start].append(start)
    for (therapist, room, length), begun in starts.items():
        bits = window.occupied(begun, length)
        by_therapist[therapist] |= bits
        by_room[room] |= bits
    closed = dates_bits(clock, window, month.closed)
    off: dict[int, Bits] = defaultdict(int)
    for therapist, span in month.time_off:
        interval = clock.span(span)
        off[therapist] |= window.bits(interval.start, interval.end)
    everything = window.everything

    @cache  # as a request does: many keep the same hours
    def working(*shifts: Shift) -> Bits:
        return shift_bits(clock, window, shifts)

    @cache  # and are certified on the same dates
    def dates(first: date, last: date) -> Bits:
        return dates_bits(clock, window, DateSpan(first, last))

    therapists = tuple(
        Resource(
            f"therapist-{person}",
            {
                Rule.WORKING: working(*WEEKLY) & ~off[person] & ~closed,
                Rule.THERAPIST_FREE: everything & ~by_therapist[person],
            },
            {Rule.CERTIFIED: dates(FIRST, date.max)},
        )
        for person in PEOPLE
    )
    rooms = tuple(
        Resource(f"room-{room}", {Rule.ROOM_FREE: everything & ~by_room[room]}, {})
        for room in PEOPLE
    )
    start = grid_bits(clock, window, 15) & dates(FIRST, last)
    return Search(window, SESSION, therapists, rooms, start)


def listed(search: Search) -> list[Slot]:
    """The search's part: every slot with its therapists."""
    return list(search.slots())


def median_ms(
    action: Callable[[], object],
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """The median of many runs, in milliseconds of a clock."""
    times = []
    for _ in range(rounds):
        begun = clock()
        action()
        times.append(clock() - begun)
    return statistics.median(times) * 1000


def listed_month(month: Month) -> list[Slot]:
    """From rows to slots."""
    return listed(gathered(month))


def additions() -> int:
    """What the arithmetic is measured with: how quick this Python is on this machine."""
    total = 0
    for number in range(10_000):
        total += number & 7
    return total


def sampled(action: Callable[[], object], runs: int) -> Sample:
    """The times of many runs."""
    sample, worked = Sample(), time.process_time()
    for _ in range(runs):
        begun = time.perf_counter()
        action()
        sample.times.append(time.perf_counter() - begun)
    sample.seconds = sum(sample.times)
    sample.processor = time.process_time() - worked
    return sample


def figures(rounds: int) -> list[Figure]:
    """The arithmetic of a month beside 10,000 additions."""
    month = Month.with_bookings(1000)
    pairing = Pairing(
        1,
        lambda: sampled(partial(listed_month, month), ROUNDS // 5),
        lambda: cost(sampled(additions, ROUNDS // 5), 1),
        {
            "workload": "arithmetic of W2",
            "studio": f"{len(PEOPLE)} therapists, 1,000 bookings",
            "engine": "no database",
            "yardstick": "10,000 additions",
        },
    )
    return measured([pairing], rounds)


def main() -> dict[str, Any]:
    """Print the figures, and give them by how many bookings there are."""
    found = {}
    print(f"{DAYS} days, {len(PEOPLE)} therapists, {ROUNDS} runs, median:")
    for count in (1000, 0):
        month = Month.with_bookings(count)
        search = gathered(month)
        clock_ms = median_ms(partial(gathered, month))
        search_ms = median_ms(partial(listed, search))
        print(
            f"{count:5} bookings, {len(listed(search)):4} slots: "
            f"clock and bits {clock_ms:.2f} ms + search {search_ms:.2f} ms"
            f" = {clock_ms + search_ms:.2f} ms"
        )
        found[f"{count} bookings"] = {
            "clock_ms": round(clock_ms, 3),
            "search_ms": round(search_ms, 3),
        }
    return found


if __name__ == "__main__":
    main()
