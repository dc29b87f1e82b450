"""Why a start is open or not: every rule for each therapist and room, by the one predicate."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bookings.domain.bookable.question import Question
from bookings.domain.bookable.taken import in_the_way
from bookings.domain.explain.asked import Asked, Reason, Verdict, verdict
from bookings.domain.explain.places import not_offered, of_place
from bookings.domain.explain.rooms import RoomReasons
from bookings.domain.explain.stage import Pick, Stage
from bookings.domain.explain.therapists import TherapistReasons
from bookings.domain.options import open_nearby
from bookings.domain.refusals import CONCEALED
from bookings.models import SessionType
from bookings.scheduling.hours import local_date
from bookings.scheduling.slots import OVERRIDABLE, Resource, Rule, Slot
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, Room
from therapists.models import Therapist

__all__ = ["Explained", "Explanation", "Reason", "Verdict", "explain"]


@dataclass(frozen=True, slots=True)
class Explained[T]:
    """A therapist or a room, and what each rule says of it."""

    what: T
    verdicts: tuple[Verdict, ...]

    @property
    def ok(self) -> bool:
        """Whether no rule is broken."""
        return all(each.ok for each in self.verdicts)

    @property
    def is_soft(self) -> bool:
        """Whether rules are broken, and reception can override all of them."""
        return not self.ok and all(each.soft for each in self.verdicts if not each.ok)

    @property
    def broken(self) -> list[Verdict]:
        """What forbids it."""
        return [each for each in self.verdicts if not each.ok]

    @property
    def kept(self) -> list[Verdict]:
        """What allows it."""
        return [each for each in self.verdicts if each.ok]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What can be said of one start; therapists and rooms nearest to being possible first.

    `online` is whom and which room a client would get, `at_desk` whom reception would, going past
    the rules of `override` if it has to; None where nobody can book it. `nearby` are the nearest
    starts on the step that reception can book without an override.
    """

    question: Question
    start: Minute
    place: tuple[Verdict, ...]
    therapists: tuple[Explained[Therapist], ...]
    rooms: tuple[Explained[Room], ...]
    online: Pick | None
    at_desk: Pick | None
    override: tuple[Rule, ...]
    nearby: tuple[Slot, ...]


def explain(
    location: Location,
    session_type: SessionType,
    start: Minute,
    therapist: Therapist | None = None,
    *,
    now: Minute,
    sees_private: bool,
) -> Explanation:
    """Every rule about a start on a multiple of 5 minutes, S10 apart, which needs a client.

    Of the therapists those who could matter: they offer the session or work at the location; with
    a named one, she alone. Without `sees_private` no private period is given away (rule S7).
    """
    day = local_date(location.timezone, start)
    question = Question(
        location=location,
        session_type=session_type,
        first=day,
        last=day,
        now=now,
        is_staff=True,
        therapist=therapist.slug if therapist else None,
    )
    stage = Stage.of(question)
    asked = _asked(stage, start)
    refused = not_offered(question)
    at_desk, override = stage.picked_at_desk(start)
    return Explanation(
        question,
        start,
        place=tuple(of_place(asked, refused)),
        therapists=_explained_therapists(stage, asked, refused, sees_private=sees_private),
        rooms=_explained_rooms(stage, asked),
        online=stage.picked_online(start),
        at_desk=at_desk,
        override=override,
        nearby=tuple(open_nearby(stage.situation, question, start)),
    )


def _asked(stage: Stage, start: Minute) -> Asked:
    question = stage.frame.question
    stretch = question.length.occupied_from(start)
    bookings = in_the_way(question, stretch, stage.therapists, stage.rooms)
    rows = bookings.select_related("location", "client").order_by("starts_at")
    return Asked(stage.frame, start, tuple(rows))


def _explained_therapists(
    stage: Stage, asked: Asked, refused: list[Reason], *, sees_private: bool
) -> tuple[Explained[Therapist], ...]:
    known = TherapistReasons.gather(asked, stage.situation.taken, list(stage.therapists), refused)
    explained = []
    for entry in stage.situation.roster:
        therapist, unbooked = stage.therapists[entry.pk], stage.unbooked[entry.pk]
        verdicts = _verdicts(asked, entry.resource, partial(known.of, therapist, unbooked))
        if not sees_private:
            verdicts = _concealed(verdicts)
        explained.append(Explained(therapist, verdicts))
    return tuple(sorted(explained, key=_farness))


def _explained_rooms(stage: Stage, asked: Asked) -> tuple[Explained[Room], ...]:
    known = RoomReasons.gather(asked, list(stage.rooms))
    explained = [
        Explained(room, _verdicts(asked, entry.resource, partial(known.of, room)))
        for entry in stage.situation.rooms
        for room in [stage.rooms[entry.pk]]
    ]
    return tuple(sorted(explained, key=_farness))


def _verdicts(
    asked: Asked, resource: Resource, reasons: Callable[[Rule], list[Reason]]
) -> tuple[Verdict, ...]:
    """What each rule says of a therapist or a room, in the rules' order."""
    cell = asked.frame.window.cell_of(asked.start)
    assert cell is not None  # the window holds every 5 minutes of the start's date
    broken = resource.refusals(asked.question.length, cell)
    judging = {*resource.occupied, *resource.start}
    return tuple(
        verdict(rule, reasons(rule), ok=rule not in broken, soft=rule in OVERRIDABLE)
        for rule in Rule
        if rule in judging
    )


def _concealed(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """The verdicts without S7; one that forbids the session stands last, without its number.

    Neither its words nor its place among the others then tell which rule it is.
    """
    private = Rule.BAREFOOT_ALLOWED.value
    others = tuple(each for each in verdicts if each.number != private)
    if all(each.ok for each in verdicts if each.number == private):
        return others
    return (*others, Verdict(None, ok=False, reasons=(Reason(str(CONCEALED)),)))


def _farness(explained: Explained[Any]) -> tuple[int, int, str]:
    """How far somebody or something is from being possible, as `refused_by` measures it."""
    hard = sum(not each.soft for each in explained.broken)
    return hard, len(explained.broken), str(explained.what)
