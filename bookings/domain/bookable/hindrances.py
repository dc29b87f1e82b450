"""What keeps a therapist from working and a room from being used (rules S2, S4 and S7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from bookings.domain.bookable.frame import Days
from bookings.domain.bookable.one_query import Rows, Tables, read_in_one_query
from bookings.scheduling.timeline import Bits
from studio.premises.models import Closure, RoomBlock
from therapists.models import TimeOff


class Hinders(StrEnum):
    """How a row of the schedule is in the way."""

    CLOSED = "closed"
    TIME_OFF = "time-off"
    NOT_BAREFOOT = "not-barefoot"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One such row: the cells it covers, whose it is (therapist, room, location), and why."""

    kind: Hinders
    owner: int
    name: str
    cells: Bits
    reason: str = ""


class ClosureRow(NamedTuple):
    """When a location is shut: on dates, or from one time until another (rule S2)."""

    first_day: date | None
    last_day: date | None
    wall_from: int | None
    wall_until: int | None
    reason: str


class TimeOffRow(NamedTuple):
    """When a therapist does not work (S2), or not barefoot (S7), on a wall clock of her own."""

    therapist_id: int
    therapist__name: str
    wall_from: int
    wall_until: int
    location__timezone: str
    barefoot_only: bool


class BlockRow(NamedTuple):
    """When a room is repaired or cleaned (rule S4)."""

    room_id: int
    room__name: str
    wall_from: int
    wall_until: int
    reason: str


def hindrance_tables(
    days: Days,
    *,
    therapists: Iterable[int] | QuerySet[Any, Any] = (),
    rooms: Iterable[int] | QuerySet[Any, Any] = (),
    time_off: QuerySet[TimeOff] | None = None,
) -> Tables:
    """The location's closures, the therapists' time off anywhere and the rooms' blocks.

    `time_off` leaves out what whoever asks may not see (rule S7).
    """
    off = TimeOff.objects.all() if time_off is None else time_off
    return {
        ClosureRow: closures_near(days),
        TimeOffRow: off.filter(days.near, therapist_id__in=therapists),
        BlockRow: blocks_near(days, rooms),
    }


def hindrances_in(rows: Rows, days: Days) -> Iterator[Hindrance]:
    """What was read of `hindrance_tables`."""
    here = days.location
    for first, last, start, until, reason in rows[ClosureRow]:
        if start is None or until is None:
            cells = days.dates(first, last)
        else:
            cells = days.wall(start, until)
        yield Hindrance(Hinders.CLOSED, here.pk, here.name, cells, reason)
    for owner, name, start, until, zone, barefoot_only in rows[TimeOffRow]:
        kind = Hinders.NOT_BAREFOOT if barefoot_only else Hinders.TIME_OFF
        yield Hindrance(kind, owner, name, days.wall(start, until, zone))
    for owner, name, start, until, reason in rows[BlockRow]:
        yield Hindrance(Hinders.BLOCKED, owner, name, days.wall(start, until), reason)


def hindrances(
    days: Days,
    *,
    therapists: Iterable[int] | QuerySet[Any, Any] = (),
    rooms: Iterable[int] | QuerySet[Any, Any] = (),
    time_off: QuerySet[TimeOff] | None = None,
) -> Iterator[Hindrance]:
    """What `hindrance_tables` finds, in one query."""
    tables = hindrance_tables(days, therapists=therapists, rooms=rooms, time_off=time_off)
    return hindrances_in(read_in_one_query(tables), days)


def closures_near(days: Days) -> QuerySet[Closure]:
    """The location's closures that can touch the window."""
    early, late = (wall.date() for wall in days.wall_reach)
    dated = Q(first_day__lte=late, last_day__gte=early)
    return Closure.objects.filter(dated | days.near, location=days.location).order_by()


def blocks_near(days: Days, rooms: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[RoomBlock]:
    """The blocks of rooms that can touch the window."""
    return RoomBlock.objects.filter(days.near, room_id__in=rooms).order_by()
