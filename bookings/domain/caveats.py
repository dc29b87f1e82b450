"""When not to have a session, told from the rules that answers are judged by (rule H4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from bookings.domain.evaluation import Outcome, Window
from bookings.domain.screening import as_asked
from bookings.models import Question


@dataclass(frozen=True, slots=True)
class Caveat:
    """A question that something serious can follow from, with the windows in which it does."""

    question: str
    windows: tuple[Window, ...]


def caveats(questions: Iterable[Question]) -> list[Caveat]:
    """Those from which more than a note can follow, in their order and the language spoken now."""
    found = []
    rows = list(questions)
    for question, asked in zip(rows, as_asked(rows), strict=True):
        serious = tuple(each for each in asked.windows if each.outcome >= Outcome.REVIEW)
        if serious and question.kind != Question.Kind.TEXT:
            found.append(Caveat(question.text_in(get_language()), serious))
    return found
