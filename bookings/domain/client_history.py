"""What a client has booked so far, in numbers."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from bookings.enums import Status
from bookings.models import Booking, Client
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute

CAME = (Status.CHECKED_IN, Status.COMPLETED)


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


def earlier_bookings(client: Client, *, now: Minute) -> QuerySet[Booking]:
    """Everything but what is booked ahead, latest first."""
    ahead = Booking.objects.standing(to_instant(now)).filter(client=client, occupied_until__gt=now)
    return (
        Booking.objects.filter(client=client)
        .exclude(pk__in=ahead.values("pk"))
        .order_by("-starts_at", "-pk")
    )
