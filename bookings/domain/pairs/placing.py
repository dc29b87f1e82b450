"""Putting two bookings into the schedule at once: both of them, or neither."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bookings.domain.bookable.assignment import (
    Assignment,
    able_rooms,
    able_therapists,
    assignments,
    refused_by,
)
from bookings.domain.pairs.partners import Both, two
from bookings.domain.pairs.places import (
    PairQuestion,
    PairSituation,
    gather_pairs,
    pair_alternatives,
)
from bookings.domain.placing import announce, clear_the_way, lock_for
from bookings.domain.refusals import WORDS, may_override
from bookings.enums import Status
from bookings.errors import BookingError, ClientBusy, PairUnavailable, RuleRefused
from bookings.models import Booking
from bookings.models.booking import ROOM_BOOKED_ONCE, THERAPIST_BOOKED_ONCE
from bookings.scheduling.pairs import in_pairs
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out

type Seating = tuple[Assignment, Assignment]
"""The therapist and the room of each of two."""


def carry_out_for_both[T](work: Callable[[], T], question: PairQuestion, start: Minute) -> T:
    """Do the work in one transaction; a refusal can say when both can be booked."""
    try:
        return carry_out(work)
    except PairUnavailable as refused:
        refused.offer = partial(pair_alternatives, question, start)
        refused.timezone = question.first.location.timezone
        raise


def place_both(
    both: Both, question: PairQuestion, start: Minute, write: Callable[[Booking], None]
) -> None:
    """Give both their therapists, rooms and times, and write them with the best that are free.

    Call it with the locks held. Where the database refuses somebody all the same, the next two
    are tried, with neither of them written (rule A3). Raises PairUnavailable, or RuleRefused for
    staff, when none are left.
    """
    situation = gather_pairs(question)
    for booking, side in zip(both, situation.each, strict=True):
        clear_the_way(booking, side, start)
    if not _write_first_free(both, _seatings(situation, start), write):
        raise _refusal(situation, start)
    announce(*both)


def lock_for_both(
    question: PairQuestion, before: Iterable[Booking] = (), locations: Iterable[int] = ()
) -> None:
    """Lock for two who are placed as `lock_for` does, and for where they were `before`."""
    therapists = [each.therapist_id for each in before]
    lock_for(question.first, question.second, therapists=therapists, locations=locations)


def judged[T](judge: Callable[..., T], *sides: tuple[Any, Any]) -> tuple[T, T]:
    """What is found of the first and of the second, each with her part of the `sides`.

    A refusal of one of them says whose it is: it is one of both.
    """
    return two(
        _judged(position, judge, *side)
        for position, side in enumerate(zip(*sides, strict=True), start=1)
    )


def _judged[T](position: int, judge: Callable[..., T], *side: Any) -> T:
    try:
        return judge(*side)
    except ClientBusy as busy:
        theirs = _("Who comes with you has another session at that time.")
        words = busy.message if position == 1 else theirs
        raise PairUnavailable(words, position=position, is_about_client=True) from busy
    except RuleRefused as refused:
        words = _told_staff(position, refused.message)
        raise RuleRefused(refused.rule, overridable=refused.overridable, message=words) from refused


def _seatings(situation: PairSituation, start: Minute) -> Iterator[Seating]:
    """Everything that both could have, best first.

    Each is ranked by A1 and A2 as if alone; rooms beside each other go before all others.
    """
    one, other = situation.each
    therapists = in_pairs(able_therapists(one, start), able_therapists(other, start))
    rooms = in_pairs(able_rooms(one, start), able_rooms(other, start), situation.beside)
    if situation.side_by_side:
        rooms = [each for each in rooms if each in situation.beside]
    for (first, second), (here, there) in product(therapists, rooms):
        yield (first, here), (second, there)


def _write_first_free(
    both: Both, seatings: Iterable[Seating], write: Callable[[Booking], None]
) -> bool:
    beaten: set[tuple[int, str, int]] = set()
    for seating in seatings:
        seats = {
            seat
            for number, (therapist, room) in enumerate(seating)
            for seat in ((number, "therapist", therapist), (number, "room", room))
        }
        if seats & beaten:
            continue
        number = 0
        try:
            with transaction.atomic():
                _let_go(both)
                for number, booking in enumerate(both):
                    booking.therapist_id, booking.room_id = seating[number]
                    write(booking)
        except IntegrityError as error:
            therapist, room = seating[number]
            if THERAPIST_BOOKED_ONCE.broken_by(error):
                beaten.add((number, "therapist", therapist))
            elif ROOM_BOOKED_ONCE.broken_by(error):
                beaten.add((number, "room", room))
            else:
                raise
        else:
            return True
    return False


def _let_go(both: Both) -> None:
    """Give the old times of both back: one may take what the other has had until now."""
    stored = [booking.pk for booking in both if not booking._state.adding]
    if stored:
        Booking.objects.filter(pk__in=stored).update(status=Status.EXPIRED)


def _refusal(situation: PairSituation, start: Minute) -> BookingError:
    """Of which of the two it is, if either cannot be booked even alone."""
    is_staff = situation.first.frame.question.is_staff
    alone = [
        (position, side)
        for position, side in enumerate(situation.each, start=1)
        if next(assignments(side, start), None) is None
    ]
    if alone and is_staff:
        position, side = alone[0]
        rule = refused_by(side, start)
        may = may_override(rule, side.frame.question, start)
        return RuleRefused(rule, overridable=may, message=_told_staff(position, WORDS[rule]))
    if len(alone) == 1:
        return PairUnavailable(_told_client(alone[0][0]), position=alone[0][0])
    if alone:
        return PairUnavailable()
    one, other = (able_therapists(side, start) for side in situation.each)
    lacks_rooms = bool(in_pairs(one, other))
    if is_staff and not lacks_rooms:
        words = _("Only one therapist could take either of the two then.")
        return RuleRefused(Rule.THERAPIST_FREE, overridable=False, message=words)
    if lacks_rooms and situation.side_by_side:
        words = _("No two rooms beside each other are free then.")
    else:
        words = str(PairUnavailable.message)
    if is_staff:
        return RuleRefused(Rule.ROOM_FREE, overridable=False, message=words)
    return PairUnavailable(words)


def _told_client(position: int) -> str:
    if position == 1:
        return _("For the first of you this time is not free. Choose another one for both.")
    return _("For the second of you this time is not free. Choose another one for both.")


def _told_staff(position: int, reason: str | Promise) -> str:
    words = (
        _("For the first of the two: %(reason)s")
        if position == 1
        else _("For the second of the two: %(reason)s")
    )
    return words % {"reason": reason}
