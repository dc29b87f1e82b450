"""Move a booking to another start, therapist, room or session type (rules B5 and B6)."""

from functools import partial

from bookings.domain.bookable.ahead import look_ahead
from bookings.domain.bookable.freed import place_of
from bookings.domain.bookable.question import Question
from bookings.domain.booking import cancellable_until
from bookings.domain.callers import Caller
from bookings.domain.clients.identity import check_client_is_free
from bookings.domain.events import record
from bookings.domain.health.reviewing import answered, has_answers, judged
from bookings.domain.health.screening import review_asked_at, review_deadline
from bookings.domain.pairs.partners import check_may_part
from bookings.domain.placing import announce, carry_out_or_offer, fresh, lock_for, place
from bookings.domain.requests import NO_OVERRIDE, Change, Override, Seen
from bookings.enums import BOOKED, EventKind, Status
from bookings.errors import ChangedMeanwhile, OnlyOffered, TooLate, WrongState
from bookings.models import Booking
from bookings.scheduling.hours import local_date, to_instant, to_minute
from bookings.scheduling.timeline import Interval, Minute

MOVABLE = (Status.HELD, Status.PENDING_REVIEW, Status.CONFIRMED)

MOVED_FIELDS = [
    "starts_at",
    "date",
    "occupied_from",
    "occupied_until",
    "therapist",
    "room",
    "therapist_requested",
    "session_type",
    "session_name",
    "barefoot",
    "duration_minutes",
    "buffer_before_minutes",
    "buffer_after_minutes",
    "price",
    "status",
    "expires_at",
]


def move(
    booking: Booking,
    change: Change,
    *,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    seen: Seen | None = None,
) -> Booking:
    """Move a booking, or leave it exactly as it was and raise.

    Every rule is judged again, its own time counting as free. A hold keeps its time limit.
    Raises SlotUnavailable with alternatives (RuleRefused for staff), TooLate, WrongState (and
    OnlyOffered, or Together for one of two who come together), and ChangedMeanwhile if it is no
    longer where the caller has `seen` it.
    """

    def work() -> Booking:
        lock_for(question, therapists=[booking.therapist_id])
        left_behind, moving = fresh(booking), fresh(booking)
        check_movable(moving, caller=caller, now=now)
        check_where_seen(moving, seen)
        check_may_part(moving, start, alone=change.alone, caller=caller, now=now)
        asked = question_for_move(left_behind, change, caller=caller, now=now, override=override)
        take_change(moving, change, asked, start, caller=caller, override=override)
        write = partial(moving.save, update_fields=MOVED_FIELDS)
        place(moving, asked, start, write, ahead=ahead)
        announce(left_behind)
        return moved(moving, left_behind, caller=caller, now=now, override=override)

    question = question_for_move(booking, change, caller=caller, now=now, override=override)
    start = change.starts_at if change.starts_at is not None else to_minute(booking.starts_at)
    ahead = look_ahead(question)
    return carry_out_or_offer(work, question, start)


def take_change(
    booking: Booking,
    change: Change,
    asked: Question,
    start: Minute,
    *,
    caller: Caller,
    override: Override,
) -> None:
    """Give a booking what it changes besides its place, and judge its client for the new start."""
    now = asked.now
    if not asked.keeps_length:
        booking.copy(asked.session_type)
    if not caller.is_staff:
        booking.therapist_requested = change.therapist is not None or (
            booking.therapist_requested and not change.any_therapist
        )
    _screen(booking, start, now=now)
    session = Interval(start, start + booking.duration_minutes)
    check_client_is_free(
        booking.client, session, caller=caller, now=now, moving=booking, override=override
    )


def moved(
    booking: Booking, left_behind: Booking, *, caller: Caller, now: Minute, override: Override
) -> Booking:
    """The booking that has just been moved, recorded; as it was if that is where it is."""
    there = fresh(booking)
    before, after = place_of(left_behind), place_of(there)
    if after != before:
        record(
            there,
            EventKind.MOVED,
            by=caller,
            at=now,
            from_status=left_behind.status,
            reason=override.reason,
            overridden=override.rules,
            details={"before": before, "after": after},
        )
    return there


def _screen(booking: Booking, start: Minute, *, now: Minute) -> None:
    """Judge what was answered for the new date and session (rule B5).

    What is answered already may send it to a person, or need none any more; what nobody has
    answered changes nothing here. A hold is screened when it is confirmed.
    """
    if booking.status not in BOOKED:
        return
    day = local_date(booking.location.timezone, start)
    found = judged(booking, on=day, barefoot=booking.barefoot)
    waits = booking.status == Status.PENDING_REVIEW
    if waits and not found.outcome.needs_a_person and has_answers(booking):
        booking.status, booking.expires_at = Status.CONFIRMED, None
    elif waits:
        asked = review_asked_at(booking)
        booking.expires_at = to_instant(review_deadline(start, booked=asked, now=now))
    elif answered(found).outcome.needs_a_person:
        booking.status = Status.PENDING_REVIEW
        booking.expires_at = to_instant(review_deadline(start, booked=now, now=now))


def question_for_move(
    booking: Booking,
    change: Change,
    *,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
) -> Question:
    """What the schedule is asked so that a move can be judged."""
    start = change.starts_at if change.starts_at is not None else to_minute(booking.starts_at)
    day = local_date(booking.location.timezone, start)
    kept = None if change.any_therapist else booking.therapist.slug
    return Question(
        location=booking.location,
        session_type=change.session_type or booking.session_type,
        first=day,
        last=day,
        now=now,
        is_staff=caller.is_staff,
        therapist=change.therapist.slug if change.therapist else kept,
        room=change.room.slug if change.room else None,
        moving=booking,
        keeps_room=change.keeps_room,
        overridden=override.rules,
    )


def is_movable(booking: Booking, *, now: Minute) -> bool:
    """Whether its state lets it be moved at all: one past its time limit, or offered, cannot be."""
    stands = booking.status in MOVABLE and not booking.has_lapsed(to_instant(now))
    return stands and not booking.is_offered


def may_move(booking: Booking, *, now: Minute) -> bool:
    """Whether a client may still move it online: holds always, others by the deadline (B6)."""
    return booking.status == Status.HELD or now <= cancellable_until(booking)


def check_movable(booking: Booking, *, caller: Caller, now: Minute) -> None:
    """Raise WrongState, or TooLate for a client, when it cannot be moved anywhere.

    What is offered from the waitlist stays what it is (OnlyOffered).
    """
    if booking.is_offered:
        raise OnlyOffered
    if not is_movable(booking, now=now):
        raise WrongState
    if not caller.is_staff and not may_move(booking, now=now):
        raise TooLate


def check_where_seen(booking: Booking, seen: Seen | None) -> None:
    """Raise ChangedMeanwhile when somebody else has moved it: their change would be lost."""
    if seen is not None and (
        to_minute(booking.starts_at) != seen.starts_at
        or seen.therapist not in (None, booking.therapist)
        or seen.room not in (None, booking.room)
    ):
        raise ChangedMeanwhile


def seen_at(booking: Booking) -> Seen:
    """Where a booking stands, for a caller who has just looked."""
    return Seen(to_minute(booking.starts_at), booking.therapist, booking.room)
