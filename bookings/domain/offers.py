"""What clients can choose from: places, sessions, and the people who give them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from bookings.models import SessionType
from bookings.scheduling.hours import local_date
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, Studio
from therapists.models import Certification, ExtraShift, Qualification, Shift, Therapist

DEFAULT_CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Member:
    """A therapist, what she can prove on a date, and the sessions that this lets her give."""

    therapist: Therapist
    certifications: list[Certification]
    session_types: list[SessionType]


def currency() -> str:
    """What prices are in."""
    return Studio.objects.values_list("currency", flat=True).first() or DEFAULT_CURRENCY


def open_locations() -> QuerySet[Location]:
    """The places that take bookings."""
    return Location.objects.filter(active=True)


def offered(location: Location | None = None) -> QuerySet[SessionType]:
    """The session types that can be booked at a location, or at any."""
    places = open_locations() if location is None else open_locations().filter(pk=location.pk)
    there = SessionType.locations.through.objects.filter(
        sessiontype=OuterRef("pk"), location__in=places
    )
    return SessionType.objects.filter(Exists(there), active=True).order_by(
        "style", "duration_minutes", "slug"
    )


def dates_now(now: Minute) -> set[date]:
    """The dates that the wall clocks of the open locations show; UTC's while there are none."""
    zones = open_locations().order_by().values_list("timezone", flat=True).distinct()
    return {local_date(zone, now) for zone in zones} or {local_date("UTC", now)}


def team(*, on: Iterable[date]) -> list[Member]:
    """Every active therapist with the certifications that count on each of the dates."""
    therapists = proven(on=on).prefetch_related("session_types__requires_qualifications")
    return [_member(therapist) for therapist in therapists]


def _member(therapist: Therapist) -> Member:
    certifications = list(therapist.certifications.all())
    session_types = [
        session_type
        for session_type in therapist.session_types.all()
        if _suffice(certifications, session_type.requires_qualifications.all())
    ]
    return Member(therapist, certifications, sorted(session_types, key=_by_style_and_length))


def _by_style_and_length(session_type: SessionType) -> tuple[str, int, str]:
    return session_type.style, session_type.duration_minutes, session_type.slug


def therapists_for(
    session_type: SessionType, location: Location, *, first: date, last: date
) -> list[Therapist]:
    """Who can be asked for: works there, and is certified for it on some of the dates.

    Whether she is free at a start is for the listing to say.
    """
    weekly = Shift.objects.filter(therapist=OuterRef("pk"), location=location)
    extra = ExtraShift.objects.filter(therapist=OuterRef("pk"), location=location)
    candidates = Therapist.objects.filter(
        Q(Exists(weekly)) | Q(Exists(extra)), active=True, session_types=session_type
    )
    required = list(session_type.requires_qualifications.all())
    return [
        therapist
        for therapist in _with_proofs(candidates, first, last)
        if _suffice(therapist.certifications.all(), required)
    ]


def proven(
    *, on: Iterable[date], location: Location | None = None, session_type: SessionType | None = None
) -> QuerySet[Therapist]:
    """The active therapists, of a location and for a session type where those are named.

    Their `certifications` are those that count on each of the dates (rule S6): it is not the same
    date everywhere. Their `session_types` are those on offer.
    """
    days = list(on)
    counting = Certification.objects.select_related("qualification").order_by("qualification__slug")
    for day in days:
        counting = counting.counting(day, day)
    therapists = Therapist.objects.filter(active=True).prefetch_related(
        Prefetch("certifications", counting), Prefetch("session_types", offered().order_by("slug"))
    )
    if session_type is not None:
        therapists = therapists.filter(session_types=session_type)
    if location is None:
        return therapists
    since = min(days)
    weekly = Shift.objects.filter(Q(last__isnull=True) | Q(last__gte=since))
    extra = ExtraShift.objects.filter(wall_until__gt=datetime.combine(since, time.min))
    here = {"therapist": OuterRef("pk"), "location": location}
    return therapists.filter(Q(Exists(weekly.filter(**here))) | Q(Exists(extra.filter(**here))))


def _with_proofs(therapists: QuerySet[Therapist], first: date, last: date) -> QuerySet[Therapist]:
    """Their `certifications` are then those that count on some of the dates, and no others."""
    counting = Certification.objects.counting(first, last).select_related("qualification")
    return therapists.prefetch_related(
        Prefetch("certifications", counting.order_by("qualification__name", "issued_on"))
    )


def _suffice(held: Iterable[Certification], required: Iterable[Qualification]) -> bool:
    return all(
        any(certification.qualification.covers(qualification) for certification in held)
        for qualification in required
    )
