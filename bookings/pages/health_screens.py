"""The health questions a few at a time, one screen after the other.

What is answered on one screen travels through the next ones in cipher, in a hidden field: it is
kept on no server, and what a browser remembers of a page gives nothing away. The shown screen's own
fields are the only ones in clear. It says for what it was answered, and opens for nothing else.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from bookings.domain.health.evaluation import NO
from bookings.enums import QuestionKind
from bookings.models import Question
from bookings.pages.health_form import ANSWER, CONSENT, WHEN, Asked, HealthForm
from studio.ciphers import encrypt, unsealed

AT_ONCE = 5
"""How many questions stand on a screen at most."""

SCREEN, SEALED = "screen", "sealed"
"""Fields: which screen was sent, and what was answered on the others."""

BACK, NO_TO_THE_REST, RESUME = "back", "no", "resume"
"""Buttons beside "next": a screen back; no to what is open on this one; a screen of before."""


@dataclass(frozen=True, slots=True)
class Screens:
    """The form at one of its screens, which are counted from 1; 0 is what stands before them.

    Where `is_done`, everything was answered and the form is valid.
    """

    form: HealthForm
    number: int
    purpose: str
    is_done: bool = False

    @property
    def all(self) -> list[list[Question]]:
        """The questions of each screen."""
        return screens_of(self.form.questions)

    @property
    def count(self) -> int:
        """How many screens there are."""
        return len(self.all)

    @property
    def is_last(self) -> bool:
        """Whether the answers are sent from here."""
        return self.number == self.count

    @property
    def asked(self) -> list[Asked]:
        """The questions on this screen, with their fields."""
        return self.form.asked(self.all[self.number - 1])

    @property
    def has_choices(self) -> bool:
        """Whether "no" can be said to several questions at once."""
        kinds = [question.kind for question in self.all[self.number - 1]]
        return len(kinds) - kinds.count(QuestionKind.TEXT) > 1

    @property
    def wrong(self) -> list[Any]:
        """The fields of this screen that do not fit, in their order."""
        fields = [field for each in self.asked for field in (each.answer, each.when) if field]
        if self.is_last and self.form.consent:
            fields.append(self.form.consent)
        return [field for field in fields if field.errors]

    @property
    def sealed(self) -> str:
        """What was answered on all screens, in cipher."""
        given = self.form.data if self.form.is_bound else self.form.initial
        return _sealed({name: given.get(name, "") for name in self.form.fields}, self.purpose)

    def at(self, number: int) -> "Screens":
        """Another screen, without a word about what is missing there."""
        return Screens(self.form.without_errors(), min(number, self.count), self.purpose)

    def first_open(self) -> "Screens":
        """The first screen on which something is missing, or the last one."""
        return self.at(_first_wrong(self.form))


def begun(
    questions: Sequence[Question],
    data: Mapping[str, str],
    purpose: str,
    *,
    asks_consent: bool = True,
) -> Screens:
    """The screens as they were left, at the first on which something is open."""
    form = HealthForm(questions, typed(questions, data, purpose), asks_consent=asks_consent)
    return Screens(form, 1, purpose).first_open()


def turned(
    questions: Sequence[Question],
    data: Mapping[str, str],
    purpose: str,
    *,
    asks_consent: bool = True,
) -> Screens:
    """Where the button leads that was pressed on a screen.

    What does not fit on a screen keeps its reader there; going back does not. Whatever is wrong
    elsewhere is shown when everything is sent.
    """
    screens = screens_of(questions)
    number = _number(data.get(SCREEN), len(screens))
    answers = typed(questions, data, purpose)
    if NO_TO_THE_REST in data:
        answers = _with_no(screens[number - 1], answers)
    form = HealthForm(questions, answers, asks_consent=asks_consent)
    shown = Screens(form, number, purpose)
    if RESUME in data:
        return shown.at(_number(data[RESUME], len(screens)))
    if BACK in data:
        return shown.at(number - 1)
    if NO_TO_THE_REST in data and shown.is_last:
        return shown.at(number)
    if shown.wrong:
        return shown
    if not shown.is_last:
        return shown.at(number + 1)
    if not form.is_valid():
        return Screens(form, _first_wrong(form), purpose)
    return Screens(form, number, purpose, is_done=True)


def screens_of(questions: Sequence[Question]) -> list[list[Question]]:
    """The questions a few at a time, as evenly as they go; what is to be written stands apart."""
    found: list[list[Question]] = []
    for _, run in groupby(questions, key=lambda question: question.kind == QuestionKind.TEXT):
        alike = list(run)
        count = -(-len(alike) // AT_ONCE)
        ends = [len(alike) * number // count for number in range(count + 1)]
        found += [alike[first:end] for first, end in pairwise(ends)]
    return found or [[]]


def typed(questions: Sequence[Question], data: Mapping[str, str], purpose: str) -> dict[str, str]:
    """What has been answered: on the other screens, and on the one that was sent.

    An empty box of that one is not sent at all, and takes back what stood in it before.
    """
    names = {prefix + question.key for question in questions for prefix in (ANSWER, WHEN)}
    names.add(CONSENT)
    before = _opened(data.get(SEALED, ""), purpose)
    if _number(data.get(SCREEN), 0) == len(screens_of(questions)):
        before.pop(CONSENT, None)
    sent = {name: data[name] for name in names if name in data}
    return {name: value for name, value in (before | sent).items() if name in names}


def sealed_again(questions: Sequence[Question], data: Mapping[str, str], purpose: str) -> str:
    """What has been answered, for a page that asks something else."""
    return _sealed(typed(questions, data, purpose), purpose)


def _sealed(answers: Mapping[str, str], purpose: str) -> str:
    kept = {name: value for name, value in answers.items() if value}
    return encrypt(json.dumps([purpose, kept])) if kept else ""


def _opened(sealed: str, purpose: str) -> dict[str, str]:
    found = unsealed(sealed)
    if not found:
        return {}
    sealed_for, answers = json.loads(found)
    return answers if sealed_for == purpose else {}


def _with_no(questions: Sequence[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """The answers, with a no wherever a question of the screen that is no text has none."""
    choices = (each.key for each in questions if each.kind != QuestionKind.TEXT)
    names = [ANSWER + key for key in choices]
    return {**answers, **{name: answers.get(name) or NO for name in names}}


def _first_wrong(form: HealthForm) -> int:
    for number, questions in enumerate(screens_of(form.questions), 1):
        if any(each.has_errors for each in form.asked(questions)):
            return number
    return len(screens_of(form.questions))


def _number(text: str | None, most: int) -> int:
    """Which screen, whatever was sent."""
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 1
    return max(1, min(number, most)) if most else number
