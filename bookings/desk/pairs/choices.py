"""What a form for two offers: when both can start, and what stands in whose way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bookings.desk.booking.choices import Choices, Obstacle, times_of
from bookings.desk.booking.place_form import PlaceForm
from bookings.domain.options import going_past, narrowed, on_step, options
from bookings.domain.pairs.places import (
    PairQuestion,
    PairSituation,
    gather_pairs,
    pair_alternatives,
)
from bookings.errors import PairUnavailable
from bookings.models import Client
from bookings.scheduling.hours import local_time
from bookings.scheduling.pairs import PairSlot
from bookings.scheduling.slots import NOTHING_OVERRIDDEN, Rule
from bookings.scheduling.timeline import Minute
from bookings.words import is_repeated, rule_words, spelled


@dataclass(frozen=True, slots=True)
class Two:
    """Who comes: names to speak of, and the rows of those who are known."""

    names: tuple[str, str]
    clients: tuple[Client | None, Client | None]


@dataclass(frozen=True, slots=True)
class _InTheWay:
    rule: Rule
    name: str
    is_hard: bool


def choices_for_two(
    form: PlaceForm, question: PairQuestion | None, two: Two, *, sees_private: bool
) -> Choices:
    """The open starts of the day, and the obstacles at the start that is typed.

    Everything is judged from rows that are gathered once.
    """
    wall, start, location = form.wall, form.start, form.location
    if location is None:
        return Choices()
    found = Choices(is_repeated=wall is not None and is_repeated(wall, location.timezone))
    if start is not None:
        found.start = spelled(local_time(start, location.zone))
    if question is None:
        return found
    situation = gather_pairs(_asking(question, is_staff=True, anyone=True))
    slots = list(on_step(_open(situation, question, NOTHING_OVERRIDDEN), location))
    found.times = times_of(slots, location, start)
    if start is not None:
        found.is_judged = True
        found.obstacles = _obstacles(situation, question, start, two, sees_private=sees_private)
    if found.obstacles or not slots:
        opens = situation.first.frame.clock.first_instant(question.first.first)
        plain = _asking(question, is_staff=False)
        found.nearby = times_of(pair_alternatives(plain, start or opens), location, start)
    return found


def _obstacles(
    situation: PairSituation,
    question: PairQuestion,
    start: Minute,
    two: Two,
    *,
    sees_private: bool,
) -> list[Obstacle]:
    """Each rule once, with the names of those in whose way it is; the hard ones first."""
    ways, gone = list(_ways(situation, question, start, two)), question.first.overridden
    found = []
    for rule in dict.fromkeys(way.rule for way in ways):
        own = [way for way in ways if way.rule is rule]
        names = ", ".join(way.name for way in own)
        words = f"{names}: {rule_words(rule, sees_private=sees_private)}"
        is_soft = not any(way.is_hard for way in own)
        found.append(Obstacle(rule.value, words, is_soft=is_soft, is_ticked=rule in gone))
    found.sort(key=lambda obstacle: obstacle.is_soft)
    past = gone | {way.rule for way in ways if not way.is_hard}
    is_hard = any(way.is_hard for way in ways)
    if not is_hard and all(slot.starts_at != start for slot in _open(situation, question, past)):
        words = str(PairUnavailable.message)
        found.insert(0, Obstacle("", words, is_soft=False, is_ticked=False))
    return found


def _ways(
    situation: PairSituation, question: PairQuestion, start: Minute, two: Two
) -> Iterator[_InTheWay]:
    """The rules that keep either of the two from starting then, as if alone."""
    sides = zip(situation.each, question.each, two.names, two.clients, strict=True)
    for side, asked, name, client in sides:
        judged = options(side, asked, start, client=client)
        for rule in judged.obstacles:
            yield _InTheWay(rule, name, judged.is_hard and rule is judged.obstacles[-1])


def _open(
    situation: PairSituation, question: PairQuestion, past: frozenset[Rule]
) -> Iterator[PairSlot]:
    """The starts for both, with whom they ask for, past some rules."""
    first, second = (
        narrowed(going_past(side, past), therapist=asked.therapist, room=asked.room)
        for side, asked in zip(situation.each, question.each, strict=True)
    )
    return replace(situation, first=first, second=second).search.slots()


def _asking(question: PairQuestion, *, is_staff: bool, anyone: bool = False) -> PairQuestion:
    """The same question without a rule left out; of clients, whose starts lie on the step."""
    plain = question.asking(is_staff=is_staff, overridden=NOTHING_OVERRIDDEN)
    return plain.asking(therapist=None) if anyone else plain
