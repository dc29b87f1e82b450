"""What is booked already around a question (rules S3, S4, S8 and A1)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.one_query import Rows, Tables
from bookings.domain.bookable.question import Question
from bookings.enums import LIVE, Status
from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Bits, Interval, Minute

NOT_LIVE = tuple(status for status in Status if status not in LIVE)

type Query = QuerySet[Any, Any]


class BookedRow(NamedTuple):
    """A booking by what others are judged by, in the order in which `Statement.tuples` has it.

    Its date and the instant at which it ends by itself (rule B3) come as texts: of thousands of
    rows, most share a few dates, and hardly any ends.
    """

    therapist_id: int
    room_id: int
    occupied_from: int
    occupied_until: int
    duration_minutes: int
    barefoot: bool
    day: str
    expires: str | None


WRITTEN = {"day": Cast("date", TextField()), "expires": Cast("expires_at", TextField())}


class OthersRow(BookedRow):
    """The same, where a room alone is among those that are asked for."""


@dataclass(slots=True)
class Taken:
    """Cells taken per therapist and per room, and minutes booked per therapist and date.

    `ends` is the first minute at which a booking among them ends by itself, if one does.
    """

    by_therapist: defaultdict[int, Bits] = field(default_factory=lambda: defaultdict(int))
    by_room: defaultdict[int, Bits] = field(default_factory=lambda: defaultdict(int))
    minutes: defaultdict[tuple[int, date], int] = field(default_factory=lambda: defaultdict(int))
    barefoot: defaultdict[int, defaultdict[date, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    ends: Minute | None = None

    def add(
        self, therapist: int, room: int, cells: Bits, day: date, minutes: int, *, barefoot: bool
    ) -> None:
        """Count one more booking: the cells it takes, and its minutes without buffers."""
        self.by_therapist[therapist] |= cells
        self.by_room[room] |= cells
        self.minutes[therapist, day] += minutes
        if barefoot:
            self.barefoot[therapist][day] += minutes

    def copy(self) -> "Taken":
        """The same, to count more in it."""
        barefoot = self.barefoot.copy()
        for therapist, minutes in barefoot.items():
            barefoot[therapist] = minutes.copy()
        return replace(
            self,
            by_therapist=self.by_therapist.copy(),
            by_room=self.by_room.copy(),
            minutes=self.minutes.copy(),
            barefoot=barefoot,
        )

    def without(self, booking: Booking, cells: Bits) -> "Taken":
        """What is left when a booking that was counted gives its cells back."""
        left = self.copy()
        therapist, day, minutes = booking.therapist_id, booking.date, booking.duration_minutes
        left.by_therapist[therapist] &= ~cells
        left.by_room[booking.room_id] &= ~cells
        left.minutes[therapist, day] -= minutes
        if booking.barefoot:
            left.barefoot[therapist][day] -= minutes
        return left


def booked_tables(frame: Frame, therapists: Query, rooms: Query) -> Tables:
    """The bookings that stand in the window, at any location: of the therapists, or in the rooms.

    Apart, because PostgreSQL takes an index for either of them and for none where it is one or
    the other.
    """
    there = _standing(frame.question, frame.instants).annotate(**WRITTEN)
    theirs = Q(therapist_id__in=therapists)
    return {
        BookedRow: there.filter(theirs),
        OthersRow: there.filter(~theirs, room_id__in=rooms),
    }


def taken_in(rows: Rows, frame: Frame) -> Taken:
    """What was read of `booked_tables`."""
    return counted([*rows[BookedRow], *rows[OthersRow]], frame)


def taken(frame: Frame, therapist_ids: Collection[int], room_ids: Collection[int]) -> Taken:
    """The same for therapists and rooms that are known, in one query."""
    rows = in_the_way(frame.question, frame.instants, therapist_ids, room_ids)
    return counted(rows.annotate(**WRITTEN).values_list(*BookedRow._fields), frame)


def counted(rows: Iterable[Sequence[Any]], frame: Frame) -> Taken:
    """What rows take that have the fields of `BookedRow`.

    There may be thousands, but few differ in more than their start.
    """
    found, window = Taken(), frame.window
    minutes, barefoot = found.minutes, found.barefoot
    starts: defaultdict[tuple[int, int, int], list[Minute]] = defaultdict(list)
    dates: dict[str, date] = {}
    ends: list[str] = []
    for therapist, room, start, end, length, is_barefoot, written, expires in rows:
        starts[therapist, room, end - start].append(start)
        day = dates.get(written) or dates.setdefault(written, date.fromisoformat(written))
        minutes[therapist, day] += length
        if is_barefoot:
            barefoot[therapist][day] += length
        if expires:
            ends.append(expires)
    for (therapist, room, length), begun in starts.items():
        cells = window.occupied(begun, length)
        if cells:
            found.by_therapist[therapist] |= cells
            found.by_room[room] |= cells
    found.ends = first_end(ends)
    return found


def first_end(written: Collection[str]) -> Minute | None:
    """The first of some instants as the database writes them, in one form for all."""
    if not written:
        return None
    return to_minute(datetime.fromisoformat(min(written)).replace(tzinfo=UTC))


def added_up(shares: Iterable[Taken]) -> Taken:
    """What is taken altogether, where each share tells of other therapists.

    Only read it: what a share knows of a therapist is not copied.
    """
    found = Taken()
    for share in shares:
        found.by_therapist.update(share.by_therapist)
        found.minutes.update(share.minutes)
        found.barefoot.update(share.barefoot)
        for room, cells in share.by_room.items():
            found.by_room[room] |= cells
    return found


def in_the_way(
    question: Question,
    stretch: Interval,
    therapist_ids: Collection[int],
    room_ids: Collection[int],
) -> BookingQuerySet:
    """The bookings that take one of the therapists or one of the rooms for some of a stretch."""
    whose = Q(therapist_id__in=therapist_ids) | Q(room_id__in=room_ids)
    return _standing(question, stretch).filter(whose)


def _standing(question: Question, stretch: Interval) -> BookingQuerySet:
    """Those that take anything of a stretch, but for what is being moved (B5) or given back."""
    bookings = only_standing(Booking.objects.overlapping(stretch), question.now)
    return bookings.exclude(question.own) if question.moving or question.freed else bookings


def only_standing(bookings: BookingQuerySet, now: Minute) -> BookingQuerySet:
    """Those that stand at a minute: a hold past its time stops nobody (B3).

    What is live is told by what is not: among states that are asked for SQLite would look for the
    bookings, through all years, when it cannot count the therapists beforehand.
    """
    for status in NOT_LIVE:  # one after the other, which it looks at more quickly than at a list
        bookings = bookings.exclude(status=status)
    not_lapsed = Q(expires_at__isnull=True) | Q(expires_at__gt=to_instant(now))
    return bookings.filter(not_lapsed).order_by()
