"""What becomes of a booking and all that follow it when they are moved, date by date.

Nothing is written here. `bookings.domain.series.following` asks the same again with the locks held.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.functional import Promise

from bookings.domain.bookable.assignment import assignments, refused_by
from bookings.domain.bookable.availability import Situation
from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.gathering import gathered
from bookings.domain.bookable.question import Question
from bookings.domain.bookable.taken import Taken
from bookings.domain.callers import Caller
from bookings.domain.clients.identity import sessions_by_client
from bookings.domain.moving import check_movable, question_for_move
from bookings.domain.refusals import WORDS, may_override
from bookings.domain.requests import NO_OVERRIDE, Change, Override
from bookings.domain.series.following import moves_of
from bookings.domain.series.preview import client_words
from bookings.errors import BookingError
from bookings.models import Booking
from bookings.scheduling.hours import DAY_MINUTES, to_instant
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Interval, Minute
from therapists.models import Therapist


@dataclass(frozen=True, slots=True)
class PlannedMove:
    """A booking and the start it would get; with what stands in the way, where something does.

    `words` may be read by whoever asked. `rule` is for staff alone, with whether a reason goes
    past it.
    """

    booking: Booking
    start: Minute
    words: str | Promise = ""
    rule: Rule | None = None
    overridable: bool = False

    @property
    def is_possible(self) -> bool:
        """Whether it can be moved there."""
        return not self.words


def preview_move(
    booking: Booking,
    starts_at: Minute,
    *,
    therapist: Therapist | None = None,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
) -> list[PlannedMove]:
    """What `move_following` would do with each of them, ascending.

    Two queries for each: every one keeps its own therapist unless one is named, and its length.
    """
    moves = moves_of(booking, starts_at)
    group = _Group([each for each, _start in moves], caller, now, override)
    return [group.move(each, Change(start, therapist), start) for each, start in moves]


@dataclass(slots=True)
class _Group:
    """Bookings that move together: their times are free for one another, and then taken anew."""

    bookings: list[Booking]
    caller: Caller
    now: Minute
    override: Override
    placed: list[tuple[Booking, int, int, Interval, Interval]] = field(default_factory=list)

    def move(self, booking: Booking, change: Change, start: Minute) -> PlannedMove:
        """Take the new start with the best of who is free, or say what stands in the way."""
        try:
            check_movable(booking, caller=self.caller, now=self.now)
        except BookingError as refused:
            return PlannedMove(booking, start, words=refused.message)
        question = question_for_move(
            booking, change, caller=self.caller, now=self.now, override=self.override
        )
        session = Interval(start, start + question.length.duration)
        if self._is_busy(booking, session):
            return self._refused(booking, question, start, Rule.CLIENT_FREE)
        frame = Frame.of(question)
        found = gathered(frame)
        taken = self._left(found.taken, frame, booking)
        situation = Situation.of(frame, found.therapists, found.rooms, taken)
        assignment = next(assignments(situation, start), None)
        if assignment is None:
            return self._refused(booking, question, start, refused_by(situation, start))
        self.placed.append((booking, *assignment, question.length.occupied_from(start), session))
        return PlannedMove(booking, start)

    def _left(self, taken: Taken, frame: Frame, moving: Booking) -> Taken:
        """What is booked without the old times of the group, and with the new ones so far."""
        left = taken.copy()
        for other in self.bookings:
            cells = frame.window.bits(other.occupied_from, other.occupied_until)
            if cells and other != moving and not other.has_lapsed(to_instant(self.now)):
                left = left.without(other, cells)
        for other, therapist, room, occupied, session in self.placed:
            cells = frame.window.bits(occupied.start, occupied.end)
            day, minutes = frame.clock.date(session.start), other.duration_minutes
            left.add(therapist, room, cells, day, minutes, barefoot=other.barefoot)
        return left

    def _is_busy(self, booking: Booking, session: Interval) -> bool:
        """Whether the client has another session then (rule S10), the group's new ones too."""
        if booking.client_id is None or Rule.CLIENT_FREE in self.override.rules:
            return False
        around = Interval(session.start - DAY_MINUTES, session.end + DAY_MINUTES)
        theirs = sessions_by_client([booking.client_id], around, now=self.now)
        own: Collection[int] = {each.pk for each in self.bookings}
        others = [each for pk, each in theirs.get(booking.client_id, []) if pk not in own]
        others += [each for *_placed, each in self.placed]
        return any(other.overlaps(session) for other in others)

    def _refused(
        self, booking: Booking, question: Question, start: Minute, rule: Rule
    ) -> PlannedMove:
        if not question.is_staff:
            return PlannedMove(booking, start, words=client_words(question, start, rule))
        may = may_override(rule, question, start)
        return PlannedMove(booking, start, words=WORDS[rule], rule=rule, overridable=may)
