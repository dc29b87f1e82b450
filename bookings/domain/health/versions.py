"""What differs between two versions of the health questionnaire (rule H1).

Values in, values out. A question is the same one as long as its key is, whatever it says.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

from bookings.enums import Ask
from bookings.models import Question

COMPARED = (
    *("text", "text_es", "help", "help_es", "kind", "date_label", "date_label_es"),
    *("ask", "required", "outcomes"),
)
"""What a question consists of, in the order in which people read it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that is asked in both, as it was and as it is, and what is different about it."""

    before: Question
    after: Question
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A question that has another place among those that both ask; places count from 1."""

    question: Question
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; questions that were removed are those of the version before."""

    added: tuple[Question, ...]
    removed: tuple[Question, ...]
    changed: tuple[Changed, ...]
    moved: tuple[Moved, ...]

    def __bool__(self) -> bool:
        """Whether anything does."""
        return bool(self.added or self.removed or self.changed or self.moved)


def difference(before: Iterable[Question], after: Iterable[Question]) -> Difference:
    """What somebody who was asked the one is asked otherwise by the other."""
    first, second = in_order(before), in_order(after)
    then = {question.key: question for question in first}
    now = {question.key: question for question in second}
    changed = [
        Changed(then[question.key], question, found)
        for question in second
        if question.key in then and (found := _changes(then[question.key], question))
    ]
    return Difference(
        added=tuple(each for each in second if each.key not in then),
        removed=tuple(each for each in first if each.key not in now),
        changed=tuple(changed),
        moved=tuple(_moved(first, second)),
    )


def in_order(questions: Iterable[Question]) -> list[Question]:
    """As clients meet them: those of booking first, then those of the day before."""
    return sorted(questions, key=lambda each: (each.ask != Ask.BOOKING, each.position, each.key))


def fingerprint(questions: Iterable[Question]) -> str:
    """Another one for other questions, other words or another order."""
    told = [[each.key, *(getattr(each, name) for name in COMPARED)] for each in in_order(questions)]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _changes(before: Question, after: Question) -> tuple[str, ...]:
    return tuple(name for name in COMPARED if getattr(before, name) != getattr(after, name))


def _moved(first: Sequence[Question], second: Sequence[Question]) -> list[Moved]:
    """The fewest questions whose moving makes one order into the other."""
    now = {question.key for question in second}
    then = {question.key for question in first}
    before = [question.key for question in first if question.key in now]
    after = [question.key for question in second if question.key in then]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {key for block in blocks for key in before[block.a : block.a + block.size]}
    by_key = {question.key: question for question in second}
    return [
        Moved(by_key[key], before.index(key) + 1, place)
        for place, key in enumerate(after, start=1)
        if key not in stayed
    ]
