"""How the health questionnaire is edited and signed off (rules H0 and H1).

What was signed off stays as it is: answers refer to it. Drafts alone change, and they ask nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bookings.domain.health.screening import in_force
from bookings.domain.health.versions import fingerprint
from bookings.domain.schedule import changing_schedule, latest_today
from bookings.errors import (
    QuestionnaireChanged,
    QuestionnaireSignedOff,
    QuestionnaireSuperseded,
)
from bookings.models import Question, Questionnaire
from bookings.scheduling.timeline import Minute

OUTCOMES = ("fine", "note", "review", "unsuitable")
WORDS_OF_A_KEY = 4


def new_draft(like: Questionnaire | None = None) -> Questionnaire:
    """A version that nobody has signed off yet, with the questions of another or none."""
    with changing_schedule():
        highest: int | None = Questionnaire.objects.aggregate(highest=Max("version"))["highest"]
        draft = Questionnaire.objects.create(version=(highest or 0) + 1)
        questions = list(like.questions.all()) if like else []
        for question in questions:
            question.pk, question.questionnaire = None, draft
            question._state.adding = True
        Question.objects.bulk_create(questions)
    return draft


def discard(version: int) -> None:
    """Delete a draft; raises QuestionnaireSignedOff."""
    with _editing(version) as draft:
        draft.delete()


def add_question(version: int, question: Question) -> Question:
    """Ask a question last in a draft, under a key of its own that is made of its words.

    Raises QuestionnaireSignedOff, and ValidationError for outcomes that leave a yes without one.
    """
    check_outcomes(question.kind, question.outcomes)
    with _editing(version) as draft:
        last: int | None = draft.questions.aggregate(last=Max("position"))["last"]
        question.questionnaire, question.position = draft, (last or 0) + 1
        question.key = _new_key(question.text)
        question.save(force_insert=True)
    return question


def change_question(version: int, question: Question) -> None:
    """Keep a question of a draft as it is now; its key and its place stay. Raises as adding does.

    One that somebody has removed meanwhile raises Question.DoesNotExist.
    """
    check_outcomes(question.kind, question.outcomes)
    with _editing(version) as draft:
        kept = draft.questions.get(pk=question.pk)
        question.questionnaire, question.key, question.position = draft, kept.key, kept.position
        question.save(force_update=True)


def remove_question(version: int, key: str) -> None:
    """Ask it no more, from this draft on; raises QuestionnaireSignedOff."""
    with _editing(version) as draft:
        draft.questions.filter(key=key).delete()


def move_question(version: int, key: str, *, down: bool) -> None:
    """Ask a question of a draft one place earlier or later among those of the same time."""
    with _editing(version) as draft:
        everything = list(draft.questions.order_by("position", "key"))
        moved = next((each for each in everything if each.key == key), None)
        if moved is None:
            return
        siblings = [each for each in everything if each.ask == moved.ask]
        at = siblings.index(moved) + (1 if down else -1)
        if 0 <= at < len(siblings):
            first, second = everything.index(moved), everything.index(siblings[at])
            everything[first], everything[second] = everything[second], everything[first]
        for position, each in enumerate(everything, start=1):
            each.position = position
        Question.objects.bulk_update(everything, ["position"])


def sign_off(version: int, *, by: str, read: str, now: Minute) -> Questionnaire:
    """Put a draft in force: from now on its questions are asked (rules H0 and H5).

    `read` is the `fingerprint` of what the signer has read. Raises QuestionnaireChanged when it
    is no more that, QuestionnaireSignedOff, and QuestionnaireSuperseded.
    """
    with changing_schedule(), _editing(version) as draft:
        newest = in_force()
        if newest is not None and newest.version > version:
            raise QuestionnaireSuperseded
        if fingerprint(draft.questions.all()) != read:
            raise QuestionnaireChanged
        draft.signed_off_by, draft.signed_off_on = by, latest_today(now)
        draft.save(update_fields=["signed_off_by", "signed_off_on"])
    return draft


def check_outcomes(kind: str, outcomes: Any) -> None:
    """Refuse outcomes of which none would fit, or one never would; raises ValidationError.

    With a date they are windows that grow, and a last one without a window for all that is
    longer ago; without a date there is only that one.
    """
    if not isinstance(outcomes, list) or not all(map(_is_outcome, outcomes)):
        raise ValidationError(_("Say what follows."))
    windows = [outcome.get("within_days") for outcome in outcomes]
    if kind != Question.Kind.YES_NO_DATE and windows != [None]:
        raise ValidationError(_("Where no date is asked, one thing follows."))
    if not _grow(windows):
        raise ValidationError(_("Give each number of days once, and say what follows after them."))


@contextmanager
def _editing(version: int) -> Iterator[Questionnaire]:
    """A draft that nobody else edits or signs meanwhile.

    Raises QuestionnaireSignedOff for what is none, and Questionnaire.DoesNotExist.
    """
    with transaction.atomic():
        draft = Questionnaire.objects.select_for_update().get(version=version)
        if draft.signed_off_on is not None:
            raise QuestionnaireSignedOff
        yield draft


def _new_key(text: str) -> str:
    """A key that no version has: what was asked under another one was another question."""
    words = [word for word in slugify(text).split("-") if word.isalpha()]
    root = "_".join(words[-WORDS_OF_A_KEY:])[:40] or "question"
    taken = set(Question.objects.filter(key__startswith=root).values_list("key", flat=True))
    number, key = 1, root
    while key in taken:
        number += 1
        key = f"{root}_{number}"
    return key


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
