"""Whose dates belong together: the bookings of a series that one client has."""

from dataclasses import dataclass

from bookings.domain.cancelling import CANCELLABLE
from bookings.enums import Status
from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet


@dataclass(frozen=True, slots=True)
class Membership:
    """The place of a booking among those of its series, ascending, and how far these lie apart."""

    position: int
    members: list[Booking]
    every_weeks: int | None


def membership(booking: Booking) -> Membership | None:
    """What it is one of; None for one that stands alone."""
    found = members(booking)
    if booking.series is None or len(found) < 2:
        return None
    return Membership(found.index(booking) + 1, found, booking.series.every_weeks)


def members(booking: Booking) -> list[Booking]:
    """All of its series that the same client has, ascending; none for one that is in no series."""
    return list(_of_series(booking))


def following(booking: Booking) -> list[Booking]:
    """The booking and those of its series that start later and stand, ascending."""
    return [booking, *_later(booking).filter(status__in=CANCELLABLE)]


def cancelled_with(booking: Booking) -> list[Booking]:
    """A cancelled booking and what of its series was cancelled together with it, ascending."""
    at_once = _later(booking).filter(status=Status.CANCELLED, cancelled_at=booking.cancelled_at)
    return [booking, *at_once]


def _later(booking: Booking) -> BookingQuerySet:
    """Those of its series that start later, of the same client."""
    return _of_series(booking).filter(starts_at__gt=booking.starts_at)


def _of_series(booking: Booking) -> BookingQuerySet:
    if booking.series_id is None:
        return Booking.objects.none()
    same = Booking.objects.filter(series=booking.series_id, client=booking.client_id)
    return same.whole().select_related("therapist__user")
