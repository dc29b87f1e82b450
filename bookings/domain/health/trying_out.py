"""What a version of the health questions would make of past answers, in counts alone (H1, H3).

No person looks at an answer here. Nobody can be made out either: counts are rounded before they
leave this module, and there are none of so few forms that somebody could be guessed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bookings.domain.health.answers import unpacked
from bookings.domain.health.evaluation import Asked, Evaluation, Given, Outcome, Why, evaluate
from bookings.domain.health.screening import as_asked
from bookings.enums import QuestionKind
from bookings.errors import AnswersUnreadable
from bookings.models import Answers, Question, Questionnaire

MOST_FORMS = 5000
FEWEST_FORMS = 20
STEP = 5
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Line:
    """How many forms came to an outcome, and how many would; None where fewer than five."""

    outcome: Outcome
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Trial:
    """The newest forms under the questions that they answered, and under those of a version.

    `undecided` are forms of which nothing is known that calls for a person, but a new required
    question is open; `differ` those that come to something else; `unreadable` those whose key is
    missing, which are not counted elsewhere. All to the nearest five; None where fewer.
    """

    forms: int
    lines: tuple[Line, ...]
    differ: int | None
    undecided: int | None
    unreadable: int | None


def try_out(version: Questionnaire, *, limit: int = MOST_FORMS) -> Trial | None:
    """Judge the newest forms by a version, each for its session's date; None where too few."""
    pairs: Counter[tuple[Outcome, Outcome | None]] = Counter()
    unreadable = 0
    now_asked = _by_time(version.questions.all())
    then_asked: dict[int, dict[str, list[Asked]]] = {}
    for form in _forms(limit):
        if form.version not in then_asked:
            asked = Question.objects.filter(questionnaire__version=form.version)
            then_asked[form.version] = _by_time(asked)
        try:
            given = unpacked(form.cipher)
        except AnswersUnreadable:
            unreadable += 1
            continue
        then = then_asked[form.version].get(form.ask, [])
        before = evaluate(then, given, on=form.on, barefoot=form.barefoot).outcome
        pairs[before, _after(now_asked.get(form.ask, []), then, given, form)] += 1
    return _told(pairs, unreadable) if pairs.total() >= FEWEST_FORMS else None


class _Form(NamedTuple):
    cipher: str
    version: int
    ask: str
    on: date
    barefoot: bool


def _forms(limit: int) -> Iterator[_Form]:
    """The newest forms that count, a few at a time, so that the memory stays small."""
    rows = Answers.objects.current().exclude(cipher="").order_by("-pk")
    values = rows.values_list("cipher", "version", "ask", "booking__date", "booking__barefoot")
    return (_Form(*row) for row in values[:limit].iterator(chunk_size=CHUNK))


def _by_time(questions: Iterable[Question]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {}
    for question in questions:
        found.setdefault(question.ask, []).extend(as_asked([question]))
    return found


def _after(
    now: Sequence[Asked], then: Sequence[Asked], given: Mapping[str, Given], form: _Form
) -> Outcome | None:
    """What a form would come to; None where that hangs on a question nobody was asked then."""
    was_text = {each.key: each.kind is QuestionKind.TEXT for each in then}
    known = {each.key for each in now if was_text.get(each.key) is (each.kind is QuestionKind.TEXT)}
    comparable = {key: answer for key, answer in given.items() if key in known}
    found = evaluate(now, comparable, on=form.on, barefoot=form.barefoot)
    return _certain(found, known)


def _certain(found: Evaluation, known: set[str]) -> Outcome | None:
    """The outcome of what was asked then, unless a new question could still make it stricter."""
    sure = [each for each in found.fired if each.why is not Why.UNANSWERED or each.key in known]
    outcome = max((each.outcome for each in sure), default=Outcome.FINE)
    return outcome if outcome.needs_a_person or len(sure) == len(found.fired) else None


def _told(pairs: Counter[tuple[Outcome, Outcome | None]], unreadable: int) -> Trial:
    before: Counter[Outcome] = Counter()
    after: Counter[Outcome | None] = Counter()
    for (was, would), count in pairs.items():
        before[was] += count
        after[would] += count
    return Trial(
        forms=_rounded(pairs.total()),
        lines=tuple(Line(each, _about(before[each]), _about(after[each])) for each in Outcome),
        differ=_about(sum(n for (was, would), n in pairs.items() if would not in (was, None))),
        undecided=_about(after[None]),
        unreadable=_about(unreadable),
    )


def _about(count: int) -> int | None:
    return _rounded(count) if count >= STEP else None


def _rounded(count: int) -> int:
    return (count + STEP // 2) // STEP * STEP
