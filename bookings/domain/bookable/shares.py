"""What is booked, read as two texts for each therapist (rules S3, S4 and S8).

Of a month that is hundreds of rows. A database hands over a few long texts in half the time, and
where a text was read before, what follows from it is known. So after a booking it is the bookings
of one therapist that are counted anew.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Min, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.ids import NoneOf, OneOf, listed
from bookings.domain.bookable.one_query import Statement, written
from bookings.domain.bookable.packing import PLACES, TIMES, unpacked
from bookings.domain.bookable.patterns import Pattern, Values
from bookings.domain.bookable.taken import Taken, added_up, counted, first_end, only_standing
from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet
from bookings.scheduling.hours import DAY_MINUTES, day_number, day_of, to_instant
from bookings.scheduling.timeline import Interval, Minute, Window
from studio.memory import Memory

DAY = timedelta(days=1)
FARTHEST_MINUTES = 16 * 60
"""No zone's clocks have ever been as far from UTC."""


class TheirsRow(NamedTuple):
    """What a therapist has, packed, and when the first of it ends by itself (rule B3)."""

    therapist_id: int
    times: str
    places: str
    ends: str | None


class OthersRow(TheirsRow):
    """The same of somebody who is not asked for, in the rooms that are."""


@dataclass(frozen=True, slots=True)
class Share:
    """What is taken by one therapist; nobody may change it."""

    taken: Taken
    size: int


SHARES: Memory[tuple[int, str, str, Window], Share] = Memory(
    most_bytes=56_000_000, seconds=math.inf
)


class Asked(NamedTuple):
    """What is read: whatever touches the reach, or counts on a date (T7)."""

    now: Minute
    reach: Interval
    first: date
    last: date
    therapists: Sequence[int]
    rooms: Sequence[int]

    @property
    def starts(self) -> Interval:
        """When such a booking can begin, wherever it is: it is no longer than a day."""
        first, past = (day_number(day) * DAY_MINUTES for day in (self.first, self.last + DAY))
        return Interval(
            min(self.reach.start, first - FARTHEST_MINUTES) - DAY_MINUTES,
            max(self.reach.end, past + FARTHEST_MINUTES),
        )

    @property
    def values(self) -> Values:
        """What two of them can differ in."""
        return {
            "now": to_instant(self.now),
            "first start": self.starts.start,
            "last start": self.starts.end,
            "reach": self.reach.start,
            "end of reach": self.reach.end,
            "first": self.first,
            "last": self.last,
            "therapists": listed(self.therapists),
            "rooms": listed(self.rooms),
        }


type Texts = list[tuple[Any, ...]]
"""What is booked as the database hands it over: `TheirsRow`, with its kind in front."""


def shared(
    frame: Frame, therapists: Sequence[int], rooms: Sequence[int], reach: Interval | None = None
) -> Taken:
    """What is booked of therapists and in rooms (ids), as far as `texts_of` tells. Only read it."""
    return told_by(texts_of(frame, therapists, rooms, reach), frame)


def texts_of(
    frame: Frame, therapists: Sequence[int], rooms: Sequence[int], reach: Interval | None = None
) -> Texts:
    """The texts that tell it, in one query.

    They tell what a session on the question's dates could meet, as a listing has to know, or what
    touches another reach; and what counts on the dates.
    """
    if not therapists or not rooms:
        return []
    question, reach = frame.question, reach or frame.reach
    asked = Asked(question.now, reach, question.first, question.last, therapists, rooms)
    if question.moving is None and question.freed is None:
        return _pattern(connection.vendor).filled(asked.values).tuples()
    return _written(asked, but=question.own).tuples()


def told_by(texts: Texts, frame: Frame) -> Taken:
    """What they tell. Only read it."""
    found = added_up(
        _share(therapist, times, places, frame) for _kind, therapist, times, places, _ends in texts
    )
    found.ends = first_end([ends for *_, ends in texts if ends])
    return found


def _written(asked: Asked, *, but: Q | None = None) -> Statement:
    # Whose comes first, since SQLite looks at conditions in their order: of the bookings in a
    # location's rooms nearly all are of those who are asked for. Apart, because PostgreSQL takes an
    # index for either of them and for none where it is one or the other.
    therapist, room = F("therapist_id"), F("room_id")
    therapists, rooms = (Value(listed(ids)) for ids in (asked.therapists, asked.rooms))
    theirs = Booking.objects.filter(OneOf(therapist, therapists))
    others = Booking.objects.filter(NoneOf(therapist, therapists), OneOf(room, rooms))
    return written(
        {
            TheirsRow: _by_therapist(theirs, asked, but),
            OthersRow: _by_therapist(others, asked, but),
        }
    )


def _by_therapist(bookings: BookingQuerySet, asked: Asked, but: Q | None) -> QuerySet[Any, Any]:
    reach, starts = asked.reach, asked.starts
    touching = Q(occupied_from__lt=reach.end, occupied_until__gt=reach.start)
    there = only_standing(
        bookings.filter(
            touching | Q(date__gte=asked.first, date__lte=asked.last),
            occupied_from__lt=starts.end,
            occupied_from__gt=starts.start,
        ),
        asked.now,
    )
    if but is not None:
        there = there.exclude(but)
    ends = Cast(Min("expires_at"), TextField())
    return there.values("therapist_id").annotate(times=TIMES, places=PLACES, ends=ends)


@cache
def _pattern(_engine: str) -> Pattern:
    """How it is written for an engine."""
    one, other = (_example(number * 10_000_000) for number in (1, 2))
    return Pattern.of((_written(one), one.values), (_written(other), other.values))


def _example(number: int) -> Asked:
    reach, day = Interval(number + 1, number + 2), day_of(number // DAY_MINUTES)
    return Asked(number, reach, day, day + DAY, [5 * number], [10 * number])


def _share(therapist: int, times: str, places: str, frame: Frame) -> Taken:
    key = therapist, times, places, frame.window
    share = SHARES.get(key)
    if share is None:
        rows = unpacked(therapist, times, places)
        written = len(times) + len(places)
        share = Share(counted(rows, frame), 2 * written + frame.window.cells // 2 + 2000)
        SHARES.keep(key, share)
    return share.taken
