"""What is booked, read as one text for each therapist (rules S3, S4 and S8).

Of a month that is hundreds of rows. A database hands over a few long texts in half the time, and
where a text was read before, what follows from it is known. So after a booking it is the bookings
of one therapist that are counted anew.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from django.db import connection
from django.db.models import Aggregate, Func, IntegerField, Min, Q, QuerySet, TextField
from django.db.models.functions import Cast

from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.one_query import Statement, written
from bookings.domain.bookable.patterns import Pattern, Values
from bookings.domain.bookable.taken import Taken, added_up, counted, first_end, only_standing
from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet
from bookings.scheduling.hours import DAY_MINUTES, day_number, day_of, to_instant
from bookings.scheduling.timeline import Interval, Minute, Window
from studio.memory import Memory


class Lists(Aggregate):
    """Columns of all rows as one text: a JSON list with a list for each row, of no NULL."""

    name = "Lists"
    template = "JSON_GROUP_ARRAY(JSON_ARRAY(%(expressions)s))"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Put together by hand, which takes PostgreSQL half as long as its own JSON."""
        rows = "'[[' || STRING_AGG(CONCAT_WS(',', %(expressions)s), '],[') || ']]'"
        return self.as_sql(compiler, connection, template=rows, **context)


class Quoted(Func):
    """A text among `Lists`; where these are JSON of the database's own, it has its quotes."""

    template = "%(expressions)s"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """In its quotes."""
        return self.as_sql(
            compiler, connection, template="'\"' || %(expressions)s || '\"'", **context
        )


LISTED = Lists(
    *("room_id", "occupied_from", "occupied_until", "duration_minutes"),
    *(Cast("barefoot", IntegerField()), Quoted(Cast("date", TextField()))),
)
"""A `BookedRow` without whose it is and when it ends."""


DAY = timedelta(days=1)
FARTHEST_MINUTES = 16 * 60
"""No zone's clocks have ever been as far from UTC."""


class TheirsRow(NamedTuple):
    """What a therapist has, as `LISTED`, and when the first of it ends by itself (rule B3)."""

    therapist_id: int
    listed: str
    ends: str | None


class OthersRow(TheirsRow):
    """The same of somebody who is not asked for, in the rooms that are."""


@dataclass(frozen=True, slots=True)
class Share:
    """What is taken by one therapist; nobody may change it."""

    taken: Taken
    size: int


SHARES: Memory[tuple[int, str, Window], Share] = Memory(most_bytes=56_000_000, seconds=math.inf)


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
        """What two of them can differ in that name as many therapists and rooms."""
        return {
            "now": to_instant(self.now),
            "first start": self.starts.start,
            "last start": self.starts.end,
            "reach": self.reach.start,
            "end of reach": self.reach.end,
            "first": self.first,
            "last": self.last,
            **{f"therapist {number}": pk for number, pk in enumerate(self.therapists)},
            **{f"room {number}": pk for number, pk in enumerate(self.rooms)},
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
        pattern = _pattern(connection.vendor, len(therapists), len(rooms))
        return pattern.filled(asked.values).tuples()
    return _written(asked, but=question.own).tuples()


def told_by(texts: Texts, frame: Frame) -> Taken:
    """What they tell. Only read it."""
    found = added_up(_share(therapist, text, frame) for _kind, therapist, text, _ends in texts)
    found.ends = first_end([ends for *_, ends in texts if ends])
    return found


def _written(asked: Asked, *, but: Q | None = None) -> Statement:
    # Whose comes first, since SQLite looks at conditions in their order: of the bookings in a
    # location's rooms nearly all are of those who are asked for. Apart, because PostgreSQL takes an
    # index for either of them and for none where it is one or the other.
    theirs = Q(therapist_id__in=asked.therapists)
    others = ~theirs & Q(room_id__in=asked.rooms)
    return written(
        {
            TheirsRow: _by_therapist(Booking.objects.filter(theirs), asked, but),
            OthersRow: _by_therapist(Booking.objects.filter(others), asked, but),
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
    return there.values("therapist_id").annotate(listed=LISTED, ends=ends)


@lru_cache(maxsize=500)
def _pattern(engine: str, therapists: int, rooms: int) -> Pattern:
    """How it is written for an engine, of so many therapists and rooms."""
    one, other = (_example(number * 10_000_000, therapists, rooms) for number in (1, 2))
    return Pattern.of((_written(one), one.values), (_written(other), other.values))


def _example(number: int, therapists: int, rooms: int) -> Asked:
    people, places = (
        range(number * times, number * times + count)
        for times, count in ((5, therapists), (10, rooms))
    )
    reach, day = Interval(number + 1, number + 2), day_of(number // DAY_MINUTES)
    return Asked(number, reach, day, day + DAY, people, places)


def _share(therapist: int, text: str, frame: Frame) -> Taken:
    key = therapist, text, frame.window
    share = SHARES.get(key)
    if share is None:
        rows = [(therapist, *row, None) for row in orjson.loads(text)]
        share = Share(counted(rows, frame), 2 * len(text) + frame.window.cells // 2 + 2000)
        SHARES.keep(key, share)
    return share.taken
