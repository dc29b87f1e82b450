"""All the rows that decide a question, read in one query and turned into values."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from django.db import connection
from django.db.models import QuerySet

from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.hindrances import hindrance_tables, hindrances_in
from bookings.domain.bookable.one_query import Rows, Statement, Tables, written
from bookings.domain.bookable.patterns import Pattern, Values
from bookings.domain.bookable.question import Question
from bookings.domain.bookable.rooms import UnbookedRoom, room_tables, rooms_for, unbooked_rooms
from bookings.domain.bookable.roster import (
    UnbookedTherapist,
    roster_tables,
    therapists_for,
    unbooked_roster,
)
from bookings.domain.bookable.taken import Taken, booked_tables, taken_in
from bookings.models import Booking, SessionType
from bookings.scheduling.hours import DAY_MINUTES, to_instant
from studio.premises.models import Location, Room
from therapists.models import Therapist

type Who = Callable[[Frame], QuerySet[Therapist]]
type Where = Callable[[Frame], QuerySet[Room]]


@dataclass(frozen=True, slots=True)
class Way:
    """What of a question's rows is read."""

    who: Who
    where: Where
    with_rules: bool = True
    with_bookings: bool = True


@dataclass(frozen=True, slots=True)
class Gathered:
    """Therapists and rooms by slug, as they are before anything is booked, and what is booked."""

    therapists: list[UnbookedTherapist]
    rooms: list[UnbookedRoom]
    taken: Taken


def gathered(frame: Frame, *, with_bookings: bool = True) -> Gathered:
    """Whoever could give the session there, and wherever; or those whom the question names."""
    found = gathered_by(frame, therapists_for, rooms_for, with_bookings=with_bookings)
    if frame.question.therapist is None:
        found.therapists[:] = [each for each in found.therapists if each.candidate.offers]
    return found


def gathered_by(frame: Frame, who: Who, where: Where, *, with_bookings: bool = True) -> Gathered:
    """Whom and which rooms these functions name, even those that rule S1 leaves out.

    How they ask may depend on what a question leaves open, not on the location or the session type.
    """
    way = Way(who, where, with_bookings=with_bookings)
    return _gathered(_statement(frame, way).read(), frame, with_bookings=with_bookings)


def booked(frame: Frame) -> Taken:
    """What is booked of whoever gives the session and wherever, and nothing else."""
    way = Way(therapists_for, rooms_for, with_rules=False)
    return taken_in(_statement(frame, way).read(), frame)


def gathered_of(
    frame: Frame,
    therapists: QuerySet[Therapist],
    rooms: QuerySet[Room],
    *,
    with_bookings: bool = True,
) -> Gathered:
    """These therapists and rooms, even those that rule S1 leaves out."""
    way = Way(lambda _: therapists, lambda _: rooms, with_bookings=with_bookings)
    return _gathered(_written(frame, way).read(), frame, with_bookings=with_bookings)


def _gathered(rows: Rows, frame: Frame, *, with_bookings: bool) -> Gathered:
    there = list(hindrances_in(rows, frame))
    return Gathered(
        unbooked_roster(rows, frame, there),
        unbooked_rooms(rows, frame, there),
        taken_in(rows, frame) if with_bookings else Taken(),
    )


def _statement(frame: Frame, way: Way) -> Statement:
    question = frame.question
    if question.freed is not None:  # how it is written depends on the pair that it may be one of
        return _written(frame, way)
    return _pattern(connection.vendor, way, _shape(question)).filled(_values(frame))


def _written(frame: Frame, way: Way) -> Statement:
    therapists, rooms = way.who(frame), way.where(frame)
    people, places = (rows.order_by().values("pk") for rows in (therapists, rooms))
    parts: list[Tables] = []
    if way.with_rules:
        parts += roster_tables(frame, therapists), room_tables(frame, rooms)
        parts.append(hindrance_tables(frame, therapists=people, rooms=places))
    if way.with_bookings:
        parts.append(booked_tables(frame, people, places))
    return written(*parts)


def _values(frame: Frame) -> Values:
    """What two questions of one shape can differ in."""
    question, (start, end) = frame.question, (frame.instants.start, frame.instants.end)
    early, late = frame.wall_reach
    named = {
        "therapist": question.therapist,
        "room": question.room,
        "moving": question.moving.pk if question.moving is not None else None,
    }
    return {
        "location": question.location.pk,
        "session type": question.session_type.pk,
        "now": to_instant(question.now),
        "start": start,
        "a day before the start": start - DAY_MINUTES,
        "end": end,
        "a day after the end": end + DAY_MINUTES,
        "first date": early.date(),
        "last date": late.date(),
        **{name: value for name, value in named.items() if value is not None},
    }


def _shape(question: Question) -> Question:
    """The same for all questions that differ in `_values` alone: the first of two examples."""
    return _example(question, 1)


def _example(question: Question, number: int) -> Question:
    day = date(2000 + number, 1 + number, 10 + number)
    return replace(
        question,
        location=Location(pk=100 + number, timezone="UTC"),
        session_type=SessionType(pk=200 + number),
        first=day,
        last=day + timedelta(days=number),
        now=DAY_MINUTES * 365 * number,
        therapist=question.therapist and f"therapist {number}",
        room=question.room and f"room {number}",
        moving=question.moving and Booking(pk=300 + number),
    )


@cache
def _pattern(engine: str, way: Way, shape: Question) -> Pattern:
    """How questions of a shape are written for an engine."""
    one, other = [_written_example(way, _example(shape, number)) for number in (1, 2)]
    return Pattern.of(one, other)


def _written_example(way: Way, question: Question) -> tuple[Statement, Values]:
    frame = Frame.of(question)
    return _written(frame, way), _values(frame)
