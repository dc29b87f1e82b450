"""Health answers in words, for the two pages on which they may be read (rule H3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from bookings.domain.health.evaluation import NO, NOT_SURE, YES, Fired, Outcome, Why
from bookings.domain.health.looking import Line, Sheet
from bookings.models import Booking
from bookings.words import at_location

OUTCOMES = {
    Outcome.FINE: gettext_lazy("fine"),
    Outcome.NOTE: gettext_lazy("fine, and the therapist is told"),
    Outcome.REVIEW: gettext_lazy("a person decides"),
    Outcome.UNSUITABLE: gettext_lazy("unsuitable for barefoot work"),
}
ANSWERS = {
    YES: gettext_lazy("Yes"),
    NO: gettext_lazy("No"),
    NOT_SURE: gettext_lazy("Not sure"),
    "": gettext_lazy("not answered"),
}
WHYS = {
    Why.YES: gettext_lazy("answered with yes"),
    Why.LONGER_AGO: gettext_lazy("longer ago than the windows of this question"),
    Why.DATE_MISSING: gettext_lazy("yes without a date, so the strictest window counts"),
    Why.DATE_AFTER: gettext_lazy("the date lies after the session"),
    Why.TEXT: gettext_lazy("something was written"),
    Why.NOT_SURE: gettext_lazy("not sure"),
    Why.UNANSWERED: gettext_lazy("required, and not answered"),
    Why.UNREADABLE: gettext_lazy("cannot be read"),
}

SAID_BY_THE_ANSWER = (Why.YES, Why.TEXT, Why.NOT_SURE)


@dataclass(frozen=True, slots=True)
class Told:
    """One question and its answer; `outcome` and `why` where something follows."""

    question: str = field(repr=False)
    answer: str = field(repr=False)
    outcome: str = field(repr=False)
    why: str = field(repr=False)
    is_serious: bool = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """One set of answers: where it is from, what something follows from, and the rest."""

    title: str
    source: str
    told: list[Told] = field(repr=False)
    rest: list[Told] = field(repr=False)


def page_of(sheet: Sheet, booking: Booking) -> Page:
    """A sheet in words."""
    answers = sheet.answers
    lines = [told(line, booking) for line in sheet.lines]
    if answers.seen_by is not None:
        source = _("on paper, seen by %(name)s") % {"name": answers.seen_by.name}
    else:
        source = _("questions of version %(version)s") % {"version": answers.version}
    return Page(
        title=f"{answers.get_ask_display()}, {at_location(answers.answered_at, booking)}",
        source=source,
        told=[each for each in lines if each.outcome],
        rest=[each for each in lines if not each.outcome],
    )


def told(line: Line, booking: Booking) -> Told:
    """A line in words."""
    given, fired = line.given, line.fired
    answer = given.text or str(ANSWERS[given.answer])
    if given.day is not None:
        answer = f"{answer}, {date_format(given.day, _('j M Y'))} ({_ago(line, booking)})"
    return Told(
        question=line.question.text_in(get_language()),
        answer=answer,
        outcome=str(OUTCOMES[fired.outcome]) if fired else "",
        why=why(fired) if fired else "",
        is_serious=bool(fired and fired.outcome.needs_a_person),
    )


def why(fired: Fired) -> str:
    """Which rule it was."""
    if fired.why is Why.WITHIN and fired.within_days is not None:
        days = fired.within_days
        words = ngettext(
            "at most %(days)s day before the session",
            "at most %(days)s days before the session",
            days,
        )
        return words % {"days": days}
    return str(WHYS[fired.why])


def notes_in(sheets: Iterable[Sheet], booking: Booking) -> Iterator[Told]:
    """What a therapist has to know of them; why only where the answer does not say it itself."""
    for sheet in sheets:
        for line in sheet.lines:
            if line.fired is not None:
                note = told(line, booking)
                yield replace(note, why="") if line.fired.why in SAID_BY_THE_ANSWER else note


def _ago(line: Line, booking: Booking) -> str:
    days = (booking.date - line.given.day).days if line.given.day else 0
    if days < 0:
        return _("after the session")
    words = ngettext("%(days)s day before the session", "%(days)s days before the session", days)
    return words % {"days": days}
