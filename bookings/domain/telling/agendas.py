"""On the evening before, each therapist is sent the list of her day."""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, OuterRef

from bookings.enums import NotificationKind as Kind
from bookings.enums import Status
from bookings.models import Booking, Notification
from bookings.scheduling.hours import WallClock, local_date, to_instant, wall_minute
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location
from therapists.models import Therapist

EVENING = time(18)
"""By the clocks of the location."""


def queue_agendas(*, now: Minute) -> None:
    """Queue tomorrow's list for who has sessions then and an account with an address.

    One for each therapist and date, on the evening of the first of her locations to have it. The
    row's start is the midnight of that date in UTC, whatever the zone. Who is booked only later in
    the evening is told of that booking itself.
    """
    for location in Location.objects.order_by("pk"):
        today = local_date(location.timezone, now)
        clock = WallClock(location.timezone, today, today)
        evening = clock.as_start(wall_minute(datetime.combine(today, EVENING)))
        if now >= evening:
            _queue(location, today + timedelta(days=1), evening=evening, now=now)


def _queue(location: Location, day: date, *, evening: Minute, now: Minute) -> None:
    start = datetime.combine(day, time(), UTC)
    queued = Notification.objects.filter(kind=Kind.THERAPIST_AGENDA, start=start)
    hers = Booking.objects.on_dates(day, day).filter(
        therapist=OuterRef("pk"),
        location=location,
        status=Status.CONFIRMED,
        booked_at__lte=to_instant(evening),
    )
    rows = [
        Notification(
            therapist=therapist,
            kind=Kind.THERAPIST_AGENDA,
            start=start,
            due_at=to_instant(now),
            queued_at=to_instant(now),
        )
        for therapist in Therapist.objects.filter(Exists(hers), active=True, user__is_active=True)
        .exclude(user__email="")
        .exclude(pk__in=queued.values("therapist"))
    ]
    # Two workers may get here at once.
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
