"""What is given in terms of a place's wall clock, as cells of a window.

Era by era (`hours`), so that a skipped or repeated hour needs no special case.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise

from bookings.scheduling.hours import (
    DAY_MINUTES,
    DateSpan,
    Era,
    Shift,
    WallClock,
    day_number,
    day_of,
)
from bookings.scheduling.timeline import CELL_MINUTES, Bits, Interval, Minute, Window


def window_of(clock: WallClock, first: date, last: date, margin: int) -> Window:
    """The window that holds the local dates `first` to `last`, and `margin` minutes around."""
    shown = list(_shown_as(clock, first, last))
    start = shown[0].start if shown else clock.first_instant(first)
    end = shown[-1].end if shown else start
    return Window.covering(Interval(start - margin, end + margin))


def dates_bits(clock: WallClock, window: Window, span: DateSpan) -> Bits:
    """The cells whose wall clock shows one of the dates."""
    return window.union(_shown_as(clock, span.first, span.last))


def shift_bits(clock: WallClock, window: Window, shifts: Iterable[Shift]) -> Bits:
    """The cells of weekly shifts (rule T4), those that begin the day before the window too."""
    early = clock.wall(window.origin) // DAY_MINUTES - 1
    late = clock.wall(window.end) // DAY_MINUTES
    calm = _calm_midnights(clock, early, late)
    bits = 0
    for shift in shifts:
        first = max(early, day_number(shift.first)) if shift.first else early
        last = min(late, day_number(shift.last)) if shift.last else late
        first += (shift.weekday - _weekday(first)) % 7
        start, end = shift.start, shift.end
        for day in range(first, last + 1, 7):
            midnight = calm.get(day)
            if midnight is not None:
                bits |= window.bits(midnight + start, midnight + end)
            else:
                interval = clock.shift_on(shift, day_of(day))
                bits |= window.bits(interval.start, interval.end)
    return bits


@lru_cache(maxsize=64)  # all therapists of a question share its clock
def _calm_midnights(clock: WallClock, early: int, late: int) -> Mapping[int, Minute]:
    """By day number, the midnights after which no shift can meet a change of the clocks.

    A shift ends less than two days after the midnight before its start.
    """
    midnights = {}
    for era in clock.eras:
        # What the clocks show when they have just been changed, or are about to be: whichever
        # of both readings leaves the gap or the repeated hour out.
        begins = max(clock.wall(era.start - 1) + 1, era.start + era.offset)
        ends = min(clock.wall(era.end), era.end + era.offset)
        first, last = -(-begins // DAY_MINUTES), ends // DAY_MINUTES - 2
        for day in range(max(first, early), min(last, late) + 1):
            midnights[day] = day * DAY_MINUTES - era.offset
    return midnights


def _weekday(number: int) -> int:
    """The weekday of a day number, Monday 0; 1970 began on a Thursday."""
    return (number + 3) % 7


def midnight_bits(clock: WallClock, window: Window) -> Bits:
    """The cells that begin a local date."""
    bits = grid_bits(clock, window, DAY_MINUTES)
    for before, after in pairwise(clock.eras):
        cell = window.cell_of(after.start)
        if cell is None:
            continue
        # Clocks that jump over midnight begin a date without showing 00:00; those that are put
        # back to it show 00:00 once more on the same date.
        eve = (after.start - 1 + before.offset) // DAY_MINUTES
        day = (after.start + after.offset) // DAY_MINUTES
        bits = bits & ~(1 << cell) | (day != eve) << cell
    return bits


def grid_bits(clock: WallClock, window: Window, step: int) -> Bits:
    """The cells that begin on the step, counted on the wall clock from local midnight (T5)."""
    return _grid(clock.eras, window, step)


@lru_cache(maxsize=1024)
def _grid(eras: tuple[Era, ...], window: Window, step: int) -> Bits:
    bits = 0
    for era in eras:
        start, end = max(era.start, window.origin), min(era.end, window.end)
        if start < end:
            bits |= _grid_within(window, era.offset, step, start, end)
    return bits


def _grid_within(window: Window, offset: int, step: int, start: Minute, end: Minute) -> Bits:
    """The grid of one era: a day's pattern, laid out again from each local midnight."""
    pattern = _day_pattern(step)
    midnight = (start + offset) // DAY_MINUTES * DAY_MINUTES - offset
    bits = 0
    while midnight < end:
        shift = (midnight - window.origin) // CELL_MINUTES
        bits |= pattern << shift if shift >= 0 else pattern >> -shift
        midnight += DAY_MINUTES
    return bits & window.bits(start, end)


@lru_cache(maxsize=64)
def _day_pattern(step: int) -> Bits:
    """One day's cells that begin on the step."""
    return sum(1 << minute // CELL_MINUTES for minute in range(0, DAY_MINUTES, step))


def _shown_as(clock: WallClock, first: date, last: date) -> Iterator[Interval]:
    """The instants whose wall clock shows one of the dates, ascending, apart for each era.

    Where clocks are put back over midnight, those of one date do not even touch.
    """
    begin, past = day_number(first) * DAY_MINUTES, (day_number(last) + 1) * DAY_MINUTES
    for era in clock.eras:
        start, end = max(begin - era.offset, era.start), min(past - era.offset, era.end)
        if start < end:
            yield Interval(start, end)
