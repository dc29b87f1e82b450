"""A series date by date: with whom each can be booked, or what stands in the way.

Nothing is written here. What is previewed as bookable is booked as it was previewed, unless
somebody else is faster: `bookings.domain.series.booking` asks the same again with the locks held.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.domain.bookable.assignment import able_therapists, assignments, refused_by
from bookings.domain.bookable.availability import Situation, open_between
from bookings.domain.bookable.frame import Frame, earliest_start
from bookings.domain.bookable.gathering import Gathered, gathered
from bookings.domain.bookable.question import Question
from bookings.domain.callers import Caller
from bookings.domain.clients.identity import sessions_of
from bookings.domain.refusals import WORDS, may_override
from bookings.domain.requests import NO_OVERRIDE, Override, Person, Wish
from bookings.errors import ClientBusy
from bookings.models import Booking, Client
from bookings.scheduling.hours import DAY_MINUTES, local_date
from bookings.scheduling.series import FEWEST, LONGEST_DAYS, MOST
from bookings.scheduling.slots import Rule, Slot, nearest
from bookings.scheduling.timeline import Interval, Minute

AROUND = timedelta(days=7)
"""How far from its date the nearest alternative is looked for."""

NOT_YET = _("This date lies too far ahead to be booked online already.")
TOO_SOON = _("This time cannot be booked online any more.")
NOT_FREE = _("This time is not free.")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One start of a series: with whom it can be booked (a slug), or why it cannot.

    `words` may be read by whoever asked. `rule` is for staff alone, with whether a reason goes
    past it. `instead` is the nearest slot that is open: on the same date if there is one, else
    within a week; no two occurrences are pointed to the same time.
    """

    start: Minute
    therapist: str | None = None
    words: str | Promise = ""
    rule: Rule | None = None
    overridable: bool = False
    instead: Slot | None = None

    @property
    def is_bookable(self) -> bool:
        """Whether it can be booked."""
        return self.therapist is not None


def preview(
    wish: Wish,
    starts: Collection[Minute],
    *,
    client: Person | Client | None = None,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    freed: Booking | None = None,
) -> list[Occurrence]:
    """What becomes of each start when they are booked one after the other, ascending.

    Where any therapist will do, one who can take all that anybody can take is kept throughout,
    the one first that A1 picks for the first of them; else A1 picks for each. The client's other
    sessions count where the caller may speak for her (S10), those of the series itself always.
    The time of `freed` counts as free. Two queries, however many dates. Raises ValueError for
    starts that are no series.
    """
    question = question_for_series(
        wish, starts, caller=caller, now=now, override=override, freed=freed
    )
    frame = Frame.of(question)
    run = _best_run(frame, gathered(frame), sorted(starts), _sessions(question, starts, client))
    return run.occurrences()


def question_for_series(
    wish: Wish,
    starts: Collection[Minute],
    *,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    freed: Booking | None = None,
) -> Question:
    """What the schedule is asked so that all dates of a series can be judged at once."""
    days = sorted({local_date(wish.location.timezone, start) for start in starts})
    if not FEWEST <= len(set(starts)) <= MOST or (days[-1] - days[0]).days > LONGEST_DAYS:
        raise ValueError(f"A series has {FEWEST} to {MOST} starts; doors ask for no more.")
    today = local_date(wish.location.timezone, now)
    return Question(
        location=wish.location,
        session_type=wish.session_type,
        first=min(days[0], max(days[0] - AROUND, today)),
        last=days[-1] + AROUND,
        now=now,
        is_staff=caller.is_staff,
        therapist=wish.therapist.slug if wish.therapist else None,
        room=wish.room.slug if wish.room else None,
        freed=freed,
        overridden=override.rules,
    )


def _sessions(
    question: Question, starts: Collection[Minute], client: Person | Client | None
) -> list[Interval]:
    """What a known client has booked around the dates (rule S10)."""
    if not isinstance(client, Client):
        return []
    week = AROUND // timedelta(minutes=1) + DAY_MINUTES
    around = Interval(min(starts) - week, max(starts) + week)
    return sessions_of(client, around, now=question.now, moving=question.freed)


@dataclass(slots=True)
class _Run:
    """Starts judged one after the other; each that fits is taken when the next is judged."""

    frame: Frame
    rows: Gathered
    sessions: list[Interval]
    found: list[tuple[Minute, str | Rule]] = field(default_factory=list)

    def judge(self, start: Minute) -> None:
        """Take a start with the best of who is free, or keep the rule that forbids it."""
        session = self._session(start)
        if self._is_busy(session):
            self.found.append((start, Rule.CLIENT_FREE))
            return
        situation = self.situation()
        assignment = next(assignments(situation, start), None)
        if assignment is None:
            self.found.append((start, refused_by(situation, start)))
            return
        question = self.frame.question
        occupied = question.length.occupied_from(start)
        cells = self.frame.window.bits(occupied.start, occupied.end)
        day, minutes = self.frame.clock.date(start), question.length.duration
        self.rows.taken.add(*assignment, cells, day, minutes, barefoot=question.barefoot)
        self.sessions.append(session)
        slug = next(entry.resource.slug for entry in situation.roster if entry.pk == assignment[0])
        self.found.append((start, slug))

    def situation(self) -> Situation:
        """Everything that decides what is left."""
        return Situation.of(self.frame, self.rows.therapists, self.rows.rooms, self.rows.taken)

    @property
    def fitting(self) -> list[Minute]:
        """The starts that can be booked."""
        return [start for start, told in self.found if not isinstance(told, Rule)]

    def occurrences(self) -> list[Occurrence]:
        """What is said of each start, with the nearest alternative to those that cannot be."""
        situation = self.situation() if len(self.fitting) < len(self.found) else None
        return [
            self._refused(situation, start, told)
            if situation is not None and isinstance(told, Rule)
            else Occurrence(start, therapist=str(told))
            for start, told in self.found
        ]

    def _refused(self, situation: Situation, start: Minute, rule: Rule) -> Occurrence:
        question = self.frame.question
        instead = self._nearest(situation, start)
        if instead is not None:
            self.sessions.append(self._session(instead.starts_at))
        if not question.is_staff:
            return Occurrence(start, words=client_words(question, start, rule), instead=instead)
        may = may_override(rule, question, start)
        return Occurrence(start, words=WORDS[rule], rule=rule, overridable=may, instead=instead)

    def _nearest(self, situation: Situation, start: Minute) -> Slot | None:
        day = self.frame.clock.date(start)
        for first, last in ((day, day), (day - AROUND, day + AROUND)):
            open_slots = [
                slot
                for slot in open_between(situation, first, last)
                if not self._is_busy(self._session(slot.starts_at))
            ]
            if open_slots:
                return nearest(open_slots, start, 1)[0]
        return None

    def _session(self, start: Minute) -> Interval:
        return Interval(start, start + self.frame.question.length.duration)

    def _is_busy(self, session: Interval) -> bool:
        if Rule.CLIENT_FREE in self.frame.question.overridden:
            return False
        return any(other.overlaps(session) for other in self.sessions)


def _best_run(
    frame: Frame, rows: Gathered, starts: Sequence[Minute], sessions: list[Interval]
) -> _Run:
    """The run with one therapist throughout, if she can take all that anybody can take."""

    def run(rows: Gathered) -> _Run:
        done = _Run(frame, replace(rows, taken=rows.taken.copy()), list(sessions))
        for start in starts:
            done.judge(start)
        return done

    anyone = run(rows)
    if frame.question.therapist is not None or not anyone.fitting:
        return anyone
    situation = Situation.of(frame, rows.therapists, rows.rooms, rows.taken)
    by_id = {unbooked.candidate.pk: unbooked for unbooked in rows.therapists}
    for pk in able_therapists(situation, anyone.fitting[0]):
        alone = run(replace(rows, therapists=[by_id[pk]]))
        if alone.fitting == anyone.fitting:
            # What stands in the way of the others, and what is open instead, is said of anyone.
            kept = [(s, told) for s, told in alone.found if not isinstance(told, Rule)]
            names = dict(kept)
            found = [(s, names.get(s, told)) for s, told in anyone.found]
            return replace(alone, rows=replace(alone.rows, therapists=rows.therapists), found=found)
    return anyone


def client_words(question: Question, start: Minute, rule: Rule) -> str | Promise:
    """Why not, without telling whose time is taken, or what keeps a therapist away."""
    if rule is Rule.CLIENT_FREE:
        return ClientBusy.message
    today = local_date(question.location.timezone, question.now)
    day = local_date(question.location.timezone, start)
    if day > today + timedelta(days=question.location.horizon_days):
        return NOT_YET
    return TOO_SOON if start < earliest_start(question) else NOT_FREE
