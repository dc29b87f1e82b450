"""Where two sessions fit at once: two therapists, two rooms, one start.

A therapist, or a room, may do for either of the two, so they cannot be found one after the other:
whoever is found first might take the only one who does for the other. As no rule binds a
therapist to a room, each side is matched for itself, all starts at once.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from bookings.scheduling.slots import Resource, Search
from bookings.scheduling.timeline import Bits, Minute, cells_of, digits_of

type Beside = Mapping[str, Collection[str]]
"""By slug of a room the slugs of those beside it."""


class PairSlot(NamedTuple):
    """A start at which two can be booked: the therapists (slugs) of the first and of the second.

    Each can have any of hers, and somebody else is left for the other. `side_by_side` says
    whether there are rooms beside each other then.
    """

    starts_at: Minute
    first: tuple[str, ...]
    second: tuple[str, ...]
    side_by_side: bool


@dataclass(frozen=True, slots=True)
class PairSearch:
    """Where two sessions fit, in one window; `side_by_side` takes no rooms but such ones."""

    first: Search
    second: Search
    beside: Beside
    side_by_side: bool = False

    def slots(self, within: Bits | None = None) -> Iterator[PairSlot]:
        """Every start at which both fit, ascending; or those of the cells alone."""
        rooms, side_by_side = self._starts_in_rooms()
        rooms &= self.first.start & self.second.start
        if within is not None:
            rooms &= within
        first, second = (_starts(search.therapists, search) for search in self._both)
        matched = [_matched(first, second, rooms), _matched(second, first, rooms)]
        union = 0
        for bits in matched[0].values():
            union |= bits
        cells, window = list(cells_of(union)), self.first.window
        sides = [list(_columns(side, cells, window.cells)) for side in matched]
        beside = digits_of(side_by_side, window.cells)
        for cell, one, other in zip(cells, *sides, strict=True):
            yield PairSlot(window.instant_of(cell), one, other, beside[cell] == "1")

    @property
    def _both(self) -> tuple[Search, Search]:
        return self.first, self.second

    def _starts_in_rooms(self) -> tuple[Bits, Bits]:
        """The cells at which there are two rooms that will do, and two beside each other."""
        first, second = (_starts(search.rooms, search) for search in self._both)
        side_by_side = 0
        for slug, bits in first.items():
            for neighbour in self.beside.get(slug, ()):
                side_by_side |= bits & second.get(neighbour, 0)
        if self.side_by_side:
            return side_by_side, side_by_side
        anywhere = 0
        for bits in _matched(first, second, self.first.window.everything).values():
            anywhere |= bits
        return anywhere, side_by_side


def in_pairs(
    first: Sequence[int], second: Sequence[int], preferred: Collection[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Everyone of the first with everyone else of the second, best first; both are ranked.

    Preferred ones go before all others. Of equals the one whose ranks add up to the least, then
    the one that is better for the first.
    """
    ranked = [
        ((one, other) not in preferred, place + position, place, (one, other))
        for place, one in enumerate(first)
        for position, other in enumerate(second)
        if one != other
    ]
    return [found for *_rank, found in sorted(ranked)]


def _starts(side: Sequence[Resource], search: Search) -> dict[str, Bits]:
    """Per resource (slug order) the cells at which the session can start with it."""
    return {
        each.slug: each.starts(search.length, search.window, search.overridden)
        for each in sorted(side, key=lambda each: each.slug)
    }


def _matched(own: Mapping[str, Bits], others: Mapping[str, Bits], within: Bits) -> dict[str, Bits]:
    """Per resource the cells at which it will do and another one is left for the other side."""
    matched = {}
    for slug, bits in own.items():
        left = 0
        for other, theirs in others.items():
            if other != slug:
                left |= theirs
        matched[slug] = bits & left & within
    return matched


def _columns(
    side: Mapping[str, Bits], cells: Sequence[int], length: int
) -> Iterator[tuple[str, ...]]:
    """Per cell the slugs that are set there."""
    rows = [digits_of(bits, length) for bits in side.values()]

    @cache  # the same few columns come again and again
    def able(column: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(slug for slug, digit in zip(side, column, strict=True) if digit == "1")

    return (able(tuple(row[cell] for row in rows)) for cell in cells)
