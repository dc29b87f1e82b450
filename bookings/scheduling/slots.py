"""Where a session fits: one predicate for listing what is open, booking it, and saying why not.

Each therapist and each room arrives as a `Resource`, rule by rule. A start is open when every rule
of one therapist and of one room allows it; because no rule binds a therapist to a room, the two
sides are worked out apart and joined at the end.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from operator import attrgetter, itemgetter
from typing import NamedTuple, Protocol

from bookings.scheduling.timeline import (
    CELL_MINUTES,
    Bits,
    Interval,
    Minute,
    Window,
    cells_of,
    starts_of_runs,
)


class Rule(StrEnum):
    """The rules that decide whether a start is bookable; `docs/rules.md` has their words."""

    OFFERED = "S1"
    WORKING = "S2"
    THERAPIST_FREE = "S3"
    ROOM_FREE = "S4"
    EQUIPPED = "S5"
    CERTIFIED = "S6"
    BAREFOOT_ALLOWED = "S7"
    BAREFOOT_CAP = "S8"
    NOTICE_AND_HORIZON = "S9"
    CLIENT_FREE = "S10"


OVERRIDABLE = frozenset(
    {Rule.WORKING, Rule.BAREFOOT_CAP, Rule.NOTICE_AND_HORIZON, Rule.CLIENT_FREE}
)
"""The soft rules: reception may go past them with a reason."""

NOTHING_OVERRIDDEN: frozenset[Rule] = frozenset()


@dataclass(frozen=True, slots=True)
class SessionLength:
    """How long a session is and what it needs around it, in minutes."""

    duration: int
    buffer_before: int
    buffer_after: int

    @property
    def occupied(self) -> int:
        """What therapist and room are taken for, in minutes."""
        return self.buffer_before + self.duration + self.buffer_after

    def occupied_from(self, start: Minute) -> Interval:
        """The occupied interval of a session that starts at an instant."""
        return Interval(start - self.buffer_before, start + self.duration + self.buffer_after)

    def starts_within(self, free: Bits) -> Bits:
        """The cells at which a session can start so that all it occupies is free."""
        runs = starts_of_runs(free, self.occupied // CELL_MINUTES)
        return runs << self.buffer_before // CELL_MINUTES


@dataclass(frozen=True, slots=True)
class Resource:
    """A therapist or a room through a window, as the rules see it.

    `occupied` gives per rule the cells it lets the session occupy, `start` per rule the cells at
    which it lets the session start (rules that judge a session by its local date).
    """

    slug: str
    occupied: Mapping[Rule, Bits]
    start: Mapping[Rule, Bits]

    def starts(self, length: SessionLength, window: Window, overridden: frozenset[Rule]) -> Bits:
        """The cells at which every rule but the overridden ones lets the session start."""
        free = dates = window.everything
        for rule, bits in self.occupied.items():
            if rule not in overridden:
                free &= bits
        for rule, bits in self.start.items():
            if rule not in overridden:
                dates &= bits
        return length.starts_within(free) & dates

    def opens(
        self, cell: int, length: SessionLength, window: Window, overridden: frozenset[Rule]
    ) -> bool:
        """Whether a cell is one of `starts`; for one cell this is far less work."""
        first, cells = cell - length.buffer_before // CELL_MINUTES, length.occupied // CELL_MINUTES
        if first < 0 or first + cells > window.cells:
            return False
        taken = (1 << cells) - 1
        return all(
            bits >> cell & 1 for rule, bits in self.start.items() if rule not in overridden
        ) and all(
            bits >> first & taken == taken
            for rule, bits in self.occupied.items()
            if rule not in overridden
        )

    def allowed(self, length: SessionLength) -> dict[Rule, Bits]:
        """Per rule, in the rules' order, the cells at which it lets the session start."""
        occupied = {rule: length.starts_within(bits) for rule, bits in self.occupied.items()}
        starts = occupied | dict(self.start)
        return {rule: starts[rule] for rule in Rule if rule in starts}

    def refusals(self, length: SessionLength, cell: int) -> list[Rule]:
        """The rules that forbid a start at a cell, in the rules' order."""
        return [rule for rule, bits in self.allowed(length).items() if not bits >> cell & 1]


@dataclass(frozen=True, slots=True)
class OpenAnytime:
    """Per therapist (slug order) the cells at which the session could start, if it may at any."""

    by_therapist: dict[str, Bits]
    _stretches: dict[tuple[int, Bits], tuple[Bits, ...]] = field(default_factory=dict)

    def within(self, cell: int, starts: Bits) -> tuple[Bits, ...]:
        """Which of some starts are open to each; their cell 0 is this cell.

        It is kept: what a month opens is much the same from minute to minute.
        """
        found = self._stretches.get((cell, starts))
        if found is None:
            found = tuple([bits >> cell & starts for bits in self.by_therapist.values()])
            self._stretches[cell, starts] = found
        return found


@dataclass(frozen=True, slots=True)
class Search:
    """All that decides where a session fits: who, in which rooms, at which starts at all."""

    window: Window
    length: SessionLength
    therapists: tuple[Resource, ...]
    rooms: tuple[Resource, ...]
    start: Bits
    overridden: frozenset[Rule] = NOTHING_OVERRIDDEN
    _known: list[OpenAnytime] = field(default_factory=list, init=False, compare=False, repr=False)

    def open_starts(self) -> dict[str, Bits]:
        """Per therapist (slug order) the cells at which the session can start with a room."""
        return {slug: bits & self.start for slug, bits in self.anytime.by_therapist.items()}

    def starting(self, start: Bits) -> "Search":
        """The same at other starts, without working out again who has time and where."""
        other = replace(self, start=start)
        other._known.append(self.anytime)
        return other

    @property
    def anytime(self) -> OpenAnytime:
        """The same as `open_starts` would be at any start."""
        if not self._known:
            in_a_room = 0
            for room in self.rooms:
                in_a_room |= room.starts(self.length, self.window, self.overridden)
            found = {
                each.slug: each.starts(self.length, self.window, self.overridden) & in_a_room
                for each in sorted(self.therapists, key=attrgetter("slug"))
            }
            self._known.append(OpenAnytime(found))
        return self._known[0]

    def slots(self) -> Iterator["Slot"]:
        """Every open start, ascending, with the therapists it can be booked with."""
        return slots_of(self.window.origin, self.open_starts())

    def bookable(self, resources: Iterable[Resource], cell: int) -> list[Resource]:
        """Those of the resources that a session starting at a cell can take."""
        return [resource for resource in resources if self.takes(resource, cell)]

    def takes(self, resource: Resource, cell: int) -> bool:
        """Whether a session starting at a cell can take a resource."""
        return resource.opens(cell, self.length, self.window, self.overridden)


class Slot(NamedTuple):
    """A start that can be booked, and the slugs of the therapists it can be booked with."""

    starts_at: Minute
    therapists: tuple[str, ...]


def slots_of(origin: Minute, starts: Mapping[str, Bits]) -> Iterator[Slot]:
    """Every start of one of the therapists, ascending, with all who have it.

    Cell 0 of their starts begins at `origin`.
    """
    union = 0
    for bits in starts.values():
        union |= bits
    cells = list(cells_of(union))
    if not cells:
        return iter(())
    rows = [f"{bits:0{cells[-1] + 1}b}" for bits in starts.values()]  # the last cell first
    # The first cell once more, because of one alone the getter would make no column.
    pick = itemgetter(*[~cell for cell in (*cells, cells[0])])
    columns = list(islice(zip(*map(pick, rows), strict=True), len(cells)))
    able = {  # the same few columns come again and again
        column: tuple(slug for slug, digit in zip(starts, column, strict=True) if digit == "1")
        for column in set(columns)
    }
    instants = [origin + cell * CELL_MINUTES for cell in cells]
    return map(Slot, instants, map(able.__getitem__, columns))


class Open(Protocol):
    """A start that can be booked, for one or for two together."""

    @property
    def starts_at(self) -> Minute:
        """The start, without a buffer."""


def nearest[Found: Open](slots: Iterable[Found], wanted: Minute, count: int) -> list[Found]:
    """The `count` slots nearest to a wanted start, ascending; of two equally near, the earlier."""
    by_distance = sorted(slots, key=lambda slot: (abs(slot.starts_at - wanted), slot.starts_at))
    return sorted(by_distance[:count], key=lambda slot: slot.starts_at)
