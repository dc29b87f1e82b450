"""When not to have a session, told from the rules that answers are judged by (rule H4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import get_language

from bookings.domain.health.evaluation import Outcome, Window
from bookings.domain.health.screening import as_asked
from bookings.models import Question


class Advice(Enum):
    """What a yes comes to, in the order it is told."""

    NOT_BAREFOOT = "not_barefoot"
    WAIT = "wait"
    TALK = "talk"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Caveat:
    """A question from which something follows, with the windows in which it does."""

    question: str
    windows: tuple[Window, ...]

    @property
    def advice(self) -> Advice:
        """What a yes comes to."""
        strictest = max(self.windows, key=lambda window: window.outcome)
        if strictest.outcome is Outcome.UNSUITABLE:
            return Advice.NOT_BAREFOOT if strictest.within_days is None else Advice.WAIT
        return Advice.TALK if strictest.outcome is Outcome.REVIEW else Advice.TELL


def caveats(questions: Iterable[Question]) -> Mapping[str, list[Caveat]]:
    """By advice, in the order of the questions and the language spoken now; what nobody has, not.

    What is to be written in words is left out: nothing follows from it but that somebody reads it.
    """
    rows = list(questions)
    told = [
        Caveat(question.text_in(get_language()), windows)
        for question, asked in zip(rows, as_asked(rows), strict=True)
        if (windows := tuple(each for each in asked.windows if each.outcome > Outcome.FINE))
        and question.kind != Question.Kind.TEXT
    ]
    found = {advice: [each for each in told if each.advice is advice] for advice in Advice}
    return {advice.value: group for advice, group in found.items() if group}
