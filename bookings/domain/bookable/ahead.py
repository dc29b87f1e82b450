"""What decides a question, read before its locks are taken, so that nobody waits for the reading.

All that is judged by raises a location's version (`studio.premises.locking`). While that stays,
what was read before is what is there; else it is read again, with the locks held.
"""

from dataclasses import dataclass

from bookings.domain.bookable.assignment import assignments
from bookings.domain.bookable.availability import Situation, gather
from bookings.domain.bookable.keeping import Version, version_now
from bookings.domain.bookable.question import Question
from bookings.scheduling.timeline import Minute
from studio.premises.locking import is_alone


@dataclass(frozen=True, slots=True)
class Ahead:
    """A situation, and the version that the schedule had when it was read."""

    question: Question
    version: Version
    situation: Situation

    def is_open(self, start: Minute) -> bool:
        """Whether anybody could take a session starting then."""
        return any(True for _ in assignments(self.situation, start))


def look_ahead(question: Question) -> Ahead | None:
    """What decides a question now; None for who holds all locks already."""
    if is_alone():
        return None
    # The version first: what is written in between makes it too old, never too new.
    version = version_now(question.location.pk)
    return Ahead(question, version, gather(question))


def situation_now(question: Question, ahead: Ahead | None) -> Situation:
    """What decides a question, for who holds the locks."""
    if (
        ahead is not None
        and ahead.question == question
        and ahead.version == version_now(question.location.pk)
    ):
        return ahead.situation
    return gather(question)
