"""What stands on the days of a location: who works, what is in the way, what is booked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from bookings.domain.bookable.frame import Days
from bookings.domain.bookable.hindrances import Hinders, Hindrance, hindrances
from bookings.domain.bookable.working import working_time
from bookings.domain.staff import Person, sees_every_booking, visible_bookings, visible_time_off
from bookings.enums import Status
from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet
from bookings.scheduling.hours import DAY_MINUTES, WallClock, dates_between, to_instant
from bookings.scheduling.timeline import Bits, Interval, Minute
from studio.premises.models import Location, Room
from therapists.models import Therapist

type Owner = Therapist | Room


class By(StrEnum):
    """What the columns of a day stand for."""

    THERAPIST = "therapist"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Mark:
    """A named stretch in which something is in the way, and of whom or what."""

    kind: Hinders
    interval: Interval
    reason: str
    owner: str


@dataclass(frozen=True, slots=True)
class Column:
    """One therapist or one room on one local date.

    `working` is what her shifts at the location say, for a room everybody's; `free` is what
    nothing takes of it. `bookings` stand there and touch the date, buffers included; `elsewhere`
    are hers at other locations.
    """

    owner: Owner
    date: date
    working: list[Interval]
    free: list[Interval]
    marks: list[Mark]
    bookings: list[Booking]
    elsewhere: list[Booking]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Columns by date and slug, the blocks of rooms, and the bookings that were cancelled."""

    clock: WallClock
    columns: list[Column]
    blocks: list[Mark]
    cancelled: list[Booking]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of some days, as values by owner."""

    days: Days
    therapists: dict[int, Therapist]
    rooms: dict[int, Room]
    working: dict[int, Bits]
    hindrances: list[Hindrance]
    standing: list[Booking]
    only: str | None


def schedule_of(
    location: Location,
    first: date,
    last: date,
    *,
    by: By,
    user: Person,
    now: Minute,
    only: str | None = None,
) -> Schedule:
    """The local dates from `first` to `last` as `user` may see them (rules P2 and S7).

    Read in a number of queries that no row adds to. `only` is the slug of one therapist or room:
    then each date has a column, and a booking stands on its own date alone. Holds and reviews
    past their time do not stand (rule B3).
    """
    days = Days.between(location, first, last)
    therapists = _therapists(user, only if by is By.THERAPIST else None)
    rooms = Room.objects.filter(location=location)
    if by is By.ROOM and only is not None:
        rooms = rooms.filter(slug=only)
    bookings = _booked(days, therapists, user=user, now=now)
    if only is not None:
        bookings = bookings.filter(**{f"{by}__slug": only})
    instant, booked = to_instant(now), list(bookings)
    rows = _Rows(
        days,
        therapists,
        {room.pk: room for room in rooms} if by is By.ROOM else {},
        working_time(days, therapists),
        list(
            hindrances(
                days,
                therapists=therapists,
                rooms=rooms.values("pk"),
                time_off=visible_time_off(user),
            )
        ),
        [each for each in booked if each.is_live and not each.has_lapsed(instant)],
        only,
    )
    columns = _by_therapist if by is By.THERAPIST else _by_room
    blocks = [each for each in rows.hindrances if each.kind is Hinders.BLOCKED]
    return Schedule(
        days.clock,
        [column for day in dates_between(first, last) for column in columns(rows, day)],
        _marks(days, blocks, days.window.everything),
        [booking for booking in booked if _was_cancelled(booking, days)],
    )


def _therapists(user: Person, only: str | None) -> dict[int, Therapist]:
    """Those who may work; of the team a therapist sees herself (rule P2)."""
    found = Therapist.objects.filter(active=True)
    if not sees_every_booking(user):
        found = found.filter(user=user.pk)
    if only is not None:
        found = found.filter(slug=only)
    return {therapist.pk: therapist for therapist in found}


def _booked(days: Days, therapists: Iterable[int], *, user: Person, now: Minute) -> BookingQuerySet:
    """What is live or was cancelled at the location, or of these therapists anywhere."""
    early, late = days.window.origin - DAY_MINUTES, days.window.end + DAY_MINUTES
    # Either half asks by an index of its own, and a state is no reason for a third: SQLite would
    # go through all bookings that have it.
    here = Q(location=days.location, starts_at__range=(to_instant(early), to_instant(late)))
    theirs = Q(therapist_id__in=list(therapists), occupied_from__range=(early, late))
    return (
        visible_bookings(user, now=now)
        .filter(here | theirs)
        .overlapping(days.instants)
        .exclude(status__in=(Status.DECLINED, Status.EXPIRED))
        .select_related("client", "location", "room", "therapist")
        .order_by("starts_at", "pk")
    )


def _was_cancelled(booking: Booking, days: Days) -> bool:
    """Whether it would have taken place here, on one of the dates."""
    is_here = booking.location_id == days.location.pk
    return not booking.is_live and is_here and days.first <= booking.date <= days.last


def _by_therapist(rows: _Rows, day: date) -> Iterator[Column]:
    """Who works there on the date, or has a session there."""
    own = defaultdict(list)
    owners = dict(rows.therapists)
    for booking in _touching(rows, day):
        own[booking.therapist_id].append(booking)
        owners.setdefault(booking.therapist_id, booking.therapist)
    for pk, therapist in _by_slug(owners):
        working = rows.working[pk] & rows.days.dates(day, day)
        ways = [each for each in rows.hindrances if _is_in_the_way_of(each, pk)]
        column = _column(rows, day, therapist, working, working & ~_hindered(ways), ways, own[pk])
        if column.working or column.bookings or rows.only:
            yield column


def _by_room(rows: _Rows, day: date) -> Iterator[Column]:
    """Every room in use, and one that is not but has a session."""
    own = defaultdict(list)
    for booking in _touching(rows, day):
        own[booking.room_id].append(booking)
    working = at_work = 0
    for pk in rows.therapists:
        ways = [each for each in rows.hindrances if _is_in_the_way_of(each, pk)]
        working |= rows.working[pk] & rows.days.dates(day, day)
        at_work |= rows.working[pk] & rows.days.dates(day, day) & ~_hindered(ways)
    for pk, room in _by_slug(rows.rooms):
        if not (room.active or own[pk] or rows.only):
            continue
        ways = [
            each
            for each in rows.hindrances
            if each.kind is Hinders.CLOSED or (each.kind is Hinders.BLOCKED and each.owner == pk)
        ]
        usable = at_work & ~_hindered(ways) if room.active else 0
        yield _column(rows, day, room, working, usable, ways, own[pk])


def _column(
    rows: _Rows,
    day: date,
    owner: Owner,
    working: Bits,
    usable: Bits,
    ways: list[Hindrance],
    own: list[Booking],
) -> Column:
    window, location = rows.days.window, rows.days.location
    cells = rows.days.dates(day, day)
    taken = window.union(booking.occupied for booking in own)
    here = [booking for booking in own if booking.location_id == location.pk]
    if rows.only:
        here = [booking for booking in here if booking.date == day]
    return Column(
        owner,
        day,
        window.intervals(working),
        window.intervals(usable & ~taken),
        _marks(rows.days, ways, cells),
        here,
        [booking for booking in own if booking.location_id != location.pk],
    )


def _touching(rows: _Rows, day: date) -> Iterator[Booking]:
    """The bookings that take something of a date, buffers included."""
    cells = rows.days.dates(day, day)
    window = rows.days.window
    for booking in rows.standing:
        if window.bits(booking.occupied_from, booking.occupied_until) & cells:
            yield booking


def _is_in_the_way_of(hindrance: Hindrance, therapist: int) -> bool:
    if hindrance.kind in (Hinders.TIME_OFF, Hinders.NOT_BAREFOOT):
        return hindrance.owner == therapist
    return hindrance.kind is Hinders.CLOSED


def _hindered(ways: Iterable[Hindrance]) -> Bits:
    """The cells in which nothing at all can be booked."""
    bits = 0
    for way in ways:
        if way.kind is not Hinders.NOT_BAREFOOT:
            bits |= way.cells
    return bits


def _marks(days: Days, ways: Iterable[Hindrance], cells: Bits) -> list[Mark]:
    return [
        Mark(way.kind, interval, way.reason, way.name)
        for way in ways
        for interval in days.window.intervals(way.cells & cells)
    ]


def _by_slug[T: (Therapist, Room)](owners: dict[int, T]) -> list[tuple[int, T]]:
    return sorted(owners.items(), key=lambda item: item[1].slug)
