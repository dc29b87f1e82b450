"""Change both bookings of a pair at once: both of them, or neither."""

from dataclasses import replace

from bookings.domain.bookable.question import Question
from bookings.domain.callers import Caller
from bookings.domain.cancelling import (
    RESTORED_FIELDS,
    UNDOING,
    cancel,
    restore,
    restored,
)
from bookings.domain.moving import (
    MOVED_FIELDS,
    check_movable,
    check_where_seen,
    moved,
    question_for_move,
    take_change,
)
from bookings.domain.pairs.partners import (
    Both,
    are_together,
    both_of,
    two,
    wants_side_by_side,
    were_cancelled_together,
)
from bookings.domain.pairs.places import PairQuestion, question_about_both
from bookings.domain.pairs.placing import (
    carry_out_for_both,
    judged,
    lock_for_both,
    place_both,
)
from bookings.domain.placing import announce
from bookings.domain.reach import locations_of
from bookings.domain.requests import NO_OVERRIDE, Change, Override, Seen
from bookings.errors import WrongState
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out, lock_locations

UNCHANGED = Change()


def move_pair(
    booking: Booking,
    starts_at: Minute | None,
    *,
    changes: tuple[Change, Change] = (UNCHANGED, UNCHANGED),
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    seen: Seen | None = None,
) -> Both:
    """Move both to a start (None: stay), or leave both exactly as they were and raise.

    `booking` is either of them, and `seen` where the caller saw it. Of `changes` counts what is
    no start. The times of both count as free. Raises PairUnavailable with alternatives
    (RuleRefused for staff), WrongState where they are not together any more, else as `move`.
    """

    def work() -> Both:
        lock_for_both(question, before)
        left_behind, both = both_of(booking), both_of(booking)
        if not are_together(*both, now=now):
            raise WrongState
        check_where_seen(next(each for each in both if each.pk == booking.pk), seen)
        asked = _question(left_behind, wanted, caller=caller, now=now, override=override)
        judged(take, both, wanted, asked.each)
        place_both(both, asked, start, _write)
        announce(*left_behind)
        return two(
            moved(each, old, caller=caller, now=now, override=override)
            for each, old in zip(both, left_behind, strict=True)
        )

    def take(each: Booking, change: Change, asked: Question) -> None:
        check_movable(each, caller=caller, now=now)
        take_change(each, change, asked, start, caller=caller, override=override)

    before = both_of(booking)
    start = to_minute(booking.starts_at) if starts_at is None else starts_at
    wanted = replace(changes[0], starts_at=start), replace(changes[1], starts_at=start)
    question = _question(before, wanted, caller=caller, now=now, override=override)
    return carry_out_for_both(work, question, start)


def cancel_pair(booking: Booking, *, caller: Caller, now: Minute, reason: str = "") -> Both:
    """Cancel both; twice is harmless, and one who was cancelled before stays as she is.

    Raises as `cancel` does, and then neither is cancelled.
    """

    def work() -> Both:
        _lock(both_of(booking))
        return two(cancel(each, caller=caller, now=now, reason=reason) for each in both_of(booking))

    return carry_out(work)


def undo_pair(booking: Booking, *, caller: Caller, now: Minute) -> Both:
    """Take back that both were cancelled, in the same minute: both stand again, or neither.

    Raises PairUnavailable (RuleRefused for staff), WrongState, else as `undo` does.
    """

    def work() -> Both:
        lock_for_both(question, before)
        both = both_of(booking)
        if not were_cancelled_together(both[0]):
            raise WrongState
        judged(lambda each: restore(each, start, caller=caller, now=now), both)
        place_both(both, again, start, lambda each: each.save(update_fields=RESTORED_FIELDS))
        return two(restored(each, caller=caller, now=now) for each in both)

    before = both_of(booking)
    start = to_minute(booking.starts_at)
    question = question_about_both(before, is_staff=caller.is_staff, now=now)
    again = question.asking(overridden=UNDOING)
    return carry_out_for_both(work, question, start)


def _question(
    both: Both, changes: tuple[Change, Change], *, caller: Caller, now: Minute, override: Override
) -> PairQuestion:
    questions = (
        replace(
            question_for_move(each, change, caller=caller, now=now, override=override), freed=each
        )
        for each, change in zip(both, changes, strict=True)
    )
    return PairQuestion(*two(questions), wants_side_by_side(both[0]))


def _write(booking: Booking) -> None:
    booking.save(update_fields=MOVED_FIELDS)


def _lock(both: Both) -> None:
    """Lock at once, in order, all that the changes lock one by one."""
    therapists = [each.therapist_id for each in both]
    lock_locations(locations_of(therapists) | {each.location_id for each in both})
