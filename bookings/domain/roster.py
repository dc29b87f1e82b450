"""Therapists as the rules see them in a question's window (rules S1-S3 and S6-S8)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.domain.frame import Frame
from bookings.domain.hindrances import Hinders, hindrances
from bookings.domain.taken import Taken
from bookings.domain.working import working_time
from bookings.models import SessionType
from bookings.scheduling.hours import DateSpan, dates_bits
from bookings.scheduling.slots import Resource, Rule
from bookings.scheduling.timeline import Bits
from therapists.models import Certification, Qualification, Therapist


@dataclass(frozen=True, slots=True)
class Candidate:
    """A therapist who might take the session, before the rules are applied."""

    pk: int
    slug: str
    offers: bool
    cap_minutes: int | None


@dataclass(frozen=True, slots=True)
class Unbooked:
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


def candidates_for(frame: Frame) -> list[Candidate]:
    """The active therapists who offer the session; a named one even if she does not (S1)."""
    question = frame.question
    if question.therapist is not None:
        return candidates_among(frame, Therapist.objects.filter(slug=question.therapist))
    everybody = candidates_among(
        frame, Therapist.objects.filter(session_types=question.session_type)
    )
    return [candidate for candidate in everybody if candidate.offers]


def candidates_among(frame: Frame, therapists: QuerySet[Therapist]) -> list[Candidate]:
    """These therapists by slug, each with whether S1 lets her take the session."""
    question = frame.question
    offered = SessionType.objects.filter(
        pk=question.session_type.pk, active=True, therapists=OuterRef("pk")
    ).filter(locations=question.location)
    rows = therapists.annotate(offers=Exists(offered) & Q(active=True)).order_by("slug")
    return [
        Candidate(*row)
        for row in rows.values_list("pk", "slug", "offers", "max_barefoot_minutes_per_day")
    ]


def roster(frame: Frame, candidates: list[Candidate], taken: Taken) -> list[RosterEntry]:
    """Each candidate's resource: what every rule leaves of the window."""
    return [roster_entry(frame, unbooked, taken) for unbooked in unbooked_roster(frame, candidates)]


def unbooked_roster(frame: Frame, candidates: list[Candidate]) -> list[Unbooked]:
    """What the rules that no booking bears on leave each candidate; all the queries are here."""
    ids = [candidate.pk for candidate in candidates]
    working = working_time(frame, ids)
    certified = _certified(frame, ids)
    off, not_barefoot, closed = _hindered(frame, ids)
    return [
        Unbooked(
            candidate,
            working=working[candidate.pk],
            off=off[candidate.pk],
            closed=closed,
            certified=certified[candidate.pk],
            not_barefoot=not_barefoot[candidate.pk],
        )
        for candidate in candidates
    ]


def roster_entry(frame: Frame, unbooked: Unbooked, taken: Taken) -> RosterEntry:
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


def _hindered(frame: Frame, ids: list[int]) -> tuple[dict[int, Bits], dict[int, Bits], Bits]:
    """Time off (S2) and periods without barefoot work (S7) by therapist, and closures (S2)."""
    off, not_barefoot = dict.fromkeys(ids, 0), dict.fromkeys(ids, 0)
    closed = 0
    for hindrance in hindrances(frame, therapists=ids):
        match hindrance.kind:
            case Hinders.CLOSED:
                closed |= hindrance.cells
            case Hinders.TIME_OFF:
                off[hindrance.owner] |= hindrance.cells
            case Hinders.NOT_BAREFOOT:
                not_barefoot[hindrance.owner] |= hindrance.cells
    return off, not_barefoot, closed


def _certified(frame: Frame, ids: list[int]) -> dict[int, Bits]:
    """The dates on which each therapist holds every required qualification (rule S6)."""
    required = list(frame.question.session_type.requires_qualifications.all())
    everything = frame.window.everything
    if not required:
        return dict.fromkeys(ids, everything)
    held: defaultdict[tuple[int, int], Bits] = defaultdict(int)
    certifications = Certification.objects.filter(therapist_id__in=ids, verified_on__isnull=False)
    for certification in certifications.select_related("qualification").order_by():
        valid = _valid_dates(certification)
        bits = dates_bits(frame.clock, frame.window, valid) if valid else 0
        for qualification in _covered(certification.qualification, required):
            held[certification.therapist_id, qualification.pk] |= bits
    certified = {}
    for pk in ids:
        certified[pk] = everything
        for qualification in required:
            certified[pk] &= held[pk, qualification.pk]
    return certified


def _covered(held: Qualification, required: list[Qualification]) -> Iterable[Qualification]:
    return (qualification for qualification in required if held.covers(qualification))


def _valid_dates(certification: Certification) -> DateSpan | None:
    """The dates on which a verified certification counts: not from the day it was revoked on."""
    issued_on, revoked_on = certification.issued_on, certification.revoked_on
    last = certification.expires_on or date.max
    if revoked_on is None:
        return DateSpan(issued_on, last)
    if revoked_on <= issued_on:
        return None
    return DateSpan(issued_on, min(last, revoked_on - timedelta(days=1)))


def _within_cap(frame: Frame, candidate: Candidate, taken: Taken) -> Bits:
    """The dates on which the session still fits the barefoot cap (rule S8)."""
    cap, duration = candidate.cap_minutes, frame.question.length.duration
    if cap is None:
        return frame.window.everything
    if duration > cap:
        return 0
    full = 0
    for day, minutes in taken.barefoot[candidate.pk].items():
        if minutes + duration > cap:
            full |= frame.dates(day, day)
    return frame.window.everything & ~full
