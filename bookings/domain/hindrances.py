"""What keeps a therapist from working and a room from being used (rules S2, S4 and S7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, CharField, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from bookings.domain.frame import Days
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
    reason: str


def hindrances(
    days: Days,
    *,
    therapists: Iterable[int] | QuerySet[Any, Any] = (),
    rooms: Iterable[int] | QuerySet[Any, Any] = (),
    time_off: QuerySet[TimeOff] | None = None,
) -> Iterator[Hindrance]:
    """The location's closures, the therapists' time off anywhere and the rooms' blocks; one query.

    `time_off` leaves out what whoever asks may not see (rule S7).
    """
    off = TimeOff.objects.all() if time_off is None else time_off
    whose = therapists if isinstance(therapists, QuerySet) else list(therapists)
    rows = _columns(
        closures_near(days), Hinders.CLOSED, "location", dates=True, reason="reason"
    ).union(
        _columns(
            off.filter(_near(days), therapist_id__in=whose),
            Hinders.TIME_OFF,
            "therapist",
            zone="location__timezone",
            barefoot="barefoot_only",
        ),
        _columns(blocks_near(days, rooms), Hinders.BLOCKED, "room", reason="reason"),
        all=True,
    )
    for (
        kind,
        owner,
        name,
        start,
        until,
        first,
        last,
        zone,
        reason,
        barefoot_only,
    ) in rows.order_by():
        cells = days.dates(first, last) if first else days.wall(start, until, zone or None)
        named = Hinders.NOT_BAREFOOT if barefoot_only else Hinders(kind)
        yield Hindrance(named, owner, name, cells, reason)


def closures_near(days: Days) -> QuerySet[Closure]:
    """The location's closures that can touch the window."""
    early, late = (wall.date() for wall in days.wall_reach)
    dated = Q(first_day__lte=late, last_day__gte=early)
    return Closure.objects.filter(dated | _near(days), location=days.location).order_by()


def blocks_near(days: Days, rooms: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[RoomBlock]:
    """The blocks of rooms that can touch the window."""
    return RoomBlock.objects.filter(_near(days), room_id__in=rooms).order_by()


def _near(days: Days) -> Q:
    early, late = days.wall_reach
    return Q(wall_from__lt=late, wall_until__gt=early)


def _columns(
    rows: QuerySet[Any],
    kind: Hinders,
    owner: str,
    *,
    dates: bool = False,
    zone: str = "",
    reason: str = "",
    barefoot: str = "",
) -> QuerySet[Any, Any]:
    """The columns that all three have in common; what one lacks is empty."""
    no_date, no_text = Cast(Value(None), DateField()), Value("", output_field=CharField())
    return rows.order_by().values_list(
        Value(kind.value, output_field=CharField()),
        f"{owner}_id",
        f"{owner}__name",
        "wall_from",
        "wall_until",
        F("first_day") if dates else no_date,
        F("last_day") if dates else no_date,
        F(zone) if zone else no_text,
        F(reason) if reason else no_text,
        F(barefoot) if barefoot else Value(False, output_field=BooleanField()),
    )
