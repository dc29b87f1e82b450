"""Links to health questions that came up after booking (rule H5).

A booking queues its own when it is made. A version that is signed off later asks all of them anew.
"""

from django.db.models import Exists, OuterRef

from bookings.domain.outbox import Planned, queue
from bookings.domain.screening import answers_states, in_force
from bookings.enums import NotificationKind, NotificationState, Source, Status
from bookings.models import Booking, Notification
from bookings.scheduling.hours import DAY_MINUTES, to_instant
from bookings.scheduling.timeline import Minute


def ask_again(*, now: Minute) -> int:
    """Queue a link for each session of the next 24 hours that is open and has none; how many.

    A studio file tells nobody anything.
    """
    if in_force() is None:
        return 0
    link = Notification.objects.filter(
        booking=OuterRef("pk"),
        kind=NotificationKind.ANSWERS_NEEDED,
        start=OuterRef("starts_at"),
    ).exclude(state=NotificationState.WITHDRAWN)
    soon = Booking.objects.filter(
        ~Exists(link),
        status=Status.CONFIRMED,
        starts_at__gt=to_instant(now),
        starts_at__lte=to_instant(now + DAY_MINUTES),
    ).exclude(source=Source.FILE)
    bookings = list(soon.select_related("location", "session_type", "therapist", "room", "client"))
    states = answers_states(bookings, now=now)
    wanting = [booking for booking in bookings if states[booking.pk].is_open]
    for booking in wanting:
        queue(booking, [Planned(NotificationKind.ANSWERS_NEEDED, now)], now=now)
    return len(wanting)
