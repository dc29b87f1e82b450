"""Where sessions fit on each date, by therapist: all that the slots of the date are made of.

A month has hundreds of slots, but of each date few sets of starts. Two dates that are equal here
have the same slots, so what was made of one, a text for instance, does for the other.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from bookings.scheduling.hours import DayStretch, dates_of
from bookings.scheduling.slots import Search, Slot, slots_of
from bookings.scheduling.timeline import CELL_MINUTES, Bits, Minute


class OpenStretch(NamedTuple):
    """The starts in one stretch of a date, whose first cell is cell 0, by therapist."""

    stretch: DayStretch
    therapists: tuple[str, ...]
    starts: tuple[Bits, ...]

    def slots(self) -> Iterator[Slot]:
        """Each of them, ascending, with the therapists it can be booked with."""
        return slots_of(self.stretch.start, dict(zip(self.therapists, self.starts, strict=True)))


class OpenDay(NamedTuple):
    """A date and the starts in each of its stretches."""

    date: date
    stretches: tuple[OpenStretch, ...]


def open_days(search: Search, zone: str, first: date, last: date) -> list[OpenDay]:
    """The starts that a search leaves open, on every date of a zone from the first to the last."""
    anytime, origin = search.anytime, search.window.origin
    therapists = tuple(anytime.by_therapist)

    def opened(stretch: DayStretch) -> OpenStretch:
        begin = (stretch.start - origin) // CELL_MINUTES
        cells = (stretch.end - stretch.start) // CELL_MINUTES
        starts = search.start >> begin & (1 << cells) - 1
        return OpenStretch(stretch, therapists, anytime.within(begin, starts))

    return [
        OpenDay(day, tuple(map(opened, stretches)))
        for day, stretches in dates_of(zone, first, last)
    ]


def first_start(days: Iterable[OpenDay]) -> Minute | None:
    """The first of their starts, if there is one."""
    for day in days:
        for stretch, _therapists, starts in day.stretches:
            # Of each set the lowest bit.
            if cells := [(bits & -bits).bit_length() - 1 for bits in starts if bits]:
                return stretch.start + min(cells) * CELL_MINUTES
    return None
