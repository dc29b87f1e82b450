"""Two together: what can be booked for two clients at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from bookings.domain.bookable.availability import (
    Listing,
    Look,
    Situation,
    gather,
    listed,
    nearest_found,
)
from bookings.domain.bookable.keeping import kept, look
from bookings.domain.bookable.question import Question, question_about
from bookings.domain.pairs.partners import Both, both_of, two, wants_side_by_side
from bookings.models import Booking, SessionType
from bookings.scheduling.pairs import PairSearch, PairSlot
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, Room


@dataclass(frozen=True, slots=True)
class PairQuestion:
    """When two sessions can start at once, asked about at one location and on the same dates.

    With `side_by_side` only in rooms that lie beside each other.
    """

    first: Question
    second: Question
    side_by_side: bool = False

    @property
    def each(self) -> tuple[Question, Question]:
        """Both, with the rooms beside each other."""
        return replace(self.first, in_pair=True), replace(self.second, in_pair=True)

    def asking(self, **otherwise: Any) -> "PairQuestion":
        """The same with these fields of both questions otherwise."""
        first, second = replace(self.first, **otherwise), replace(self.second, **otherwise)
        return replace(self, first=first, second=second)

    def between(self, first: date, last: date) -> "PairQuestion":
        """The same about other dates."""
        return self.asking(first=first, last=last)


@dataclass(frozen=True)
class PairSituation:
    """What decides a question about two, gathered once; each side for itself."""

    first: Situation
    second: Situation
    side_by_side: bool

    @property
    def each(self) -> tuple[Situation, Situation]:
        """Both."""
        return self.first, self.second

    @cached_property
    def search(self) -> PairSearch:
        """Where both fit."""
        slugs = {room.pk: room.resource.slug for each in self.each for room in each.rooms}
        beside = {
            room.resource.slug: [slugs[pk] for pk in room.beside if pk in slugs]
            for each in self.each
            for room in each.rooms
        }
        return PairSearch(self.first.search, self.second.search, beside, self.side_by_side)

    @property
    def beside(self) -> set[tuple[int, int]]:
        """Ids of two rooms that lie beside each other, either way round."""
        return {
            (room.pk, other) for each in self.each for room in each.rooms for other in room.beside
        }


type PairLook = Callable[[PairQuestion], PairSituation]
"""How the situation of two is known: by gathering every row of it, or from what was kept."""


def asked_for(
    first: Question,
    second_session_type: SessionType,
    second_therapist: str | None,
    *,
    side_by_side: bool = False,
) -> PairQuestion:
    """A question about one, asked about two: the second's session, and her therapist (a slug)."""
    second = replace(first, session_type=second_session_type, therapist=second_therapist)
    return PairQuestion(first, second, side_by_side)


def gather_pairs(question: PairQuestion) -> PairSituation:
    """Everything that decides a question about two, in one query for each kind of session."""
    return _looked_at(question, gather)


def look_at_pairs(question: PairQuestion) -> PairSituation:
    """The same for who looks: what no booking bears on is kept (see `keeping.look`)."""
    return _looked_at(question, look)


def _looked_at(question: PairQuestion, look: Look) -> PairSituation:
    first, second = question.each
    one = look(first)
    other = one if second == first else look(second)
    return PairSituation(one, other, question.side_by_side)


def open_pairs_between(situation: PairSituation, first: date, last: date) -> list[PairSlot]:
    """The starts for both on some of a situation's dates, ascending; without a query."""
    within = situation.first.frame.dates(first, last)
    return list(situation.search.slots(within))


def pair_listing(question: PairQuestion, *, look: PairLook = gather_pairs) -> Listing[PairSlot]:
    """Slots for two by local date, every date of the range in order, and the next one."""

    def find(first: date, last: date) -> list[PairSlot]:
        return list(look(question.between(first, last)).search.slots())

    return listed(question.first, find)


def pair_alternatives(question: PairQuestion, wanted: Minute) -> list[PairSlot]:
    """Up to five starts for both, nearest to a wanted one, ascending (rule A3).

    With whom they asked for, else and failing that with anyone; side by side where they asked.
    """
    anyone = question.asking(therapist=None)

    def nearest(question: PairQuestion) -> list[PairSlot]:
        def find(first: date, last: date) -> list[PairSlot]:
            return list(gather_pairs(question.between(first, last)).search.slots())

        return nearest_found(question.first, wanted, find)

    return nearest(question) or (nearest(anyone) if anyone != question else [])


def questions_to_move(
    booking: Booking,
    *,
    first: date,
    last: date,
    now: Minute,
    is_staff: bool = False,
    any_therapist: bool = False,
) -> PairQuestion:
    """Where both of a pair could be moved on some dates; the times of both count as free.

    Each keeps her therapist, unless any will do.
    """
    questions = (
        Question(
            location=each.location,
            session_type=each.session_type,
            first=first,
            last=last,
            now=now,
            is_staff=is_staff,
            therapist=None if any_therapist else each.therapist.slug,
            moving=each,
            freed=each,
        )
        for each in both_of(booking)
    )
    return PairQuestion(*two(questions), wants_side_by_side(booking))


def question_about_both(both: Both, *, is_staff: bool, now: Minute) -> PairQuestion:
    """Whether two who have lost their times could have them again, as they were."""
    questions = (
        replace(question_about(each, is_staff=is_staff, now=now), freed=each) for each in both
    )
    return PairQuestion(*two(questions), wants_side_by_side(both[0]))


def has_rooms_beside(location: Location) -> bool:
    """Whether any rooms in use there lie beside each other; kept while the rules stay."""
    rooms = Room.objects.filter(location=location, active=True)
    beside = rooms.filter(beside__active=True, beside__location=location)
    return kept(location, "beside", beside.exists)


def has_room_for_two(location: Location) -> bool:
    """Whether there are two rooms in use at all; kept while the rules stay."""
    rooms = Room.objects.filter(location=location, active=True)
    return kept(location, "two-rooms", lambda: rooms.count() > 1)
