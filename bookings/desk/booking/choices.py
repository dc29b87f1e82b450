"""What a form for a booking offers: only what the rules allow, and why not what they do not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings.desk.booking.buttons import AT
from bookings.desk.booking.place_form import PlaceForm
from bookings.domain.bookable.availability import Situation
from bookings.domain.bookable.question import Question
from bookings.domain.options import Options, everybody, open_nearby, options, starts_on_step
from bookings.models import SessionType
from bookings.scheduling.hours import local_time
from bookings.scheduling.pairs import PairSlot
from bookings.scheduling.slots import Slot
from bookings.scheduling.timeline import Minute
from bookings.words import is_repeated, rule_words, spelled, spelled_time
from studio.premises.models import Location


@dataclass(frozen=True, slots=True)
class Kind:
    """A session type, and why it cannot be given at the start (empty: it can)."""

    slug: str
    name: str
    minutes: int
    price: Decimal
    is_chosen: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A therapist or a room; one that was asked for and cannot take it says so."""

    slug: str
    name: str
    is_chosen: bool
    is_able: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """The therapists, or the rooms, to choose from; `best` is what "any" would be."""

    name: str
    members: list[Member]
    best: str
    chosen: Member | None
    own: str = ""

    @property
    def others(self) -> list[Member]:
        """Those who can take a booking instead of its own."""
        return [member for member in self.members if member.is_able and member.slug != self.own]

    @property
    def is_any(self) -> bool:
        """Whether nobody is asked for."""
        return self.chosen is None

    @property
    def title(self) -> str:
        """What a choice among the others is called."""
        return _("Give it to") if self.name == "therapist" else _("Put it into")

    @property
    def picked(self) -> str:
        """Who or what would take it, if anything can."""
        if self.chosen is None:
            return self.best
        return self.chosen.name if self.chosen.is_able else ""


@dataclass(frozen=True, slots=True)
class Time:
    """A start to press, on the clock of the location."""

    button: str
    moment: datetime
    is_chosen: bool

    @property
    def time(self) -> str:
        """The time of the day."""
        return spelled_time(self.moment)

    @property
    def day(self) -> str:
        """The date."""
        return date_format(self.moment, _("D j M"))


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule in the way; one that can be gone past is ticked or not."""

    number: str
    words: str
    is_soft: bool
    is_ticked: bool


@dataclass(slots=True)
class Choices:
    """All that the form offers at this moment; obstacles that no reason gets past come first."""

    kinds: list[Kind] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    nearby: list[Time] = field(default_factory=list)
    therapists: Side | None = None
    rooms: Side | None = None
    obstacles: list[Obstacle] = field(default_factory=list)
    start: str = ""
    is_judged: bool = False
    is_repeated: bool = False

    @property
    def chosen(self) -> Kind | None:
        """The session type that is chosen."""
        return next((kind for kind in self.kinds if kind.is_chosen), None)

    @property
    def kinds_instead(self) -> list[Kind]:
        """The other session types; where even the chosen one is not open, only those that are."""
        others = [kind for kind in self.kinds if not kind.is_chosen]
        return [kind for kind in others if not (kind.why_not and self.obstacles)]

    @property
    def sides(self) -> list[Side]:
        """Who and where."""
        return [side for side in (self.therapists, self.rooms) if side is not None]

    @property
    def is_open(self) -> bool:
        """Whether it would be booked, past what is ticked."""
        return all(obstacle.is_soft and obstacle.is_ticked for obstacle in self.obstacles)

    @property
    def is_hard(self) -> bool:
        """Whether no reason gets past what is in the way."""
        return any(not obstacle.is_soft for obstacle in self.obstacles)


def choices(form: PlaceForm, *, now: Minute, sees_private: bool) -> Choices:
    """What can be chosen for a form as it is typed so far.

    The number of queries grows with the session types of the location alone.
    """
    location = form.location
    if location is None:
        return Choices()
    wall = form.wall
    found = Choices(is_repeated=wall is not None and is_repeated(wall, location.timezone))
    start, chosen = form.start, form.cleaned_data.get("session_type")
    if start is not None:
        found.start = spelled(local_time(start, location.zone))
    for session_type in form.rows("session_type"):
        is_chosen = session_type == chosen
        why_not = ""
        question = form.question(session_type, now=now)
        if question is not None and (is_chosen or start is not None):
            situation = everybody(question)
            client = form.known_client if is_chosen else None
            judged = None
            if start is not None:
                judged = options(situation, question, start, client=client)
            if is_chosen:
                _offer(found, form, situation, question, judged, sees_private=sees_private)
            elif judged and judged.obstacles:
                why_not = rule_words(judged.obstacles[-1], sees_private=sees_private)
        found.kinds.append(_kind(session_type, form, is_chosen, why_not))
    return found


def _offer(
    found: Choices,
    form: PlaceForm,
    situation: Situation,
    question: Question,
    judged: Options | None,
    *,
    sees_private: bool,
) -> None:
    location, start = question.location, form.start
    slots = starts_on_step(situation, therapist=question.therapist, room=question.room)
    found.times = times_of(slots, location, start)
    if judged is None or start is None:
        found.therapists = _side("therapist", form, [entry.pk for entry in situation.roster])
        if not slots:
            day = situation.frame.clock.first_instant(question.first)
            found.nearby = times_of(open_nearby(situation, question, day), location, start)
        return
    found.is_judged = True
    *_others, last = judged.obstacles or (None,)
    found.obstacles = [
        Obstacle(
            rule.value,
            rule_words(rule, sees_private=sees_private),
            is_soft=not (judged.is_hard and rule is last),
            is_ticked=rule in question.overridden,
        )
        for rule in judged.obstacles
    ]
    found.obstacles.sort(key=lambda obstacle: obstacle.is_soft)
    found.therapists = _side("therapist", form, judged.therapists)
    found.rooms = _side("room", form, judged.rooms)
    if judged.obstacles:
        found.nearby = times_of(open_nearby(situation, question, start), location, start)


def _side(name: str, form: PlaceForm, able: list[int]) -> Side:
    asked, rows = form.cleaned_data.get(name), {row.pk: row for row in form.rows(name)}
    members = [Member(rows[pk].slug, rows[pk].name, rows[pk] == asked) for pk in able]
    if asked is not None and asked.pk not in able:
        members.append(Member(asked.slug, asked.name, is_chosen=True, is_able=False))
    chosen = next((member for member in members if member.is_chosen), None)
    own = getattr(form.moving, name).slug if form.moving else ""
    best = rows[able[0]].name if able and form.start is not None else ""
    return Side(name, members, best, chosen, own)


def times_of(
    slots: Iterable[Slot | PairSlot], location: Location, start: Minute | None
) -> list[Time]:
    """Starts to press, on the clock of the location; the one that is typed is chosen."""
    moments = [(slot, local_time(slot.starts_at, location.zone)) for slot in slots]
    return [
        Time(f"{AT}{moment.isoformat(timespec='minutes')}", moment, slot.starts_at == start)
        for slot, moment in moments
    ]


def _kind(session_type: SessionType, form: PlaceForm, is_chosen: bool, why_not: str) -> Kind:
    moving = form.moving
    if moving is not None and moving.session_type_id == session_type.pk:
        # What was copied when it was booked (rule B4).
        minutes, price = moving.duration_minutes, moving.price
    else:
        minutes, price = session_type.duration_minutes, session_type.price
    return Kind(session_type.slug, session_type.name, minutes, price, is_chosen, why_not)
