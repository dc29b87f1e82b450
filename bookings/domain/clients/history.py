"""What a client has booked: before, ahead, and in numbers."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from bookings.enums import Status
from bookings.models import Booking, Client
from bookings.models.booking_queryset import BookingQuerySet
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute

CAME = (Status.CHECKED_IN, Status.COMPLETED)

OVER = (Status.COMPLETED, Status.NO_SHOW)


@dataclass(frozen=True, slots=True)
class History:
    """How often a client came, and how often not."""

    visits: int
    no_shows: int
    late_cancellations: int


def history_of(client: Client) -> History:
    """All that is known of a client, in one query."""
    return History(
        **client.bookings.aggregate(
            visits=Count("pk", filter=Q(status__in=CAME)),
            no_shows=Count("pk", filter=Q(status=Status.NO_SHOW)),
            late_cancellations=Count("pk", filter=Q(late_cancellation=True)),
        )
    )


def bookings_ahead(*clients: Client, now: Minute) -> BookingQuerySet:
    """What these clients have booked that has not ended yet, by its start."""
    return _shown(_ahead(clients, now=now)).order_by("starts_at", "pk")


def earlier_bookings(*clients: Client, now: Minute) -> BookingQuerySet:
    """Everything but what is booked ahead, latest first."""
    ahead = _ahead(clients, now=now).order_by().values("pk")
    return (
        _shown(Booking.objects.filter(client__in=clients))
        .exclude(pk__in=ahead)
        .order_by("-starts_at", "-pk")
    )


def unsettled_bookings(client: Client, *, now: Minute) -> BookingQuerySet:
    """What takes time and nobody has said yet of whether they came, by its start."""
    standing = Booking.objects.standing(to_instant(now)).filter(client=client)
    return _shown(standing.exclude(status__in=OVER)).order_by("starts_at", "pk")


def _ahead(clients: Collection[Client], *, now: Minute) -> BookingQuerySet:
    standing = Booking.objects.standing(to_instant(now))
    return standing.filter(client__in=clients, occupied_until__gt=now)


def _shown(bookings: BookingQuerySet) -> BookingQuerySet:
    """With what a list of them says."""
    return bookings.select_related("location", "therapist", "room").prefetch_related("payments")
