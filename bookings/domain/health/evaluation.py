"""What follows from answers to the health questions (rules H1 and H2).

Values in, values out: no database, no clock. Windows are measured to the session's date, so the
same answers come to something else when the session moves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum

from bookings.enums import QuestionKind


class Outcome(IntEnum):
    """What follows from an answer, from the mildest to the strictest."""

    FINE = 0
    NOTE = 1
    REVIEW = 2
    UNSUITABLE = 3

    @property
    def word(self) -> str:
        """As questionnaires and the API spell it."""
        return self.name.lower()

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody has to decide; nobody is refused by a machine (rule H2)."""
        return self >= Outcome.REVIEW


class Why(Enum):
    """Which rule a question fired by."""

    YES = "yes"
    WITHIN = "within"
    LONGER_AGO = "longer_ago"
    DATE_MISSING = "date_missing"
    DATE_AFTER = "date_after"
    TEXT = "text"
    NOT_SURE = "not_sure"
    UNANSWERED = "unanswered"
    UNREADABLE = "unreadable"


YES, NO, NOT_SURE = "yes", "no", "not_sure"
CHOICES = (YES, NO, NOT_SURE)


@dataclass(frozen=True, slots=True)
class Window:
    """An outcome, with `within_days` only where the date lies at most so many days back."""

    outcome: Outcome
    within_days: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is judged; of its `windows`, narrowest first, the first that fits."""

    key: str
    kind: QuestionKind
    required: bool
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to one question. It is never shown by accident: not in a trace either."""

    answer: str = field(default="", repr=False)
    day: date | None = field(default=None, repr=False)
    text: str = field(default="", repr=False)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered."""
        return not self.answer and not self.text.strip()


BLANK = Given()


@dataclass(frozen=True, slots=True)
class Fired:
    """A question that something follows from, why, and for a window how many days it has."""

    key: str = field(repr=False)
    outcome: Outcome = field(repr=False)
    why: Why = field(repr=False)
    within_days: int | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The strictest outcome, and the questions that fired, in the order they are asked."""

    outcome: Outcome = field(repr=False)
    fired: tuple[Fired, ...] = field(repr=False)

    @property
    def open(self) -> tuple[str, ...]:
        """The keys of required questions that nobody has answered."""
        return tuple(each.key for each in self.fired if each.why is Why.UNANSWERED)


def evaluate(
    questions: Sequence[Asked], answers: Mapping[str, Given], *, on: date, barefoot: bool = True
) -> Evaluation:
    """What the answers come to for a session on a local date.

    Answers to what is not asked are left out. `unsuitable` speaks of barefoot work: for a session
    with the hands alone it means that a person has to look.
    """
    fired = tuple(_mildened(each, barefoot) for each in _fired(questions, answers, on))
    outcome = max((each.outcome for each in fired), default=Outcome.FINE)
    return Evaluation(outcome, fired)


def unreadable() -> Evaluation:
    """What answers come to that cannot be read any more: a person has to ask."""
    return united([Evaluation(Outcome.REVIEW, (Fired("", Outcome.REVIEW, Why.UNREADABLE),))])


def united(evaluations: Sequence[Evaluation]) -> Evaluation:
    """Several as one: what is asked at booking, and what is asked the day before."""
    fired = tuple(each for evaluation in evaluations for each in evaluation.fired)
    return Evaluation(max((each.outcome for each in fired), default=Outcome.FINE), fired)


def _fired(questions: Sequence[Asked], answers: Mapping[str, Given], on: date) -> Iterator[Fired]:
    for question in questions:
        found = _judged(question, answers.get(question.key, BLANK), on)
        if found is not None and found.outcome is not Outcome.FINE:
            yield found


def _judged(question: Asked, given: Given, on: date) -> Fired | None:
    key = question.key
    if given.is_blank:
        return Fired(key, Outcome.REVIEW, Why.UNANSWERED) if question.required else None
    if question.kind is QuestionKind.TEXT:
        return Fired(key, question.windows[-1].outcome, Why.TEXT)
    if given.answer == NOT_SURE:
        return Fired(key, Outcome.REVIEW, Why.NOT_SURE)
    if given.answer != YES:
        return None
    if question.kind is QuestionKind.YES_NO:
        return Fired(key, question.windows[-1].outcome, Why.YES)
    return _dated(question, given.day, on)


def _dated(question: Asked, day: date | None, on: date) -> Fired:
    """A yes that has a date; without one it may be any, so the strictest outcome counts.

    A date after the session's is a plan or a slip of the finger: a person asks which.
    """
    key = question.key
    if day is None:
        strictest = max(window.outcome for window in question.windows)
        return Fired(key, strictest, Why.DATE_MISSING)
    days = (on - day).days
    if days < 0:
        return Fired(key, Outcome.REVIEW, Why.DATE_AFTER)
    for window in question.windows:
        if window.within_days is not None and days <= window.within_days:
            return Fired(key, window.outcome, Why.WITHIN, window.within_days)
    return Fired(key, question.windows[-1].outcome, Why.LONGER_AGO)


def _mildened(fired: Fired, barefoot: bool) -> Fired:
    if barefoot or fired.outcome is not Outcome.UNSUITABLE:
        return fired
    return Fired(fired.key, Outcome.REVIEW, fired.why, fired.within_days)
