"""The health questions as a form, the same one wherever they are asked (rules H1 to H5).

What is answered travels in forms alone: never in an address, a session, a cookie or a log.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bookings.domain.health.evaluation import NO, NOT_SURE, YES, Given
from bookings.domain.health.screening import asked_at
from bookings.domain.requests import AnswersGiven
from bookings.enums import Ask, QuestionKind
from bookings.models import Question, Questionnaire
from bookings.pages.forms import LabelledForm, readable

TEXT_LENGTH = 1000
EARLIEST = date(1900, 1, 1)
CHOICES = (
    (YES, gettext_lazy("Yes")),
    (NO, gettext_lazy("No")),
    (NOT_SURE, gettext_lazy("Not sure")),
)
ANSWER, WHEN, CONSENT = "answer-", "when-", "consent"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its fields; `when` for one that has a date."""

    answer: BoundField
    when: BoundField | None

    @property
    def has_errors(self) -> bool:
        """Whether something about it does not fit."""
        return bool(self.answer.errors or (self.when and self.when.errors))


class HealthForm(LabelledForm):
    """Yes, no or not sure to each question; with a date or words where those matter."""

    def __init__(
        self, questions: Sequence[Question], data: Any = None, *, asks_consent: bool = True
    ) -> None:
        super().__init__(data)
        self.questions = questions
        for question in questions:
            self.fields[ANSWER + question.key] = _answer(question)
            if question.kind == QuestionKind.YES_NO_DATE:
                self.fields[WHEN + question.key] = _when(question)
        if asks_consent:
            self.fields[CONSENT] = _consent()

    def without_errors(self) -> "HealthForm":
        """The form as it was filled in, without a word about what is missing yet."""
        if not self.is_bound:
            return self
        form = HealthForm(self.questions, asks_consent=CONSENT in self.fields)
        form.initial = {name: self.data[name] for name in form.fields if self.data.get(name)}
        return form

    def clean(self) -> dict[str, Any]:
        """Leave out dates that nobody asked for; those are no mistakes either."""
        for question in self.questions:
            when = WHEN + question.key
            if when in self.fields and self.cleaned_data.get(ANSWER + question.key) != YES:
                self.cleaned_data[when] = None
                self.errors.pop(when, None)
        return self.cleaned_data

    def asked(self, questions: Iterable[Question]) -> list[Asked]:
        """Some of the questions, with their fields."""
        return [
            Asked(
                self[ANSWER + question.key],
                self[WHEN + question.key] if WHEN + question.key in self.fields else None,
            )
            for question in questions
        ]

    @property
    def consent(self) -> BoundField | None:
        """The box to agree in, where answers are kept."""
        return self[CONSENT] if CONSENT in self.fields else None

    def to_given(self) -> dict[str, Given]:
        """The answers by the keys of their questions."""
        return {question.key: self._given(question) for question in self.questions}

    def to_answers(self, version: int, asks: tuple[Ask, ...] = (Ask.BOOKING,)) -> AnswersGiven:
        """What the domain is told."""
        return AnswersGiven(version, self.to_given(), self.cleaned_data[CONSENT], asks)

    def _given(self, question: Question) -> Given:
        answer = self.cleaned_data[ANSWER + question.key]
        if question.kind == QuestionKind.TEXT:
            return Given(text=readable(answer))
        return Given(answer, self.cleaned_data.get(WHEN + question.key))


def questions_at(
    questionnaire: Questionnaire | None, asks: Sequence[Ask] = (Ask.BOOKING,)
) -> list[Question]:
    """The questions that a form asks, those of the day last."""
    return [question for ask in asks for question in asked_at(questionnaire, [ask])]


def _answer(question: Question) -> forms.Field:
    language = get_language()
    text = question.text_in(language)
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(
            label=text if question.required else _optional(text),
            help_text=question.help_in(language),
            required=question.required,
            max_length=TEXT_LENGTH,
            widget=forms.Textarea({"rows": 3}),
        )
    return forms.ChoiceField(
        label=text if question.required else _optional(text),
        help_text=question.help_in(language),
        required=question.required,
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("This is still open. If you do not know, choose “Not sure”."),
        },
    )


def _when(question: Question) -> forms.DateField:
    when = question.date_label_in(get_language()) or _("when was it?")
    return forms.DateField(
        label=_("If yes: %(when)s") % {"when": when},
        help_text=_("About when is enough. Leave it empty if you do not know."),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date", "min": EARLIEST.isoformat()}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a date, such as 2026-05-31.")},
        validators=[_not_too_early],
    )


def _not_too_early(day: date) -> None:
    if day < EARLIEST:
        raise forms.ValidationError(_("Give a date, such as 2026-05-31."))


def _consent() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I agree that the studio keeps these answers for my session."),
        error_messages={
            "required": _("Agree that the answers are kept, or go on without answering here.")
        },
    )


def _optional(words: str) -> str:
    return _("%(question)s (optional)") % {"question": words}
