"""What runs out by itself: holds, and reviews that nobody decided (rules B3 and H2).

It stops nobody as it is. Writing it down tells whoever waits, and keeps what is live short.
"""

from bookings.domain.placing import announce, expire, locked
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out


def expire_lapsed(*, now: Minute) -> None:
    """Turn every booking whose time limit has passed into `expired`, one transaction for each.

    Inside of another transaction it becomes a part of that.
    """
    lapsed = Booking.objects.lapsed(to_instant(now)).order_by("pk")
    for booking in list(lapsed):
        _expire(booking, now=now)


def _expire(booking: Booking, *, now: Minute) -> None:
    def work() -> None:
        current = locked(booking)
        # Somebody may have decided, or moved it, while this waited.
        if current.has_lapsed(to_instant(now)):
            expire(current, now=now)
            announce(current)

    carry_out(work)
