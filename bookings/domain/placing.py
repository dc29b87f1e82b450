"""Putting a booking into the schedule: lock, expire what has lapsed, judge, write."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from bookings.domain.bookable.ahead import Ahead, situation_now
from bookings.domain.bookable.assignment import Assignment, assignments
from bookings.domain.bookable.availability import Situation, alternatives, gather
from bookings.domain.bookable.question import Question
from bookings.domain.callers import CLOCK
from bookings.domain.events import record
from bookings.domain.reach import (
    locations_of,
    locations_of_named,
    locations_of_who_might,
    offering,
)
from bookings.domain.refusals import refusal
from bookings.enums import EventKind, Status
from bookings.errors import SlotUnavailable
from bookings.models import Booking
from bookings.models.booking import ROOM_BOOKED_ONCE, THERAPIST_BOOKED_ONCE
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import Rule, Slot
from bookings.scheduling.timeline import Interval, Minute
from studio.premises.locking import (
    bump_versions,
    carry_out,
    is_alone,
    lock_locations,
    writers_are_alone,
)
from studio.premises.models import Room
from studio.premises.unchanged import Unchanging
from studio.queries import Written
from studio.rows import insert, inserted
from therapists.models import Therapist


def carry_out_or_offer[T](work: Callable[[], T], question: Question, start: Minute) -> T:
    """Do the work in one transaction; if the slot is gone, the refusal can say what is open."""
    with offering_others(question, start):
        return carry_out(work)


@contextmanager
def offering_others(question: Question, start: Minute) -> Iterator[None]:
    """Have a refusal say what is open instead, once somebody asks it."""
    try:
        yield
    except SlotUnavailable as refused:
        refused.offer = partial(nearest_to, question, start)
        refused.timezone = question.location.timezone
        raise


def check_is_open(ahead: Ahead | None, question: Question, start: Minute) -> None:
    """Refuse what was seen to be gone ahead, without a lock: nobody else waits for that."""
    if ahead is not None and not ahead.is_open(start):
        with offering_others(question, start):
            raise refusal(ahead.situation, start)


def lock_for(
    *questions: Question, therapists: Iterable[int] = (), locations: Iterable[int] = ()
) -> None:
    """Lock every location where a therapist works who might take one of the sessions.

    Such a therapist's bookings, time off and certifications at any of them then stand still.
    `therapists` and `locations` are ids of others that the write touches.
    """
    if is_alone():
        return
    named = list(therapists)

    def reach() -> set[int]:
        return locations_of(named).union(locations, *map(reach_of, questions))

    locked = reach()
    lock_locations(locked)
    # While we waited a therapist may have been given a shift elsewhere. From here on nobody can be:
    # whoever writes a shift locks all places where she works.
    lock_locations(reach() - locked)


def reach_of(question: Question) -> set[int]:
    """Ids of the locations that `lock_for` locks for it.

    They may be locked without that, as `place_new` asks again where a rule has changed meanwhile.
    """
    if writers_are_alone():
        return set()
    if question.therapist is not None:
        reach = locations_of_named(question.therapist)
    elif Rule.WORKING in question.overridden:
        reach = locations_of(offering(question.session_type))
    else:
        reach = locations_of_who_might(question.session_type, question.location)
    return reach | {question.location.pk}


def locked(booking: Booking) -> Booking:
    """The booking as it stands once nobody else can change it; for writes that free its time."""
    lock_locations(locations_of([booking.therapist_id]) | {booking.location_id})
    return fresh(booking)


def fresh(booking: Booking) -> Booking:
    """The booking as it is in the database now, with what it refers to."""
    [found] = _FRESH(booking.pk)
    return found


_FRESH = Written(
    lambda pk: Booking.objects.whole().select_related("therapist__user").filter(pk=pk), int
)


def seated(booking: Booking) -> Booking:
    """A booking that has just been written, with its therapist and its room as they are now.

    All else that it refers to is what it was made of.
    """
    [therapist], [booking.room] = _THERAPIST(booking.therapist_id), _ROOM(booking.room_id)
    if therapist.user_id is not None:  # who has an account may want mail
        [therapist.user] = _ACCOUNT(therapist.user_id)
    booking.therapist = therapist
    return booking


_THERAPIST = Unchanging(lambda pk: Therapist.objects.filter(pk=pk), int)
_ROOM = Unchanging(lambda pk: Room.objects.filter(pk=pk), int)
_ACCOUNT = Written(lambda pk: User.objects.filter(pk=pk), int)


def place(
    booking: Booking,
    question: Question,
    start: Minute,
    write: Callable[[], None],
    *,
    ahead: Ahead | None = None,
) -> None:
    """Give the booking its therapist, room and times, and write it with the best that is free.

    Call it with the locks held. Writers that take no locks can still get in between: each try
    has a savepoint, and where the database refuses one the next is tried (rule A3). Raises
    SlotUnavailable, or RuleRefused for staff, when none is left.
    """
    situation = situation_now(question, ahead)
    clear_the_way(booking, situation, start)
    if not _write_first_free(booking, assignments(situation, start), write):
        raise refusal(situation, start)
    announce(booking)


def place_new(
    booking: Booking, question: Question, start: Minute, *, ahead: Ahead | None = None
) -> None:
    """The same for a booking that is not there yet; the first try hardly ever fails.

    What has lapsed stays as it is where it is in nobody's way.
    """
    situation = situation_now(question, ahead)
    if ahead is not None and situation.frame is not ahead.situation.frame:
        # The rules are not those by which it was found out what to lock.
        lock_for(question)
        situation = gather(question)
    give_times(booking, situation, start)
    best = next(assignments(situation, start), None)
    if best is None:
        raise refusal(situation, start)
    booking.therapist_id, booking.room_id = best
    if not inserted(booking):
        expire_overlapping(situation, booking.occupied)
        if not _write_first_free(booking, assignments(situation, start), partial(insert, booking)):
            raise refusal(situation, start)
    announce(booking)


def _write_first_free(
    booking: Booking, candidates: Iterable[Assignment], write: Callable[[], None]
) -> bool:
    beaten: set[int] = set()
    beaten_rooms: set[int] = set()
    for therapist_id, room_id in candidates:
        if therapist_id in beaten or room_id in beaten_rooms:
            continue
        booking.therapist_id, booking.room_id = therapist_id, room_id
        try:
            with transaction.atomic():
                write()
        except IntegrityError as error:
            if THERAPIST_BOOKED_ONCE.broken_by(error):
                beaten.add(therapist_id)
            elif ROOM_BOOKED_ONCE.broken_by(error):
                beaten_rooms.add(room_id)
            else:
                raise
        else:
            return True
    return False


def clear_the_way(booking: Booking, situation: Situation, start: Minute) -> None:
    """Give the booking its times, and end what has lapsed there (rule B3)."""
    give_times(booking, situation, start)
    expire_overlapping(situation, booking.occupied)


def give_times(booking: Booking, situation: Situation, start: Minute) -> None:
    """Have the booking start then, at its own length."""
    occupied = situation.frame.question.length.occupied_from(start)
    booking.starts_at = to_instant(start)
    booking.date = situation.frame.clock.date(start)
    booking.occupied_from, booking.occupied_until = occupied.start, occupied.end


def expire_overlapping(situation: Situation, occupied: Interval) -> None:
    """Turn what has lapsed and lies in the way into `expired` (rule B3)."""
    question = situation.frame.question
    therapists = {entry.pk for entry in situation.roster}
    rooms = {entry.pk for entry in situation.rooms}
    for booking in _LAPSED(to_instant(question.now), occupied.start, occupied.end):
        is_in_the_way = booking.therapist_id in therapists or booking.room_id in rooms
        if is_in_the_way and not question.is_own(booking):
            expire(booking, now=question.now)


_LAPSED = Written(
    lambda now, start, end: (
        Booking.objects.lapsed(now)
        .filter(occupied_from__lt=end, occupied_until__gt=start)
        .order_by("pk")
    ),
    datetime,
    int,
    int,
)


def expire(booking: Booking, *, now: Minute) -> None:
    """End a hold or an undecided review whose time has passed."""
    before = booking.status
    booking.status = Status.EXPIRED
    booking.save(update_fields=["status"])
    record(booking, EventKind.EXPIRED, by=CLOCK, at=now, from_status=before)


def announce(*bookings: Booking) -> None:
    """End the cached answers of every location that these bookings take time from."""
    therapists = {booking.therapist_id for booking in bookings}
    places = locations_of(therapists) | {booking.location_id for booking in bookings}
    bump_versions(places, rules=False)


def nearest_to(question: Question, start: Minute) -> list[Slot]:
    """What to offer instead: the same therapist if one was named, else and failing that anyone."""
    found = alternatives(question, start)
    if not found and question.therapist is not None:
        found = alternatives(replace(question, therapist=None), start)
    return found
