"""Who takes a booking, and where: candidates best first (rules A1 to A3)."""

from collections.abc import Iterable, Iterator

from bookings.domain.bookable.availability import Situation
from bookings.scheduling.choice import (
    RoomOption,
    TherapistOption,
    idle_gap,
    rank_rooms,
    rank_therapists,
)
from bookings.scheduling.hours import local_date
from bookings.scheduling.slots import OVERRIDABLE, Resource, Rule
from bookings.scheduling.timeline import CELL_MINUTES, Minute

type Assignment = tuple[int, int]
"""Ids of a therapist and of a room."""


def assignments(situation: Situation, start: Minute) -> Iterator[Assignment]:
    """Every therapist and room that can take a session starting then, in the order to try them."""
    rooms = able_rooms(situation, start)
    for therapist in able_therapists(situation, start):
        for room in rooms:
            yield therapist, room


def is_open(situation: Situation, start: Minute) -> bool:
    """Whether there is one of those at all; it ranks nobody."""
    cell, search = _startable(situation, start), situation.search
    return cell is not None and all(
        any(search.takes(resource, cell) for resource in side)
        for side in (search.therapists, search.rooms)
    )


def refused_by(situation: Situation, start: Minute) -> Rule:
    """The rule that keeps a start from being bookable; a hard one before one to be overridden.

    Of several therapists and rooms the one counts that is nearest to being possible.
    """
    cell = _startable(situation, start)
    if cell is None:
        return Rule.NOTICE_AND_HORIZON
    broken: list[Rule] = []
    for side in (situation.search.therapists, situation.search.rooms):
        broken += least_refused(situation, side, cell)
    hard = [rule for rule in broken if rule not in OVERRIDABLE]
    return (hard or broken or [Rule.OFFERED])[0]


def least_refused(situation: Situation, side: Iterable[Resource], cell: int) -> list[Rule]:
    """The rules against the one therapist, or room, of a side that is nearest to being possible."""
    length, overridden = situation.frame.question.length, situation.search.overridden
    refusals = [
        [rule for rule in resource.refusals(length, cell) if rule not in overridden]
        for resource in side
    ]
    return min(refusals, key=_severity, default=[Rule.OFFERED])


def _severity(rules: list[Rule]) -> tuple[int, int]:
    return sum(rule not in OVERRIDABLE for rule in rules), len(rules)


def able_therapists(situation: Situation, start: Minute) -> list[int]:
    """Ids of the therapists who can take a session starting then, as rule A1 ranks them."""
    cell = _startable(situation, start)
    if cell is None:
        return []
    search, question = situation.search, situation.frame.question
    day = local_date(question.location.timezone, start)
    first, end = _occupied_cells(situation, cell)
    open_to = {resource.slug for resource in search.bookable(search.therapists, cell)}
    entries = {entry.resource.slug: entry for entry in situation.roster}
    ranked = rank_therapists(
        [
            TherapistOption(
                slug,
                booked_minutes=situation.taken.minutes[entries[slug].pk, day],
                idle_gap=idle_gap(entries[slug].idle, first, end),
            )
            for slug in open_to
        ]
    )
    return [entries[slug].pk for slug in ranked]


def able_rooms(situation: Situation, start: Minute) -> list[int]:
    """Ids of the rooms that can take a session starting then, as rule A2 ranks them.

    One that the booking is to stay in goes first.
    """
    cell = _startable(situation, start)
    if cell is None:
        return []
    search, frame = situation.search, situation.frame
    first, end = _occupied_cells(situation, cell)
    open_to = {resource.slug for resource in search.bookable(search.rooms, cell)}
    entries = {entry.resource.slug: entry for entry in situation.rooms}
    ranked = rank_rooms(
        [
            RoomOption(
                slug,
                spare_equipment=entries[slug].spare_equipment,
                idle_gap=idle_gap(entries[slug].idle, first, end, frame.midnights),
            )
            for slug in open_to
        ]
    )
    ids = [entries[slug].pk for slug in ranked]
    return sorted(ids, key=lambda pk: pk != frame.question.kept_room_id)


def _startable(situation: Situation, start: Minute) -> int | None:
    """The cell of a start; None if the dates, the step or S9 rule it out whoever takes it."""
    cell = situation.cell_of(start)
    return cell if cell is not None and situation.search.start >> cell & 1 else None


def _occupied_cells(situation: Situation, cell: int) -> tuple[int, int]:
    length = situation.frame.question.length
    first = cell - length.buffer_before // CELL_MINUTES
    return first, first + length.occupied // CELL_MINUTES
