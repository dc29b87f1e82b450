"""Whether a message is still true when it is about to leave (rule P4)."""

from math import ceil

from bookings.domain.health.screening import open_by_the_session
from bookings.domain.telling.news import EXPECTED, FOLLOWED_UP, says
from bookings.enums import NotificationKind as Kind
from bookings.enums import Status
from bookings.models import Booking, Notification
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Minute


def is_true(row: Notification, booking: Booking, *, now: Minute) -> bool:
    """Whether a booking, read just now, is as the message says.

    What it says counts, not the number of the change: whoever moved there and back is where the
    message in a worker's hand says, and no other one follows it.
    """
    instant = to_instant(now)
    if row.start != booking.starts_at:
        return row.kind == Kind.THERAPIST_CANCELLED and _is_gone(row, booking)
    is_ahead = booking.starts_at > instant
    is_pending = booking.status == Status.PENDING_REVIEW and not booking.has_lapsed(instant)
    match row.kind:
        case Kind.RECEIVED:
            return is_ahead and is_pending and _names_the_same(row, booking)
        case Kind.CONFIRMED:
            stands = booking.status == Status.CONFIRMED
            return is_ahead and stands and _names_the_same(row, booking)
        case Kind.MOVED:
            stands = booking.status == Status.CONFIRMED or is_pending
            return is_ahead and stands and _names_the_same(row, booking)
        case Kind.CANCELLED:
            return booking.status == Status.CANCELLED
        case Kind.DECLINED:
            return booking.status == Status.DECLINED
        case Kind.LAPSED:
            return booking.status == Status.EXPIRED
        case Kind.REMINDER:
            stands = booking.status == Status.CONFIRMED
            return is_ahead and stands and _wants_it(booking) and _is_latest(row, now=now)
        case Kind.ANSWERS_NEEDED:
            stands = booking.status == Status.CONFIRMED
            return is_ahead and stands and bool(open_by_the_session(booking))
        case Kind.WAITLIST_OFFER:
            return booking.status == Status.HELD and not booking.has_lapsed(instant)
        case Kind.FOLLOW_UP:
            is_over = booking.ends_at <= instant and booking.status in FOLLOWED_UP
            return is_over and booking.client is not None and booking.client.wants_follow_ups
        case Kind.THERAPIST_BOOKED | Kind.THERAPIST_MOVED:
            is_hers = not _is_gone(row, booking) and booking.ends_at > instant
            return is_hers and says(row, booking, "session_type", "room")
        case Kind.THERAPIST_CANCELLED:
            return _is_gone(row, booking)
        case Kind.REVIEW_WAITING:
            return is_pending
    return False


def _names_the_same(row: Notification, booking: Booking) -> bool:
    return says(row, booking, "session_type", "therapist")


def _is_gone(row: Notification, booking: Booking) -> bool:
    """Whether a therapist has no session there any more."""
    return booking.therapist_id != row.therapist_id or booking.status not in EXPECTED


def _wants_it(booking: Booking) -> bool:
    return booking.client is not None and booking.client.wants_reminders


def _is_latest(row: Notification, *, now: Minute) -> bool:
    """Whether the time of no later reminder has come, as after a night in which nothing left."""
    hours_left = ceil((to_minute(row.start) - now) / 60)
    later = Notification.objects.filter(
        booking=row.booking_id,
        kind=Kind.REMINDER,
        start=row.start,
        lead_hours__lt=row.lead_hours,
        lead_hours__gte=hours_left,
    )
    return not later.exists()
