"""How much of their time therapists and rooms are taken for, turnover counted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q, Sum

from bookings.domain.bookable.frame import Days
from bookings.domain.bookable.hindrances import Hinders, hindrances
from bookings.domain.bookable.working import working_time
from bookings.domain.reports.period import Period
from bookings.domain.reports.scope import Scope
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import CELL_MINUTES, Bits, digits_of
from studio.premises.models import Room
from therapists.models import Therapist


@dataclass(frozen=True, slots=True)
class Use:
    """Minutes that were taken by live bookings with their buffers, and minutes there were."""

    taken: int = 0
    open: int = 0

    def __add__(self, other: "Use") -> "Use":
        return Use(self.taken + other.taken, self.open + other.open)

    @property
    def share(self) -> float | None:
        """Taken over open; above 1 when sessions were put outside of it, None when it is none."""
        return self.taken / self.open if self.open else None


@dataclass(frozen=True, slots=True)
class Used[Owner: (Therapist, Room)]:
    """One therapist or room, in each part of the period."""

    owner: Owner
    by_part: list[Use]

    @property
    def total(self) -> Use:
        """Of the whole period."""
        return sum(self.by_part, Use())


@dataclass(frozen=True, slots=True)
class Utilisation:
    """By name, each therapist and each room that works or is booked in the period."""

    therapists: list[Used[Therapist]]
    rooms: list[Used[Room]]


type Taken = defaultdict[tuple[int, int], list[int]]
"""By location and owner the minutes taken in each part."""


def utilisation(scope: Scope) -> Utilisation:
    """The shares of working time and of opening time that live bookings take (rules B1 and S2).

    A therapist's time is what her shifts at the locations leave when time off and closures are
    taken off. A room is open while anybody works at its location, unless it is blocked. A booking
    counts wholly on the date of its start (rule T7), a stretch of time on the dates that it lies
    in. What is retired counts where it is booked in the period, and nowhere else.
    """
    parts, (by_therapist, by_room) = scope.parts, _taken(scope)
    people = {
        therapist.pk: therapist
        for therapist in Therapist.objects.filter(_counts(by_therapist)).order_by("name", "slug")
    }
    rooms = {
        room.pk: room
        for room in Room.objects.filter(_counts(by_room), location__in=scope.locations)
        .select_related("location")
        .order_by("location__name", "name", "slug")
    }
    work, use = _nothing(parts), _nothing(parts)
    booked_at = {location for location, _owner in by_therapist}
    for location in scope.locations:
        if not location.active and location.pk not in booked_at:
            continue
        days = Days.between(location, scope.period.first, scope.period.last)
        inside = [pk for pk, room in rooms.items() if room.location_id == location.pk]
        at_work, is_open = _open(days, list(people), inside)
        _add(work, at_work, by_therapist, days, parts)
        _add(use, is_open, by_room, days, parts)
    return Utilisation(
        [Used(people[pk], work[pk]) for pk in people if pk in work],
        [Used(rooms[pk], use[pk]) for pk in rooms if pk in use],
    )


def _taken(scope: Scope) -> tuple[Taken, Taken]:
    """The minutes that are taken of each therapist and of each room."""
    rows = (
        scope.bookings()
        .standing(to_instant(scope.now))
        .values_list("location_id", "therapist_id", "room_id", "date")
        .annotate(minutes=Sum(F("occupied_until") - F("occupied_from")))
    )
    part_of, count = scope.part_of, len(scope.parts)
    by_therapist: Taken = defaultdict(lambda: [0] * count)
    by_room: Taken = defaultdict(lambda: [0] * count)
    for location, therapist, room, day, minutes in rows:
        by_therapist[location, therapist][part_of[day]] += minutes
        by_room[location, room][part_of[day]] += minutes
    return by_therapist, by_room


def _counts(taken: Taken) -> Q:
    return Q(active=True) | Q(pk__in={owner for _location, owner in taken})


def _nothing(parts: list[Period]) -> defaultdict[int, list[Use]]:
    count = len(parts)
    return defaultdict(lambda: [Use()] * count)


def _open(
    days: Days, people: list[int], rooms: list[int]
) -> tuple[dict[int, Bits], dict[int, Bits]]:
    """When each therapist is at work at the location, and when each of its rooms is open."""
    working = working_time(days, people)
    at_work = {pk: working.get(pk, 0) for pk in people}
    blocked, closed = dict.fromkeys(rooms, 0), 0
    for hindrance in hindrances(days, therapists=people, rooms=rooms):
        match hindrance.kind:
            case Hinders.CLOSED:
                closed |= hindrance.cells
            case Hinders.TIME_OFF:
                at_work[hindrance.owner] &= ~hindrance.cells
            case Hinders.BLOCKED:
                blocked[hindrance.owner] |= hindrance.cells
    anybody = 0
    for pk in people:
        at_work[pk] &= ~closed
        anybody |= at_work[pk]
    return at_work, {pk: anybody & ~blocked[pk] for pk in rooms}


def _add(
    found: defaultdict[int, list[Use]],
    opened: Mapping[int, Bits],
    taken: Taken,
    days: Days,
    parts: list[Period],
) -> None:
    """Add what was open and what was taken at a location, of each who has either."""
    window = days.window
    cells = [
        [
            (
                (each.start - window.origin) // CELL_MINUTES,
                (each.end - window.origin) // CELL_MINUTES,
            )
            for each in window.intervals(days.dates(part.first, part.last))
        ]
        for part in parts
    ]
    for owner, bits in opened.items():
        place = (days.location.pk, owner)
        if not bits and place not in taken:
            continue
        # A year has a hundred thousand cells: counted as characters they are passed over once.
        digits = digits_of(bits, window.cells)
        minutes = (
            sum(digits.count("1", start, end) for start, end in stretches) * CELL_MINUTES
            for stretches in cells
        )
        uses = map(Use, taken.get(place, [0] * len(parts)), minutes)
        found[owner] = [before + use for before, use in zip(found[owner], uses, strict=True)]


def all_of(used: Iterable[Used[Therapist]] | Iterable[Used[Room]], parts: int) -> list[Use]:
    """Everybody's together, in each part."""
    sums = [Use()] * parts
    for each in used:
        sums = [sum_ + use for sum_, use in zip(sums, each.by_part, strict=True)]
    return sums
