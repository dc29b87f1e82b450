"""What clients can choose from: places, sessions, and the people who give them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from operator import attrgetter

from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Q, QuerySet

from bookings.models import SessionType
from bookings.scheduling.hours import local_date
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, Studio
from studio.premises.unchanged import Unchanging
from therapists.models import Certification, ExtraShift, Qualification, Shift, Therapist

DEFAULT_CURRENCY = "USD"


def currency() -> str:
    """What prices are in."""
    return _CURRENCY.first() or DEFAULT_CURRENCY


_CURRENCY = Unchanging(lambda: Studio.objects.order_by("pk").values_list("currency", flat=True)[:1])


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


def dates_now(locations: Iterable[Location], now: Minute) -> set[date]:
    """The dates that the wall clocks of the places show; UTC's where there are none."""
    zones = {location.timezone for location in locations} or {"UTC"}
    return {local_date(zone, now) for zone in zones}


def therapists_for(
    session_type: SessionType, location: Location, *, first: date, last: date
) -> list[Therapist]:
    """Who can be asked for: works there, and is certified for it on some of the dates.

    Whether she is free at a start is for the listing to say.
    """
    one = SessionType.objects.filter(pk=session_type.pk)
    [(_session_type, therapists)] = with_therapists(one, location, first=first, last=last)
    return therapists


def with_therapists(
    session_types: QuerySet[SessionType], location: Location, *, first: date, last: date
) -> list[tuple[SessionType, list[Therapist]]]:
    """The session types in their order, each with `therapists_for` it, in one query."""
    here = {"therapist": OuterRef("giver"), "location": location}
    works = Exists(Shift.objects.filter(**here)) | Exists(ExtraShift.objects.filter(**here))
    proofs = Certification.objects.counting(first, last).covering("qualification")
    unproven = SessionType.requires_qualifications.through.objects.filter(
        ~Exists(proofs.filter(therapist=OuterRef(OuterRef("giver")))), sessiontype=OuterRef("pk")
    )
    rows = session_types.annotate(
        giver=FilteredRelation("therapists", condition=Q(therapists__active=True)),
        can_be_asked=works & ~Exists(unproven),
    ).select_related("giver")  # type: ignore[misc]  # an annotation, which the plugin does not know
    found: dict[int, tuple[SessionType, list[Therapist]]] = {}
    for row in rows:
        _session_type, therapists = found.setdefault(row.pk, (row, []))
        if row.can_be_asked:
            therapists.append(row.giver)
    for _session_type, therapists in found.values():
        therapists.sort(key=attrgetter("slug"))
    return list(found.values())


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
    return therapists.filter(works_at([location], since=min(days)))


def works_at(locations: Iterable[Location], *, since: date) -> Q:
    """The therapists who have a shift at one of the places, on a date or later."""
    here = {"therapist": OuterRef("pk"), "location__in": list(locations)}
    weekly = Shift.objects.filter(Q(last__isnull=True) | Q(last__gte=since), **here)
    extra = ExtraShift.objects.filter(wall_until__gt=datetime.combine(since, time.min), **here)
    return Q(Exists(weekly)) | Q(Exists(extra))


def suffice(held: Iterable[Certification], required: Iterable[Qualification]) -> bool:
    """Whether the certifications are all that is required (rule S6)."""
    return all(
        any(certification.qualification.covers(qualification) for certification in held)
        for qualification in required
    )
