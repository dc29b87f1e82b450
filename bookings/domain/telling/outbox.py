"""What has to be told, queued in the transaction of the change that it tells of (rule P4).

What has not left yet when something changes is withdrawn and thought of anew, so that whatever is
taken back in time says nothing to anybody. What there is to tell, `news` says.
"""

from collections.abc import Iterable

from django.db.models import Q

from bookings.domain.callers import Caller
from bookings.domain.telling.news import (
    CHOSEN,
    CLIENT_NEWS,
    Planned,
    facts_of,
    plan,
    plan_by_choice,
)
from bookings.enums import EventKind, Source, Status
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.models import Booking, Notification
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.rows import write

CHANGES = (
    EventKind.MOVED,
    EventKind.CANCELLED,
    EventKind.RESTORED,
    EventKind.APPROVED,
    EventKind.DECLINED,
    EventKind.EXPIRED,
    EventKind.ANSWERED,
)
"""What a calendar that has the booking must follow."""

FOLLOWED = (
    *CHANGES,
    EventKind.BOOKED,
    EventKind.CONFIRMED,
    EventKind.CHECKED_IN,
    EventKind.COMPLETED,
    EventKind.NO_SHOW,
    EventKind.STEPPED_BACK,
)
"""After what it is asked whether somebody has to be told something."""


def follow(
    booking: Booking,
    kind: EventKind,
    *,
    by: Caller,
    now: Minute,
    from_status: str = "",
    is_open: bool | None = None,
) -> None:
    """Queue what has to be told after a recorded change; withdraw what it has made untrue.

    A studio file tells nobody anything, and a hold that ran out was no booking yet. Call it in
    the transaction of the change, with the booking as it is written; `is_open` is as in `plan`.
    """
    if kind not in FOLLOWED or by.source == Source.FILE:
        return
    if kind in CHANGES:
        booking.sequence += 1
        Booking.objects.filter(pk=booking.pk).update(sequence=booking.sequence)
    if booking.client is None:
        return
    told = [] if kind is EventKind.BOOKED else withdraw(booking, now=now)
    if kind is EventKind.EXPIRED and from_status == Status.HELD:
        return
    planned = plan(booking, told, now=now, is_open=is_open)
    rows = _rows(booking, planned, told, now=now, is_quiet=by.is_quiet)
    if kind is EventKind.BOOKED:
        write(*rows)  # it has no others
    else:
        _write(rows)


def withdraw(booking: Booking, *, now: Minute) -> list[Notification]:
    """Withdraw what has not left yet, and give what has been told of a booking, oldest first.

    What a worker has in hand right now counts as told: it may have left already.
    """
    instant = to_instant(now)
    told, waiting = [], []
    # Locked, so that no worker takes in hand meanwhile what is withdrawn here.
    rows = booking.notifications.select_for_update(of=("self",)).select_related("therapist__user")
    for row in rows.order_by("queued_at", "pk"):
        in_hand = row.leased_until is not None and row.leased_until > instant
        if row.state == State.QUEUED and not in_hand:
            waiting.append(row.pk)
        elif row.state in (State.QUEUED, State.SENT, State.TOLD):
            told.append(row)
    if waiting:
        Notification.objects.filter(pk__in=waiting).update(state=State.WITHDRAWN)
    return told


def follow_choice(booking: Booking, *, now: Minute) -> None:
    """Withdraw what the client may choose and still waits, or queue it again, as they want it."""
    chosen = booking.notifications.filter(kind__in=CHOSEN)
    in_hand = Q(leased_until__gt=to_instant(now))
    chosen.filter(state=State.QUEUED).exclude(in_hand).update(state=State.WITHDRAWN)
    left = chosen.exclude(state=State.WITHDRAWN)
    queue(booking, plan_by_choice(booking, now=now), left, now=now)


def queue(
    booking: Booking,
    planned: Iterable[Planned],
    told: Iterable[Notification] = (),
    *,
    now: Minute,
) -> None:
    """Write the messages, each once: what was told already is not told again.

    Nobody is written to who has no address.
    """
    _write(_rows(booking, planned, told, now=now))


def _rows(
    booking: Booking,
    planned: Iterable[Planned],
    told: Iterable[Notification],
    *,
    now: Minute,
    is_quiet: bool = False,
) -> list[Notification]:
    """The messages that are new; with `is_quiet` the client's news count as told."""
    done = {_key(row) for row in told}
    rows = []
    for each in planned:
        if not _can_be_told(booking, each):
            continue
        row = Notification(
            booking=booking,
            therapist=each.therapist,
            kind=each.kind,
            start=booking.starts_at,
            sequence=each.sequence,
            lead_hours=each.lead_hours,
            facts=facts_of(booking),
            state=State.TOLD if is_quiet and each.kind in CLIENT_NEWS else State.QUEUED,
            due_at=to_instant(each.due),
            queued_at=to_instant(now),
        )
        if _key(row) not in done:
            rows.append(row)
    return rows


def _write(rows: list[Notification]) -> None:
    # What was withdrawn and is true again takes the row that it had.
    Notification.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["booking", "kind", "start", "sequence", "lead_hours"],
        update_fields=["therapist", "facts", "state", "due_at", "queued_at", "attempts"],
    )


def _can_be_told(booking: Booking, planned: Planned) -> bool:
    if planned.therapist is not None:
        user = planned.therapist.user
        return user is not None and bool(user.email)
    if planned.kind == Kind.REVIEW_WAITING:
        return True
    return booking.client is not None and bool(booking.client.email)


def _key(row: Notification) -> tuple[object, ...]:
    return (row.kind, row.start, row.sequence, row.lead_hours)
