"""How the health questionnaire is edited (rules H0 and H1)."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from bookings.models import Question, Questionnaire

OUTCOMES = ("fine", "note", "review", "unsuitable")


def next_version() -> int:
    """The number after the highest there is."""
    highest: int | None = Questionnaire.objects.aggregate(highest=Max("version"))["highest"]
    return (highest or 0) + 1


def copy_as_draft(questionnaire: Questionnaire) -> Questionnaire:
    """A new version with the same questions, that nobody has signed off yet.

    What was signed off stays as it is: answers refer to it. Call it while changing the schedule.
    """
    draft = Questionnaire.objects.create(version=next_version())
    questions = list(questionnaire.questions.all())
    for question in questions:
        question.pk, question.questionnaire = None, draft
        question._state.adding = True
    Question.objects.bulk_create(questions)
    return draft


def check_outcomes(kind: str, outcomes: Any) -> None:
    """Refuse outcomes of which none would fit, or one never would; raises ValidationError.

    With a date they are windows that grow, and a last one without a window for all that is
    longer ago; without a date there is only that one.
    """
    if not isinstance(outcomes, list) or not all(map(_is_outcome, outcomes)):
        raise ValidationError(
            _('Give a list such as [{"within_days": 3, "outcome": "review"}, {"outcome": "fine"}].')
        )
    windows = [outcome.get("within_days") for outcome in outcomes]
    if kind != Question.Kind.YES_NO_DATE and windows != [None]:
        raise ValidationError(_("Give one outcome without within_days, as no date is asked."))
    if not _grow(windows):
        raise ValidationError(
            _(
                "Give each outcome a wider within_days than the one before, and a last one"
                " without within_days."
            )
        )


def _is_outcome(outcome: Any) -> bool:
    if not isinstance(outcome, dict) or not outcome.keys() <= {"within_days", "outcome"}:
        return False
    days = outcome.get("within_days", 0)
    is_days = isinstance(days, int) and not isinstance(days, bool) and days >= 0
    return is_days and outcome.get("outcome") in OUTCOMES


def _grow(windows: Sequence[int | None]) -> bool:
    *dated, last = windows or [0]
    widening = [window for window in dated if window is not None]
    return (
        last is None
        and len(widening) == len(dated)
        and all(narrow < wide for narrow, wide in pairwise(widening))
    )
