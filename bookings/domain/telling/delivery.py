"""How what is queued leaves: claimed for a while, sent outside of any transaction, marked at once.

Whoever claims a row has it for the time of its lease. A worker that dies says nothing, and need
not: when the lease is over, the row is due again for whoever asks next.
"""

from collections.abc import Collection, Iterable

from django.db.models import F, Q, QuerySet

from bookings.domain.telling.news import CLIENT_NEWS
from bookings.enums import NotificationState as State
from bookings.models import Booking, Notification
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out

LEASE_MINUTES = 10
"""How long a row waits for a worker that died with it."""

PAUSES = (1, 5, 15, 60, 240, 720)
"""Minutes until a message that was refused for now is tried again; after the last it is dead."""

TELLS_OF = (
    "booking__client",
    "booking__location",
    "booking__session_type",
    "booking__therapist",
    "booking__room",
    "therapist__user",
)
"""What a message may need to be put into words."""


def is_anything_due(now: Minute) -> bool:
    """Whether it is worth claiming: a look at the few rows that wait, without any lock."""
    return _due(now).exists()


def claim(now: Minute, limit: int) -> list[Notification]:
    """Take at most so many due rows, oldest first, which are nobody else's until the lease ends.

    Workers that ask at the same moment get different rows and do not wait for one another.
    """

    def work() -> list[int]:
        # On SQLite the transaction itself keeps the others out.
        rows = _due(now).select_for_update(skip_locked=True).order_by("due_at", "pk")[:limit]
        claimed = list(rows.values_list("pk", flat=True))
        until = to_instant(now + LEASE_MINUTES)
        Notification.objects.filter(pk__in=claimed).update(leased_until=until)
        return claimed

    claimed = carry_out(work)
    if not claimed:
        return []
    rows = Notification.objects.filter(pk__in=claimed).select_related(*TELLS_OF)
    return list(rows.order_by("due_at", "pk"))


def mark_sent(row: Notification, *, now: Minute) -> None:
    """Note that a message has left, whoever has the row by now: that it left stays true."""
    Notification.objects.filter(pk=row.pk).exclude(state=State.SENT).update(
        state=State.SENT,
        sent_at=to_instant(now),
        leased_until=None,
        attempts=F("attempts") + 1,
        last_error="",
    )


def mark_failed(row: Notification, error: str, *, now: Minute, is_final: bool = False) -> State:
    """Note that a message was refused; it is tried again later, or is dead. Gives its state.

    `error` says why, without addresses and without anything of the message.
    """
    is_dead = is_final or row.attempts >= len(PAUSES)
    pause = 0 if is_dead else PAUSES[row.attempts]
    state = State.DEAD if is_dead else State.QUEUED
    _in_hand([row]).update(
        state=state,
        due_at=to_instant(now + pause),
        leased_until=None,
        attempts=F("attempts") + 1,
        last_error=error,
    )
    return state


def give_back(rows: Iterable[Notification]) -> None:
    """Let others have what was claimed and not tried."""
    _in_hand(rows).update(leased_until=None)


def withdraw_untrue(row: Notification) -> None:
    """Note that a message would say what is not so any more, and does not leave."""
    _in_hand([row]).update(state=State.WITHDRAWN, leased_until=None)


def send_again(rows: QuerySet[Notification], *, now: Minute) -> int:
    """Queue dead messages anew, with all their attempts ahead of them; how many there were."""
    return rows.filter(state=State.DEAD).update(
        state=State.QUEUED, due_at=to_instant(now), attempts=0, last_error=""
    )


def tell_otherwise(rows: QuerySet[Notification]) -> int:
    """Note that what is dead was told some other way; how many there were."""
    return rows.filter(state=State.DEAD).update(state=State.TOLD)


def news_to_come(bookings: Collection[Booking]) -> list[Notification]:
    """What waits to tell clients how their bookings stand, and has not been tried yet."""
    news = Notification.objects.filter(booking__in=bookings, kind__in=CLIENT_NEWS)
    return list(news.filter(state=State.QUEUED, attempts=0).select_related("booking__client"))


def undelivered(now: Minute) -> int:
    """How many messages could not be sent of what is still ahead, and nobody has dealt with."""
    return Notification.objects.filter(state=State.DEAD, start__gt=to_instant(now)).count()


def _due(now: Minute) -> QuerySet[Notification]:
    instant = to_instant(now)
    is_free = Q(leased_until__isnull=True) | Q(leased_until__lte=instant)
    return Notification.objects.filter(is_free, state=State.QUEUED, due_at__lte=instant).order_by()


def _in_hand(rows: Iterable[Notification]) -> QuerySet[Notification]:
    """Those of some claimed rows that nobody else has claimed since."""
    found = Q(pk__in=[])
    for row in rows:
        found |= Q(pk=row.pk, leased_until=row.leased_until)
    return Notification.objects.filter(found, state=State.QUEUED)
