"""Calendar feeds: who opens one, and which sessions stand in it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import constant_time_compare

from bookings.domain.links import feed_token
from bookings.enums import EventKind, Status
from bookings.models import Booking, CalendarFeed, Event
from bookings.scheduling.hours import DAY_MINUTES, to_instant
from bookings.scheduling.timeline import Minute

PAST_DAYS, COMING_DAYS = 30, 90

BOOKED = (EventKind.BOOKED, EventKind.CONFIRMED)
"""From then on somebody was expected; a hold is nobody's session yet."""

OVER = (Status.CANCELLED, Status.DECLINED, Status.EXPIRED)


def feed_opened_by(whose: str, slug: str, secret: str) -> CalendarFeed | None:
    """The feed of a `therapist` or a `room` whose secret this is; None for a revoked one.

    One who has left, and a room that is retired, have none any more.
    """
    feeds = CalendarFeed.objects.select_related(whose).filter(
        Q(**{f"{whose}__slug": slug, f"{whose}__active": True}), revoked_at__isnull=True
    )
    for feed in feeds:
        if constant_time_compare(secret, feed_token(feed)):
            return feed
    return None


def bookings_in(feed: CalendarFeed, *, now: Minute) -> QuerySet[Booking]:
    """The sessions of the last 30 and the next 90 days, those too that were called off."""
    whose = Q(therapist=feed.therapist_id) if feed.therapist_id else Q(room=feed.room_id)
    since, until = now - PAST_DAYS * DAY_MINUTES, now + COMING_DAYS * DAY_MINUTES
    happened = Event.objects.filter(booking=OuterRef("pk"), kind__in=BOOKED)
    return (
        Booking.objects.filter(
            whose,
            ~Q(status__in=OVER) | Exists(happened),
            starts_at__gte=to_instant(since),
            starts_at__lt=to_instant(until),
            # Follows from the two before, and is what the indexes are by.
            occupied_from__range=(since - DAY_MINUTES, until),
            client__isnull=False,
        )
        .exclude(status=Status.HELD)
        .select_related("location", "therapist", "room", "client")
        .order_by("starts_at", "pk")
    )
