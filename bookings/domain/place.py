"""What there is at a location: rooms with what stands in them, sessions with who gives them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DecimalField,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast

from bookings.domain.offers import offered
from studio.premises.models import Inspection, Location, Room

NOBODY = 0
"""No row has this key."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in a room, and the last day that its inspection covers, where it has one."""

    name: str
    due_on: date | None


@dataclass(slots=True)
class RoomThere:
    """A room in use."""

    name: str
    equipment: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class SessionThere:
    """A session, and by slug and name the therapists who offer it there."""

    slug: str
    name: str
    duration_minutes: int
    price: Decimal
    therapists: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """All of it, in the order in which it is read."""

    rooms: list[RoomThere]
    sessions: list[SessionThere]

    @property
    def therapists(self) -> list[tuple[str, str]]:
        """Everybody who offers something there."""
        return sorted({each for session in self.sessions for each in session.therapists})


def place(location: Location, therapists: Collection[int]) -> Place:
    """The rooms, and the sessions that these therapists give there; in one query."""
    rooms: dict[str, RoomThere] = {}
    sessions: dict[str, SessionThere] = {}
    for slug, name, part_slug, part, due_on, minutes, price, _style in _rows(location, therapists):
        if minutes is None:
            room = rooms.setdefault(slug, RoomThere(name))
            if part is not None:
                room.equipment.append(Piece(part, due_on))
        else:
            session = sessions.setdefault(slug, SessionThere(slug, name, minutes, price))
            if part is not None:
                session.therapists.append((part_slug, part))
    return Place(list(rooms.values()), list(sessions.values()))


def _rows(location: Location, therapists: Collection[int]) -> Iterable[tuple[Any, ...]]:
    """Either kind by columns that both have; a room has no minutes, a session no inspection."""
    return (
        _sessions(location, therapists)
        .union(_rooms(location), all=True)
        .order_by("style", "minutes", "slug", "part_slug")
    )


def _sessions(location: Location, therapists: Collection[int]) -> QuerySet[Any, tuple[Any, ...]]:
    # An empty list would be a condition that nothing meets, and take the sessions with it.
    giver = FilteredRelation("therapists", condition=Q(therapists__in=[*therapists, NOBODY]))
    return (
        offered(location)
        .order_by()
        .annotate(
            giver=giver,
            part_slug=F("giver__slug"),
            part=F("giver__name"),
            due_on=Cast(Value(None), DateField()),
            minutes=F("duration_minutes"),
        )
        .values_list("slug", "name", "part_slug", "part", "due_on", "minutes", "price", "style")
    )


def _rooms(location: Location) -> QuerySet[Any, tuple[Any, ...]]:
    due = Inspection.objects.filter(room=OuterRef("pk"), equipment=OuterRef("equipment"))
    return (
        Room.objects.filter(location=location, active=True)
        .order_by()
        .annotate(
            part_slug=F("equipment__slug"),
            part=F("equipment__name"),
            due_on=Subquery(due.values("due_on")),
            minutes=Cast(Value(None), IntegerField()),
            price=Cast(Value(None), DecimalField(max_digits=8, decimal_places=2)),
            style=Value("", output_field=CharField()),
        )
        .values_list("slug", "name", "part_slug", "part", "due_on", "minutes", "price", "style")
    )
