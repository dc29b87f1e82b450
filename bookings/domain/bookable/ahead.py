"""What decides a question, read before its locks are taken, so that nobody waits for the reading.

All that is judged by raises a location's version (`studio.premises.locking`). While that stays,
what was read before is what is there; else it is read again, with the locks held: where it was only
booked, no more than what is booked.
"""

from dataclasses import dataclass

from bookings.domain.bookable.assignment import is_open
from bookings.domain.bookable.availability import Situation, gather
from bookings.domain.bookable.keeping import Version, closely, look_closely, version_now
from bookings.domain.bookable.question import Question
from bookings.scheduling.timeline import Minute
from studio.premises.locking import is_alone
from studio.premises.unchanged import marks_of_moment


@dataclass(frozen=True, slots=True)
class Ahead:
    """A situation, and the version that the schedule had when it was read."""

    question: Question
    version: Version
    situation: Situation

    def is_open(self, start: Minute) -> bool:
        """Whether anybody could take a session starting then."""
        return is_open(self.situation, start)


def look_ahead(question: Question) -> Ahead | None:
    """What decides a question now; None for who holds all locks already.

    None, too, for who can go past working time: somebody who works elsewhere decides it with what
    is written there, and this location's version says nothing of that.
    """
    if is_alone() or question.past_working_time:
        return None
    # The version first: what is written in between makes it too old, never too new.
    version = version_now(question.location.pk)
    return Ahead(question, version, _gathered(question, version))


def _gathered(question: Question, version: Version) -> Situation:
    """What `gather` says; in a moment of the house (`one_moment`) only what is booked is read anew.

    The rest is known by the version, which was read just now and tells of all who write as they
    should, and by the marks that the database leaves whoever writes.
    """
    marks = marks_of_moment()
    if marks is None or not _is_of_nothing_booked(question):
        return gather(question)
    return look_closely(question, (version.rules, marks))


def situation_now(question: Question, ahead: Ahead | None) -> Situation:
    """What decides a question, for who holds the locks."""
    if ahead is None or ahead.question != question:
        return gather(question)
    version = version_now(question.location.pk)
    if version == ahead.version:
        return ahead.situation
    if version.rules == ahead.version.rules and _is_of_nothing_booked(question):
        # Who could give the session, and where, is as it was before somebody booked.
        return closely(ahead.situation.frame, *ahead.situation.unbooked)
    return gather(question)


def _is_of_nothing_booked(question: Question) -> bool:
    """Whether it is about a new booking, to which whatever is booked is others'."""
    return question.moving is None and question.freed is None and not question.leaves_undo
