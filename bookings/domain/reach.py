"""Which locations a therapist's bookings touch: where she works, they take time from her."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.models import SessionType
from studio.premises.models import Location
from studio.queries import Written
from therapists.models import ExtraShift, Shift, Therapist


def locations_of(therapist_ids: Iterable[int]) -> set[int]:
    """Ids of the locations at which any of the therapists has a shift."""
    match list(therapist_ids):
        case []:
            return set()
        case [one]:
            return set(_LOCATIONS_OF_ONE(one))
        case several:
            return set(_locations(therapist_id__in=several))


def _locations(**whose: Any) -> QuerySet[Any, int]:
    weekly = Shift.objects.filter(**whose).values_list("location_id", flat=True).order_by()
    extra = ExtraShift.objects.filter(**whose).values_list("location_id", flat=True).order_by()
    return weekly.union(extra).order_by()


_LOCATIONS_OF_ONE = Written(lambda therapist: _locations(therapist=therapist), int)


def locations_of_named(slug: str) -> set[int]:
    """The same of one therapist by her slug."""
    return set(_LOCATIONS_OF_NAMED(slug))


_LOCATIONS_OF_NAMED = Written(lambda slug: _locations(therapist__slug=slug), str)


def locations_of_who_might(session_type: SessionType, location: Location) -> set[int]:
    """The same of all active therapists who offer the session type and work at the location."""
    return set(_LOCATIONS_OF_WHO_MIGHT(session_type.pk, location.pk))


def _at_work(session_type: int, location: int) -> QuerySet[Therapist]:
    offering = Therapist.objects.filter(active=True, session_types=session_type)
    return offering.filter(_works_at(location)).order_by()


_LOCATIONS_OF_WHO_MIGHT = Written(
    lambda session_type, location: _locations(
        therapist__in=_at_work(session_type, location).values("pk")
    ),
    int,
    int,
)


def who_matters(session_type: SessionType, location: Location) -> QuerySet[Therapist]:
    """The active therapists who offer the session type or work at the location."""
    offers = Exists(
        session_type.therapists.through.objects.filter(
            sessiontype=session_type, therapist=OuterRef("pk")
        )
    )
    return Therapist.objects.filter(Q(offers) | _works_at(location), active=True)


def _works_at(location: Location | int) -> Q:
    weekly = Shift.objects.filter(therapist=OuterRef("pk"), location=location)
    extra = ExtraShift.objects.filter(therapist=OuterRef("pk"), location=location)
    return Q(Exists(weekly)) | Q(Exists(extra))


def offering(session_type: SessionType) -> list[int]:
    """Ids of the active therapists who offer the session type, wherever they work."""
    return list(
        Therapist.objects.filter(active=True, session_types=session_type).values_list(
            "pk", flat=True
        )
    )
