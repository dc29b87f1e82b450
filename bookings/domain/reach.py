"""Which locations a therapist's bookings touch: where she works, they take time from her."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.models import SessionType
from studio.premises.models import Location
from therapists.models import ExtraShift, Shift, Therapist


def locations_of(therapist_ids: Iterable[int]) -> set[int]:
    """Ids of the locations at which any of the therapists has a shift."""
    ids = list(therapist_ids)
    weekly = Shift.objects.filter(therapist_id__in=ids).values_list("location_id").order_by()
    extra = ExtraShift.objects.filter(therapist_id__in=ids).values_list("location_id").order_by()
    return {location_id for (location_id,) in weekly.union(extra).order_by()}


def at_work(session_type: SessionType, location: Location) -> list[int]:
    """Ids of the active therapists who offer the session type and work at the location."""
    offering = Therapist.objects.filter(active=True, session_types=session_type)
    return list(offering.filter(_works_at(location)).values_list("pk", flat=True))


def who_matters(session_type: SessionType, location: Location) -> QuerySet[Therapist]:
    """The active therapists who offer the session type or work at the location."""
    offers = Exists(
        session_type.therapists.through.objects.filter(
            sessiontype=session_type, therapist=OuterRef("pk")
        )
    )
    return Therapist.objects.filter(Q(offers) | _works_at(location), active=True)


def _works_at(location: Location) -> Q:
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
