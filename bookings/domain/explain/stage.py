"""Everybody and every room that could matter, and whom the one predicate picks among them."""

from dataclasses import dataclass, replace
from itertools import combinations

from django.db.models import QuerySet

from bookings.domain.bookable.assignment import assignments
from bookings.domain.bookable.availability import Situation
from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.gathering import gathered_by
from bookings.domain.bookable.question import Question
from bookings.domain.bookable.roster import UnbookedTherapist
from bookings.domain.options import going_past
from bookings.domain.reach import who_matters
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute
from studio.premises.models import Room
from therapists.models import Therapist

ASKED_OF_RECEPTION = (Rule.WORKING, Rule.BAREFOOT_CAP, Rule.NOTICE_AND_HORIZON)
"""The soft rules that are judged without knowing the client."""

type Pick = tuple[Therapist, Room]


@dataclass(frozen=True, slots=True)
class Stage:
    """What `gather` knows about a question, also of those whom S1 rules out."""

    situation: Situation
    therapists: dict[int, Therapist]
    unbooked: dict[int, UnbookedTherapist]
    rooms: dict[int, Room]

    @classmethod
    def of(cls, question: Question) -> "Stage":
        """Gather whoever could matter to a question, or the therapist it names alone."""
        frame = Frame.of(question)
        found = gathered_by(frame, _who, _here)
        here = _here(frame).prefetch_related("equipment", "inspections")
        return cls(
            Situation.of(frame, found.therapists, found.rooms, found.taken),
            {each.pk: each for each in _who(frame)},
            {each.candidate.pk: each for each in found.therapists},
            {room.pk: room for room in here},
        )

    @property
    def frame(self) -> Frame:
        """The frame of the question."""
        return self.situation.frame

    def picked_online(self, start: Minute) -> Pick | None:
        """Whom and which room a client gets, whom the step, the notice and the horizon bind."""
        question = replace(self.frame.question, is_staff=False)
        frame = replace(self.frame, question=question)
        search = replace(self.situation.search, start=frame.starts())
        return self._first(replace(self.situation, frame=frame, search=search), start)

    def picked_at_desk(self, start: Minute) -> tuple[Pick | None, tuple[Rule, ...]]:
        """Whom and which room reception gets, going past as few soft rules as possible."""
        for count in range(len(ASKED_OF_RECEPTION) + 1):
            for rules in combinations(ASKED_OF_RECEPTION, count):
                past = going_past(self.situation, frozenset(rules))
                if pick := self._first(past, start):
                    return pick, rules
        return None, ()

    def _first(self, situation: Situation, start: Minute) -> Pick | None:
        """The best of those who can take it (rules A1 and A2)."""
        for therapist, room in assignments(situation, start):
            return self.therapists[therapist], self.rooms[room]
        return None


def _who(frame: Frame) -> QuerySet[Therapist]:
    question = frame.question
    if question.therapist is not None:
        return Therapist.objects.filter(slug=question.therapist)
    return who_matters(question.session_type, question.location)


def _here(frame: Frame) -> QuerySet[Room]:
    return Room.objects.filter(location=frame.location)
