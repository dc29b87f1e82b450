"""Which locations a booking touches, or another row that can be written.

A therapist's bookings take time from her wherever she works.
"""

from collections.abc import Iterable
from typing import Any, TypeIs

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from bookings.models import Booking, SessionType
from bookings.scheduling.hours import DAY_MINUTES
from bookings.scheduling.timeline import Minute
from studio.premises.models import Closure, Inspection, Location, Room, RoomBlock
from studio.premises.unchanged import Unchanging
from therapists.models import Certification, ExtraShift, Shift, Therapist, TimeOff


def locations_of(therapist_ids: Iterable[int]) -> set[int]:
    """Ids of the locations at which any of the therapists has a shift."""
    match list(therapist_ids):
        case []:
            return set()
        case [one]:
            return set(_LOCATIONS_OF_ONE(one))
        case several:
            return set(_locations(therapist_id__in=several))


def locations_touched(row: Model, *, now: Minute) -> set[int] | None:
    """Ids of the locations whose answers a row of the schedule has a part in; None: of any.

    What a therapist is, can and does counts where she works, and on the boards of those places
    for which she is booked.
    """
    match row:
        case Closure() | Room():
            return {row.location_id}
        case RoomBlock() | Inspection():
            return set(Room.objects.filter(pk=row.room_id).values_list("location_id", flat=True))
        case Shift() | ExtraShift():
            return {row.location_id} | _where_she_works_or_is_booked(row.therapist_id, now)
        case TimeOff() | Certification():
            return _where_she_works_or_is_booked(row.therapist_id, now)
        case Therapist():
            return _where_she_works_or_is_booked(row.pk, now)
        case SessionType():
            return set(row.locations.values_list("pk", flat=True))
        case _:
            return None


def is_known_everywhere(row: Model) -> TypeIs[Therapist | SessionType]:
    """Whether it can be asked for at any location, also at one that it has nothing to do with."""
    return isinstance(row, (Therapist, SessionType))


def _where_she_works_or_is_booked(therapist: int, now: Minute) -> set[int]:
    """Ids; booked from two days ago on, for boards show today, which is another date elsewhere."""
    coming = Booking.objects.filter(therapist=therapist, occupied_from__gt=now - 2 * DAY_MINUTES)
    booked = coming.order_by().values_list("location_id", flat=True).distinct()
    return locations_of([therapist]) | set(booked)


def _locations(**whose: Any) -> QuerySet[Any, int]:
    weekly = Shift.objects.filter(**whose).values_list("location_id", flat=True).order_by()
    extra = ExtraShift.objects.filter(**whose).values_list("location_id", flat=True).order_by()
    return weekly.union(extra).order_by()


_LOCATIONS_OF_ONE = Unchanging(lambda therapist: _locations(therapist=therapist), int)


def locations_of_named(slug: str) -> set[int]:
    """The same of one therapist by her slug."""
    return set(_LOCATIONS_OF_NAMED(slug))


_LOCATIONS_OF_NAMED = Unchanging(lambda slug: _locations(therapist__slug=slug), str)


def locations_of_who_might(session_type: SessionType, location: Location) -> set[int]:
    """The same of all active therapists who offer the session type and work at the location."""
    return set(_LOCATIONS_OF_WHO_MIGHT(session_type.pk, location.pk))


def _at_work(session_type: int, location: int) -> QuerySet[Therapist]:
    offering = Therapist.objects.filter(active=True, session_types=session_type)
    return offering.filter(_works_at(location)).order_by()


_LOCATIONS_OF_WHO_MIGHT = Unchanging(
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
