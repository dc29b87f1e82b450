"""Health questions and answers as callers send and get them (rules H0 to H4).

What does not fit is told by its place alone: no error says an answer back.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.fields import empty

from bookings.domain.health.evaluation import CHOICES, Asked, Given, Outcome
from bookings.domain.health.looking import Line, Reading
from bookings.domain.health.screening import judged_by, version_in_force
from bookings.domain.requests import AnswersGiven
from bookings.enums import Ask, QuestionKind
from bookings.models import Question
from studio.api.fields import Choice, FewByName, Flag, LocalDate, Strict, Text, Whole

MAX_ANSWERS = 200
TEXT_LENGTH = 1000
LONGEST_AGO = date(1900, 1, 1)
"""Whoever had an operation as a child may be old."""

BARE = [{"answer": answer} for answer in CHOICES]
"""What nearly all answers are: neither a date nor a text beside them."""

OUTCOMES = [outcome.word for outcome in Outcome]


class AnswerInput(Strict):
    """`answer` to a question of yes or no, `text` to one of kind `text`."""

    answer = Choice(choices=CHOICES, required=False)
    date = LocalDate(
        required=False,
        allow_null=True,
        earliest=LONGEST_AGO,
        help_text="With a yes that has a date.",
    )
    text = Text(required=False, allow_blank=True, lines=True, max_length=TEXT_LENGTH)

    def run_validation(self, data: Any = empty) -> Any:
        """The answer; that a bare one is in order is seen at a glance."""
        return dict(data) if data in BARE else super().run_validation(data)


class HealthScreeningInput(Strict):
    """Answers to the version that is in force; `consent` to keeping them must be true."""

    version = Whole(min_value=1, max_value=10**6)
    answers = FewByName(child=AnswerInput(), most=MAX_ANSWERS)
    consent = Flag()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse answers without consent, and such as fit no question of the version in force.

        Those to another version are outdated anyway, and nobody asked for those to none (H0).
        """
        version = version_in_force()
        if version is None:
            return attrs
        if not attrs["consent"]:
            error = ErrorDetail(_("Agree that the answers are kept, or leave them out."), "consent")
            raise ValidationError({"consent": [error]})
        if attrs["version"] == version:
            attrs["given"] = given_to(judged_by(version), attrs["answers"])
        return attrs

    @staticmethod
    def answers_of(screening: Mapping[str, Any] | None) -> AnswersGiven | None:
        """The answers as the domain takes them."""
        if not screening:
            return None
        return AnswersGiven(screening["version"], screening.get("given", {}), screening["consent"])


class HealthCheckInput(Strict):
    session_date = LocalDate(help_text="The session's date, at its location.")
    answers = FewByName(child=AnswerInput(), most=MAX_ANSWERS)


class QuestionOutput(serializers.ModelSerializer[Question]):
    """A question in the language of the answer, where the studio has written it in that."""

    class Meta:
        model = Question
        fields = ("key", "text", "help", "kind", "required", "date_label")

    def to_representation(self, instance: Question) -> dict[str, Any]:
        """Its words in the language that is spoken now."""
        language = get_language()
        words = {
            "text": instance.text_in(language),
            "help": instance.help_in(language),
            "date_label": instance.date_label_in(language),
        }
        return super().to_representation(instance) | words


class QuestionnaireOutput(serializers.Serializer[Any]):
    """The questions asked at booking; `version` is null where nothing is asked."""

    version = serializers.IntegerField(allow_null=True)
    questions = QuestionOutput(many=True)


class AnsweredOutput(serializers.Serializer[Any]):
    """One question and what was answered; empty, or null, what nobody answered."""

    key = serializers.CharField()
    question = serializers.CharField()
    answer = serializers.CharField()
    date = serializers.DateField(allow_null=True)
    text = serializers.CharField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)


class SheetOutput(serializers.Serializer[Any]):
    """One set of answers; what was on paper has none here."""

    asked = serializers.ChoiceField(choices=Ask.choices)
    version = serializers.IntegerField()
    answered_at = serializers.DateTimeField()
    seen_by = serializers.SlugField(
        allow_null=True, help_text="The therapist who has seen them on paper."
    )
    answers = AnsweredOutput(many=True)


class HealthOutput(serializers.Serializer[Any]):
    """A booking's health answers, and what they come to on its session's date."""

    outcome = serializers.ChoiceField(choices=OUTCOMES)
    sheets = SheetOutput(many=True)

    @staticmethod
    def of(reading: Reading) -> dict[str, Any]:
        """What was read, in this shape."""
        zone = reading.booking.location.zone
        return {
            "outcome": reading.evaluation.outcome.word,
            "sheets": [
                {
                    "asked": sheet.answers.ask,
                    "version": sheet.answers.version,
                    "answered_at": sheet.answers.answered_at.astimezone(zone).isoformat(
                        timespec="seconds"
                    ),
                    "seen_by": sheet.answers.seen_by.slug if sheet.answers.seen_by else None,
                    "answers": [_answered(line) for line in sheet.lines],
                }
                for sheet in reading.sheets
            ],
        }


class HealthCheckOutput(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=OUTCOMES)


def given_to(questions: Iterable[Asked], answers: Mapping[str, Any]) -> dict[str, Given]:
    """The answers as values, by the keys of these questions; raises ValidationError."""
    kinds = {question.key: question.kind for question in questions}
    errors: dict[str, Any] = {}
    given: dict[str, Given] = {}
    for key, answer in answers.items():
        if key not in kinds:
            errors[key] = [_unknown()]
        elif wrong := _wrong(kinds[key], answer):
            errors[key] = wrong
        else:
            day = answer.get("date") if kinds[key] is QuestionKind.YES_NO_DATE else None
            given[key] = Given(answer.get("answer", ""), day, answer.get("text", "").strip())
    if errors:
        raise ValidationError({"answers": errors})
    return given


def _answered(line: Line) -> dict[str, Any]:
    given, fired = line.given, line.fired
    return {
        "key": line.question.key,
        "question": line.question.text_in(get_language()),
        "answer": given.answer,
        "date": given.day.isoformat() if given.day else None,
        "text": given.text,
        "outcome": (fired.outcome if fired else Outcome.FINE).word,
    }


def _wrong(kind: QuestionKind, answer: Mapping[str, Any]) -> dict[str, list[ErrorDetail]]:
    """What is missing in an answer to a question of this kind, or has no place in it."""
    wanted, other = ("text", "answer") if kind is QuestionKind.TEXT else ("answer", "text")
    wrong = {other: [_unknown()]} if other in answer else {}
    if wanted not in answer:
        wrong[wanted] = [ErrorDetail(_("This field is required."), "required")]
    return wrong


def _unknown() -> ErrorDetail:
    return ErrorDetail(_("There is no such field."), "unknown_field")
