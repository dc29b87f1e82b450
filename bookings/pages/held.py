"""Which booking this browser is at: kept in its session, so that no address tells it."""

from dataclasses import dataclass

from django.http import HttpRequest

from bookings.domain.callers import Caller
from bookings.domain.links import manage_token, opened_by
from bookings.enums import Source, Status
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.visitors import address_key, browser_key

KEY = "held"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How long a hold stands still, for who watches it run out."""

    seconds: int
    of_seconds: int
    said_at_minutes: tuple[int, ...] = (5, 2, 1)

    @property
    def minutes(self) -> int:
        """The minutes that have begun."""
        return -(-self.seconds // 60)


def caller_of(request: HttpRequest, *, start: bool = False) -> Caller:
    """The client at the pages; `start` begins a session for one who has none."""
    return Caller(
        source=Source.SITE,
        browser_key=browser_key(request, start=start),
        address_key=address_key(request),
    )


def keep(request: HttpRequest, booking: Booking) -> None:
    """Remember the booking as this browser's own, in place of an earlier one."""
    request.session[KEY] = {"reference": booking.reference, "token": manage_token(booking)}


def kept(request: HttpRequest) -> Booking | None:
    """The booking that this browser holds or has confirmed last."""
    found = request.session.get(KEY)
    return opened_by(found["reference"], found["token"]) if found else None


def is_kept(request: HttpRequest, booking: Booking) -> bool:
    """Whether it is the one that this browser holds or has confirmed last."""
    found: dict[str, object] = request.session.get(KEY, {})
    return found.get("reference") == booking.reference


def standing_hold(request: HttpRequest, *, now: Minute) -> Booking | None:
    """The browser's hold, while its time runs.

    What was offered to who waits is none: it stays theirs when another time is chosen.
    """
    booking = kept(request)
    if booking is None or booking.status != Status.HELD or booking.is_offered:
        return None
    return None if booking.has_lapsed(to_instant(now)) else booking


def time_left(booking: Booking | None, *, now_seconds: int) -> TimeLeft | None:
    """What is left of a hold's time; None where nothing is held (any more)."""
    if booking is None or booking.status != Status.HELD or booking.expires_at is None:
        return None
    ends = int(booking.expires_at.timestamp())
    of_seconds = ends - int(booking.booked_at.timestamp())
    return TimeLeft(ends - now_seconds, of_seconds) if ends > now_seconds else None
