"""Therapists as the rules see them in a question's window (rules S1-S3 and S6-S8)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.hindrances import Hinders, Hindrance
from bookings.domain.bookable.one_query import Rows, Tables
from bookings.domain.bookable.taken import Taken
from bookings.domain.bookable.working import Shifts, shift_tables, who_works
from bookings.models import SessionType
from bookings.scheduling.slots import Resource, Rule
from bookings.scheduling.timeline import Bits
from therapists.models import Certification, Qualification, Therapist


class Candidate(NamedTuple):
    """A therapist who might take the session, before the rules are applied.

    `offers` says whether S1 lets her; the last field is her cap (S8).
    """

    pk: int
    slug: str
    offers: bool
    max_barefoot_minutes_per_day: int | None


class HeldRow(NamedTuple):
    """A certification of a therapist that was verified (rule S6)."""

    therapist_id: int
    qualification_id: int
    qualification__style: str
    qualification__level: int | None
    issued_on: date
    expires_on: date | None
    revoked_on: date | None


class RequiredRow(NamedTuple):
    """A qualification that the session requires (rule S6)."""

    qualification_id: int
    qualification__style: str
    qualification__level: int | None


@dataclass(frozen=True, slots=True)
class UnbookedTherapist:
    """A candidate with the cells at which she works, is certified, or does no barefoot work.

    `working` are her shifts; `off` and `closed` take away from them.
    """

    candidate: Candidate
    working: Bits
    off: Bits
    closed: Bits
    certified: Bits
    not_barefoot: Bits

    @property
    def at_work(self) -> Bits:
        """The cells that S2 lets a session occupy."""
        return self.working & ~self.off & ~self.closed


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A therapist with what the rules and the choice (A1) need.

    `idle` is working time that is not booked.
    """

    pk: int
    resource: Resource
    idle: Bits


def therapists_for(frame: Frame) -> QuerySet[Therapist]:
    """Those who give the session and work there then; a named one even if she does neither.

    For who can go past working time (S2), those who work elsewhere too.
    """
    question = frame.question
    if question.therapist is not None:
        return Therapist.objects.filter(slug=question.therapist)
    if question.past_working_time:
        return Therapist.objects.filter(session_types=question.session_type)
    # Told apart by whether it is theirs, so that they are found by their shifts: of all who give
    # the session most may work elsewhere.
    theirs = SessionType.therapists.through.objects.filter(
        sessiontype=question.session_type, therapist=OuterRef("pk")
    )
    return Therapist.objects.filter(Exists(theirs), pk__in=who_works(frame))


def roster_tables(frame: Frame, therapists: QuerySet[Therapist]) -> Tables:
    """The therapists, what they can prove and what the session requires, and their shifts."""
    session_type, ids = frame.question.session_type, therapists.order_by().values("pk")
    offered = SessionType.objects.filter(
        pk=session_type.pk, active=True, therapists=OuterRef("pk")
    ).filter(locations=frame.question.location)
    early, late = (wall.date() for wall in frame.wall_reach)
    required = SessionType.requires_qualifications.through.objects
    return {
        Candidate: therapists.annotate(offers=Exists(offered) & Q(active=True)),
        HeldRow: Certification.objects.counting(early, late).filter(therapist_id__in=ids),
        RequiredRow: required.filter(sessiontype=session_type),
        **shift_tables(frame, ids),
    }


def unbooked_roster(rows: Rows, frame: Frame, there: list[Hindrance]) -> list[UnbookedTherapist]:
    """What the rules that no booking bears on leave each candidate, by slug."""
    working = Shifts.of(frame, rows).bits()
    certified = _certified(rows, frame)
    off, not_barefoot, closed = _hindered(there)
    return [
        UnbookedTherapist(
            candidate,
            working=working[candidate.pk],
            off=off[candidate.pk],
            closed=closed,
            certified=certified(candidate.pk),
            not_barefoot=not_barefoot[candidate.pk],
        )
        for candidate in sorted(rows[Candidate], key=attrgetter("slug"))
    ]


def roster_entry(frame: Frame, unbooked: UnbookedTherapist, taken: Taken) -> RosterEntry:
    """A candidate's resource, once it is known what is booked."""
    candidate, everything = unbooked.candidate, frame.window.everything
    free = everything & ~taken.by_therapist[candidate.pk]
    occupied = {Rule.WORKING: unbooked.at_work, Rule.THERAPIST_FREE: free}
    start = {
        Rule.OFFERED: everything if candidate.offers else 0,
        Rule.CERTIFIED: unbooked.certified,
    }
    if frame.question.barefoot:
        occupied[Rule.BAREFOOT_ALLOWED] = everything & ~unbooked.not_barefoot
        start[Rule.BAREFOOT_CAP] = _within_cap(frame, candidate, taken)
    resource = Resource(candidate.slug, occupied, start)
    return RosterEntry(candidate.pk, resource, unbooked.at_work & free)


def _hindered(there: list[Hindrance]) -> tuple[dict[int, Bits], dict[int, Bits], Bits]:
    """Time off (S2) and periods without barefoot work (S7) by therapist, and closures (S2)."""
    off: defaultdict[int, Bits] = defaultdict(int)
    not_barefoot: defaultdict[int, Bits] = defaultdict(int)
    closed = 0
    for hindrance in there:
        match hindrance.kind:
            case Hinders.CLOSED:
                closed |= hindrance.cells
            case Hinders.TIME_OFF:
                off[hindrance.owner] |= hindrance.cells
            case Hinders.NOT_BAREFOOT:
                not_barefoot[hindrance.owner] |= hindrance.cells
    return off, not_barefoot, closed


def _certified(rows: Rows, frame: Frame) -> Callable[[int], Bits]:
    """The dates on which a therapist (id) holds every required qualification (rule S6)."""
    required = [_qualification(*row) for row in rows[RequiredRow]]
    held: defaultdict[tuple[int, int], Bits] = defaultdict(int)

    @cache  # many hold the same few
    def covered(*proven: Any) -> list[int]:
        one = _qualification(*proven)
        return [qualification.pk for qualification in required if one.covers(qualification)]

    for row in rows[HeldRow]:
        for qualification in covered(*row[1:4]):
            held[row.therapist_id, qualification] |= _valid(row, frame)

    def certified(therapist: int) -> Bits:
        bits = frame.window.everything
        for qualification in required:
            bits &= held[therapist, qualification.pk]
        return bits

    return certified


def _qualification(pk: int, style: str, level: int | None) -> Qualification:
    return Qualification(pk, style=style, level=level)


def _valid(row: HeldRow, frame: Frame) -> Bits:
    """The dates on which a certification counts: not from the day it was revoked on."""
    bits = frame.dates(row.issued_on, row.expires_on)
    if row.revoked_on is not None:
        bits &= ~frame.dates(row.revoked_on, None)
    return bits


def _within_cap(frame: Frame, candidate: Candidate, taken: Taken) -> Bits:
    """The dates on which the session still fits the barefoot cap (rule S8)."""
    cap, duration = candidate.max_barefoot_minutes_per_day, frame.question.length.duration
    if cap is None:
        return frame.window.everything
    if duration > cap:
        return 0
    full = 0
    for day, minutes in taken.barefoot[candidate.pk].items():
        if minutes + duration > cap:
            full |= frame.dates(day, day)
    return frame.window.everything & ~full
