"""Who gives sessions, as visitors may know them: what they can prove, and where they work.

Private periods (rule S7) are nowhere in it: whoever works with her hands only for a while is
shown as always.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F, FilteredRelation, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from bookings.domain.menu import Offer, With, offers
from bookings.domain.offers import offered, suffice, works_at
from bookings.models import SessionType
from studio.premises.fields import WallTimeField
from studio.premises.models import Location
from therapists.models import Certification, ExtraShift, Shift, Therapist, Weekday, in_force


@dataclass(frozen=True, slots=True)
class Member:
    """A therapist, what she can prove on the dates, and the sessions that this lets her give."""

    therapist: Therapist
    certifications: list[Certification]
    offers: list[Offer]

    @property
    def session_types(self) -> list[SessionType]:
        """What she can give, without what belongs to it."""
        return [offer.session_type for offer in self.offers]


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where somebody works: on which weekdays, and on which dates beside them."""

    location: Location
    weekdays: list[Weekday]
    dates: list[date]


def team(*, on: Iterable[date]) -> list[Member]:
    """Every active therapist, with the certifications that count on each of the dates."""
    found = _with_certifications(Therapist.objects.all(), on)
    theirs = offers(offered().defer("description"), With.QUALIFICATIONS)
    pairs = SessionType.therapists.through.objects.values_list("therapist_id", "sessiontype_id")
    offering = set(pairs)
    return [
        _member(
            therapist,
            held,
            (offer for offer in theirs if (therapist.pk, offer.session_type.pk) in offering),
        )
        for therapist, held in found
    ]


def member(slug: str, *, on: Iterable[date]) -> Member | None:
    """One of them, with the places of what she gives; None where there is none."""
    found = _with_certifications(Therapist.objects.filter(slug=slug), on)
    if not found:
        return None
    ((therapist, held),) = found
    hers = SessionType.therapists.through.objects.filter(therapist=therapist)
    session_types = offered().filter(pk__in=hers.values("sessiontype")).defer("description")
    return _member(therapist, held, offers(session_types, With.QUALIFICATIONS, With.PLACES))


def givers(offer: Offer, *, on: Collection[date]) -> list[Therapist]:
    """Who works where it is offered, and holds on the dates what it requires."""
    therapists = Therapist.objects.filter(
        works_at(offer.places, since=min(on)), session_types=offer.session_type
    )
    return [
        therapist
        for therapist, held in _with_certifications(therapists, on)
        if suffice(held, offer.qualifications)
    ]


def workplaces(
    therapist: Therapist, locations: Iterable[Location], *, today: date
) -> list[Workplace]:
    """Her places among these, from today on, by slug; in one query."""
    weekly = (
        Shift.objects.filter(Q(last__isnull=True) | Q(last__gte=today), therapist=therapist)
        .order_by()
        .values_list("location_id", "weekday", Cast(Value(None), WallTimeField()))
    )
    extra = (
        ExtraShift.objects.filter(
            therapist=therapist, wall_from__gte=datetime.combine(today, time.min)
        )
        .order_by()
        .values_list("location_id", Cast(Value(None), IntegerField()), "wall_from")
    )
    rows = set(weekly.union(extra).order_by())
    return [
        Workplace(
            place,
            [each for each in Weekday if (place.pk, each, None) in rows],
            sorted({wall.date() for pk, _, wall in rows if pk == place.pk and wall is not None}),
        )
        for place in locations
        if any(pk == place.pk for pk, *_ in rows)
    ]


def _member(therapist: Therapist, held: list[Certification], theirs: Iterable[Offer]) -> Member:
    """What she offers and may give."""
    return Member(
        therapist, held, [offer for offer in theirs if suffice(held, offer.qualifications)]
    )


def _with_certifications(
    therapists: QuerySet[Therapist], on: Iterable[date]
) -> list[tuple[Therapist, list[Certification]]]:
    """The active ones of them by slug, each with what counts on all the dates; in one query."""
    days = list(on)
    counting = in_force(max(days), min(days), "certifications")
    rows = (
        therapists.filter(active=True)
        .annotate(held=FilteredRelation("certifications", condition=counting))
        .select_related("held__qualification")  # type: ignore[misc]  # the plugin knows no such
        .order_by("slug", F("held__qualification__slug"), F("held__issued_on"))
    )
    found: dict[int, tuple[Therapist, list[Certification]]] = {}
    for row in rows:
        _, held = found.setdefault(row.pk, (row, []))
        certification = getattr(row, "held", None)
        if certification is not None:
            held.append(certification)
    return list(found.values())
