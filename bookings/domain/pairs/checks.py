"""Every invariant of two together, looked up in the database as it is."""

from collections.abc import Iterator

from django.db.models import Count, F

from bookings.enums import LIVE, Status
from bookings.models import Booking, Pair
from studio.premises.models import Room


def wrong_pairs() -> Iterator[tuple[str, str]]:
    """A pair, a booking or a room each, and what is wrong with it."""
    pairs = Pair.objects.order_by("pk").annotate(
        size=Count("bookings"), places=Count("bookings__location", distinct=True)
    )
    for pair in pairs.exclude(size=2):
        yield f"pair {pair}", f"binds {pair.size} bookings, not 2"
    for pair in pairs.filter(places__gt=1):
        yield f"pair {pair}", "is at two locations"
    taken = [status for status in LIVE if status != Status.HELD]
    halves = Booking.objects.filter(status=Status.HELD, pair__bookings__status__in=taken)
    for booking in halves.order_by("pk"):
        yield str(booking), "is held, though its partner is booked"
    apart = Room.beside.through.objects.exclude(from_room__location=F("to_room__location"))
    for way in apart.select_related("from_room", "to_room").order_by("pk"):
        yield f"room {way.from_room.slug}", f"is beside {way.to_room.slug}, at another location"
