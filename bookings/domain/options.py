"""What staff can choose from at one start: who takes it, where, and what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bookings.domain.bookable.assignment import able_rooms, able_therapists, refused_by
from bookings.domain.bookable.availability import MAX_ALTERNATIVES, Situation, gather
from bookings.domain.bookable.question import Question
from bookings.domain.clients.identity import sessions_of
from bookings.domain.placing import nearest_to
from bookings.domain.refusals import may_override
from bookings.models import Client
from bookings.scheduling.hours import local_time
from bookings.scheduling.pairs import PairSlot
from bookings.scheduling.slots import NOTHING_OVERRIDDEN, Rule, Slot, nearest
from bookings.scheduling.timeline import Interval, Minute
from studio.premises.models import Location


@dataclass(frozen=True, slots=True)
class Options:
    """Who can take a session at one start, and in which rooms: ids, best first (A1 and A2).

    `obstacles` are the rules that keep those who are asked for, or everybody, from taking it.
    With a reason reception gets past them, unless the last of them is hard.
    """

    therapists: list[int]
    rooms: list[int]
    obstacles: tuple[Rule, ...]
    is_hard: bool


def everybody(question: Question) -> Situation:
    """All that decides a question, for every therapist and room; none of the rules left out."""
    return gather(replace(question, therapist=None, room=None, overridden=NOTHING_OVERRIDDEN))


def options(
    situation: Situation, question: Question, start: Minute, *, client: Client | None = None
) -> Options:
    """What can be chosen at a start of a situation of `everybody`.

    The question says who and which room are asked for, and which rules are overridden: those
    count for the choice, and are still named as obstacles. A known client is looked for in
    other sessions (rule S10), with one query.
    """
    past = going_past(situation, question.overridden)
    asked = narrowed(situation, therapist=question.therapist, room=question.room)
    rules, is_hard = _obstacles(asked, start)
    if client is not None and _is_elsewhere(client, question, start):
        rules = (Rule.CLIENT_FREE, *rules)
    return Options(able_therapists(past, start), able_rooms(past, start), rules, is_hard)


def _obstacles(situation: Situation, start: Minute) -> tuple[tuple[Rule, ...], bool]:
    """The rules in the order in which they would refuse it, up to the first hard one."""
    question, found = situation.frame.question, list[Rule]()
    while not (able_therapists(situation, start) and able_rooms(situation, start)):
        rule = refused_by(situation, start)
        if rule in found:
            return tuple(found), True
        found.append(rule)
        if not may_override(rule, question, start):
            return tuple(found), True
        situation = going_past(situation, frozenset(found))
    return tuple(found), False


def _is_elsewhere(client: Client, question: Question, start: Minute) -> bool:
    session = Interval(start, start + question.length.duration)
    others = sessions_of(client, session, now=question.now, moving=question.moving)
    return any(other.overlaps(session) for other in others)


def going_past(situation: Situation, rules: frozenset[Rule]) -> Situation:
    """The same rows, judged without some soft rules."""
    frame = replace(situation.frame, question=replace(situation.frame.question, overridden=rules))
    search = replace(situation.search, start=frame.starts(), overridden=rules)
    return replace(situation, frame=frame, search=search)


def narrowed(situation: Situation, *, therapist: str | None, room: str | None) -> Situation:
    """The same rows with only the named therapist and the named room in them (slugs)."""
    search = replace(
        situation.search,
        therapists=tuple(
            resource
            for resource in situation.search.therapists
            if therapist is None or resource.slug == therapist
        ),
        rooms=tuple(
            resource for resource in situation.search.rooms if room is None or resource.slug == room
        ),
    )
    return replace(situation, search=search)


def starts_on_step(
    situation: Situation, *, therapist: str | None = None, room: str | None = None
) -> list[Slot]:
    """The open starts on the location's step, for those who are named.

    Reception may start at any five minutes; all of those in a row would be no choice.
    """
    asked = narrowed(situation, therapist=therapist, room=room)
    return list(on_step(asked.search.slots(), situation.frame.question.location))


def open_nearby(situation: Situation, question: Question, start: Minute) -> list[Slot]:
    """The nearest open starts of the situation's dates on the step, else the nearest of all.

    Of other dates those come first that clients are offered: they are on the step too.
    """
    here = starts_on_step(situation, therapist=question.therapist, room=question.room)
    if here:
        return nearest(here, start, MAX_ALTERNATIVES)
    asked = replace(question, overridden=NOTHING_OVERRIDDEN)
    return nearest_to(replace(asked, is_staff=False), start) or nearest_to(asked, start)


def on_step[S: (Slot, PairSlot)](slots: Iterable[S], location: Location) -> Iterable[S]:
    """Those of the starts that lie on the location's step."""
    for slot in slots:
        wall = local_time(slot.starts_at, location.zone)
        if (wall.hour * 60 + wall.minute) % location.slot_step_minutes == 0:
            yield slot
