"""Links to health questions that came up after booking (rule H5).

A booking queues its own when it is made. A version that is signed off later asks all of them anew.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.domain.health.screening import answers_states, open_by_the_session, version_in_force
from bookings.domain.placing import locked
from bookings.domain.telling.news import Planned
from bookings.domain.telling.outbox import queue
from bookings.enums import BOOKED, Ask, NotificationKind, NotificationState, Source, Status
from bookings.models import Answers, Booking, Notification
from bookings.scheduling.hours import DAY_MINUTES, to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out


def to_be_asked_again(*, now: Minute) -> tuple[int, int]:
    """How many coming bookings have been answered, and how many of them begin within 24 hours.

    Those are the ones that another version asks anew.
    """
    current = Answers.objects.current().filter(
        booking=OuterRef("pk"), ask=Ask.BOOKING, is_complete=True
    )
    coming = Booking.objects.filter(
        Exists(current),
        status__in=BOOKED,
        starts_at__gt=to_instant(now),
    )
    soon = coming.filter(starts_at__lte=to_instant(now + DAY_MINUTES))
    return coming.count(), soon.count()


def ask_again(*, now: Minute) -> int:
    """Queue a link for each session of the next 24 hours that is open and has none; how many.

    A studio file tells nobody anything, and nobody is asked who has no address.
    """
    if version_in_force() is None:
        return 0
    bookings = list(_unasked(now=now).select_related("location"))
    states = answers_states(bookings, now=now)
    wanting = [booking for booking in bookings if states[booking.pk].is_open]
    return sum(_ask(booking, now=now) for booking in wanting)


def _unasked(*, now: Minute) -> QuerySet[Booking]:
    """What is confirmed for the next 24 hours, and has no link yet."""
    link = Notification.objects.filter(
        booking=OuterRef("pk"),
        kind=NotificationKind.ANSWERS_NEEDED,
        start=OuterRef("starts_at"),
    ).exclude(state=NotificationState.WITHDRAWN)
    return Booking.objects.filter(
        ~Exists(link),
        status=Status.CONFIRMED,
        starts_at__gt=to_instant(now),
        starts_at__lte=to_instant(now + DAY_MINUTES),
        client__isnull=False,
    ).exclude(Q(source=Source.FILE) | Q(client__email=""))


def _ask(booking: Booking, *, now: Minute) -> bool:
    """Whether a link was queued: another worker may have done it, or an answer has just come."""

    def work() -> bool:
        waited = locked(booking)
        if not open_by_the_session(waited) or not _unasked(now=now).filter(pk=booking.pk).exists():
            return False
        queue(waited, [Planned(NotificationKind.ANSWERS_NEEDED, now)], now=now)
        return True

    return carry_out(work)
