"""The health questions and what follows from their answers, in words for who edits them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.health.sheets import OUTCOMES, why
from bookings.domain.health.evaluation import Fired, Outcome, Why, Window
from bookings.domain.health.screening import as_asked
from bookings.domain.health.versions import Changed, Difference, Moved
from bookings.models import Question, Questionnaire

PARTS: dict[str, str | Promise] = {
    "text": gettext_lazy("Question"),
    "text_es": gettext_lazy("Question in Spanish"),
    "help": gettext_lazy("Line below it"),
    "help_es": gettext_lazy("Line below it in Spanish"),
    "kind": gettext_lazy("Answer"),
    "date_label": gettext_lazy("What is asked beside the date"),
    "date_label_es": gettext_lazy("What is asked beside the date in Spanish"),
    "ask": gettext_lazy("Asked"),
    "required": gettext_lazy("Without an answer"),
    "outcomes": gettext_lazy("What follows"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question, as it was and as it is."""

    name: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True, slots=True)
class Told:
    """All that differs between two versions: each question with what follows, or its parts."""

    added: list[tuple[Question, list[str]]]
    removed: list[tuple[Question, list[str]]]
    changed: list[tuple[Question, list[Part]]]
    moved: tuple[Moved, ...]


def told(found: Difference) -> Told:
    """A difference in words."""
    return Told(
        added=[(each, follows(each)) for each in found.added],
        removed=[(each, follows(each)) for each in found.removed],
        changed=[(each.after, _parts(each)) for each in found.changed],
        moved=found.moved,
    )


def follows(question: Question) -> list[str]:
    """What its answers come to, a sentence for each; nothing follows from a no."""
    (asked,) = as_asked([question])
    windows = asked.windows
    if question.kind == Question.Kind.TEXT:
        words = _("Something is written: %(outcome)s")
        return [words % {"outcome": OUTCOMES[each.outcome]} for each in windows]
    if question.kind == Question.Kind.YES_NO:
        return [_("Yes: %(outcome)s") % {"outcome": OUTCOMES[each.outcome]} for each in windows]
    return [_dated(window, is_only=len(windows) == 1) for window in windows]


def standing(questionnaire: Questionnaire, newest: Questionnaire | None) -> str:
    """Whether a version is asked; `newest` is the one in force."""
    if questionnaire.signed_off_on is None:
        return _("draft: asks nothing yet")
    signed = _("signed off by %(name)s on %(day)s") % {
        "name": questionnaire.signed_off_by,
        "day": date_format(questionnaire.signed_off_on, _("j M Y")),
    }
    if newest is not None and questionnaire.pk == newest.pk:
        return _("in force, %(signed)s") % {"signed": signed}
    return _("replaced, %(signed)s") % {"signed": signed}


def _dated(window: Window, *, is_only: bool) -> str:
    outcome = OUTCOMES[window.outcome]
    if window.within_days is not None:
        reached = why(Fired("", window.outcome, Why.WITHIN, window.within_days))
        return _("Yes, %(when)s: %(outcome)s") % {"when": reached, "outcome": outcome}
    if is_only:
        return _("Yes, whenever it was: %(outcome)s") % {"outcome": outcome}
    return _("Yes, longer ago: %(outcome)s") % {"outcome": outcome}


def _parts(changed: Changed) -> list[Part]:
    return [
        Part(str(PARTS[name]), _said(changed.before, name), _said(changed.after, name))
        for name in changed.names
    ]


def _said(question: Question, name: str) -> list[str]:
    if name in _SAID:
        return _SAID[name](question)
    words: str = getattr(question, name)
    return [words or _("nothing")]


def _without(question: Question) -> list[str]:
    if question.required:
        return [str(OUTCOMES[Outcome.REVIEW])]
    return [_("nothing follows")]


_SAID: dict[str, Callable[[Question], list[str]]] = {
    "kind": lambda each: [each.get_kind_display()],
    "ask": lambda each: [each.get_ask_display()],
    "required": _without,
    "outcomes": follows,
}
