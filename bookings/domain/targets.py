"""Where on a day a booking could be put: every start of every column of the board, judged at once.

The same predicate that a move is judged by (`gather`), read as sets of starts: what is open here
can be moved there, and what is not is refused by the rule that stands here.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bookings.domain.bookable.assignment import able_rooms, least_refused
from bookings.domain.bookable.availability import Situation, gather
from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.question import Question
from bookings.domain.clients.identity import sessions_of
from bookings.models import Booking
from bookings.scheduling.slots import NOTHING_OVERRIDDEN, OVERRIDABLE, Resource, Rule, SessionLength
from bookings.scheduling.timeline import Bits, Interval, Minute, cells_of

type Slug = str

type Shares = Mapping[Verdict, Bits]
"""A day's starts, shared out among the verdicts on them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a booking that is put somewhere.

    Nothing, if a hard rule forbids it (`refused_by`). Else it is given the room, once there is a
    reason to go past each of the soft rules in `past`.
    """

    refused_by: Rule | None = None
    past: tuple[Rule, ...] = ()
    room: Slug = ""

    @property
    def is_open(self) -> bool:
        """Whether it can be put there without more ado."""
        return self.refused_by is None and not self.past


ELSEWHERE = Verdict(refused_by=Rule.OFFERED)
"""On columns that were not judged: they do not give the session, or are out of use."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Starts with one verdict: every five minutes in `[starts.start, starts.end)`."""

    starts: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Targets:
    """Per column the stretches of a day's starts, ascending and without a gap."""

    columns: dict[Slug, list[Stretch]]

    def at(self, column: Slug, start: Minute) -> Verdict:
        """What stands in a column at a start of the day."""
        stretches = self.columns.get(column, ())
        found = (each.verdict for each in stretches if each.starts.holds(start))
        return next(found, ELSEWHERE)


def targets(booking: Booking, day: date, *, by_room: bool, now: Minute) -> Targets:
    """Judge every start of a local date for staff, by therapist or by room.

    In a therapist's column the booking keeps its room where it can, else it gets the one that A2
    picks; in a room's column it keeps its therapist. The queries are as many as for one start.
    """
    situation = gather(
        Question(
            location=booking.location,
            session_type=booking.session_type,
            first=day,
            last=day,
            now=now,
            is_staff=True,
            therapist=booking.therapist.slug if by_room else None,
            moving=booking,
            keeps_room=not by_room,
            overridden=frozenset({Rule.NOTICE_AND_HORIZON}),
        )
    )
    starts, search = _Starts.of(situation), situation.search
    if by_room:
        [therapist] = search.therapists
        return Targets(
            {room.slug: starts.of_column(therapist, starts.in_room(room)) for room in search.rooms}
        )
    in_a_room = starts.in_any_room()
    return Targets({each.slug: starts.of_column(each, in_a_room) for each in search.therapists})


@dataclass(frozen=True, slots=True)
class _Starts:
    """The starts of one day, and what the rules that know neither therapist nor room leave."""

    situation: Situation
    day: Bits
    not_past: Bits
    client_free: Bits

    @classmethod
    def of(cls, situation: Situation) -> "_Starts":
        frame, question = situation.frame, situation.frame.question
        without_a_reason = replace(question, overridden=NOTHING_OVERRIDDEN)
        return cls(
            situation,
            day=frame.dates(question.first, question.last),
            not_past=Frame.of(without_a_reason).starts(),
            client_free=_client_free(frame),
        )

    def of_column(self, therapist: Resource, in_rooms: Shares) -> list[Stretch]:
        """The stretches of a column: the rules in the order in which a refusal names them."""
        allowed = therapist.allowed(self.situation.search.length)
        soft = {rule: bits for rule, bits in allowed.items() if rule in OVERRIDABLE}
        soft |= {Rule.NOTICE_AND_HORIZON: self.not_past, Rule.CLIENT_FREE: self.client_free}
        hard = {Rule.NOTICE_AND_HORIZON: self.situation.search.start}
        hard |= {rule: bits for rule, bits in allowed.items() if rule not in OVERRIDABLE}
        refused, left = _refused(hard, self.day)
        shares = defaultdict(int, refused)
        for verdict, bits in in_rooms.items():
            if verdict.refused_by is not None:
                shares[verdict] |= bits & left
                continue
            for past, starts in _sifted(soft, bits & left).items():
                shares[replace(verdict, past=past)] |= starts
        return self._stretches(shares)

    def in_room(self, room: Resource) -> Shares:
        """What one room says to each start."""
        refused, left = _refused(room.allowed(self.situation.search.length), self.day)
        return {**refused, Verdict(room=room.slug): left}

    def in_any_room(self) -> Shares:
        """The room that each start would get, or what keeps it from having one."""
        frame, search = self.situation.frame, self.situation.search
        slugs = {entry.pk: entry.resource.slug for entry in self.situation.rooms}
        shares: defaultdict[Verdict, Bits] = defaultdict(int)
        for cell in cells_of(self.day & search.start):
            able = able_rooms(self.situation, frame.window.instant_of(cell))
            if able:
                verdict = Verdict(room=slugs[able[0]])
            else:
                verdict = Verdict(least_refused(self.situation, search.rooms, cell)[0])
            shares[verdict] |= 1 << cell
        return shares

    def _stretches(self, shares: Shares) -> list[Stretch]:
        window = self.situation.frame.window
        found = [
            Stretch(interval, verdict)
            for verdict, bits in shares.items()
            for interval in window.intervals(bits)
        ]
        return sorted(found, key=lambda stretch: stretch.starts)


def _refused(rules: Mapping[Rule, Bits], starts: Bits) -> tuple[dict[Verdict, Bits], Bits]:
    """The starts that each rule is the first to forbid, and those that none does."""
    refused = {}
    for rule, allowed in rules.items():
        refused[Verdict(rule)] = starts & ~allowed
        starts &= allowed
    return refused, starts


def _sifted(rules: Mapping[Rule, Bits], starts: Bits) -> dict[tuple[Rule, ...], Bits]:
    """The starts by which of the rules forbid them."""
    sifted: dict[tuple[Rule, ...], Bits] = {(): starts}
    for rule, allowed in rules.items():
        kept = {past: bits & allowed for past, bits in sifted.items()}
        sifted = kept | {(*past, rule): bits & ~allowed for past, bits in sifted.items()}
    return sifted


def _client_free(frame: Frame) -> Bits:
    """The starts at which the client has no other session (rule S10)."""
    question, window = frame.question, frame.window
    booking = question.moving
    if booking is None or booking.client is None:
        return window.everything
    sessions = sessions_of(booking.client, frame.instants, now=question.now, moving=booking)
    bare = SessionLength(question.length.duration, 0, 0)
    return bare.starts_within(window.everything & ~window.union(sessions))
