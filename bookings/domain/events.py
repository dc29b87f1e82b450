"""What happened to a booking or a client, written down with each change (rule B7).

What has to be told of it is queued with it (rule P4).
"""

from collections.abc import Collection
from typing import Any

from bookings.domain.callers import Caller
from bookings.domain.telling.outbox import follow
from bookings.domain.waitlist.history import settle_offer
from bookings.enums import ClientEventKind, EventKind
from bookings.models import Booking, Client, ClientEvent, Event
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute
from studio.rows import write


def record(
    booking: Booking,
    kind: EventKind,
    *,
    by: Caller,
    at: Minute,
    from_status: str = "",
    reason: str = "",
    overridden: Collection[Rule] = (),
    details: dict[str, Any] | None = None,
    is_open: bool | None = None,
) -> Event:
    """Write down one change; `booking` has its new state already, `from_status` the old one.

    Who knows already whether health questions are open by the session says so (rule H5).
    """
    event = Event(
        booking=booking,
        kind=kind,
        at=to_instant(at),
        by=by.user,
        source=by.source,
        from_status=from_status,
        to_status=booking.status,
        reason=reason,
        overridden=sorted(rule.value for rule in overridden),
        details=details or {},
    )
    write(event)
    settle_offer(booking, kind, by=by, at=at, from_status=from_status)
    follow(booking, kind, by=by, now=at, from_status=from_status, is_open=is_open)
    return event


def record_about(
    client: Client,
    kind: ClientEventKind,
    *,
    by: Caller,
    at: Minute,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> ClientEvent:
    """Write down what was done about a client; `details` hold nothing of the person."""
    return ClientEvent.objects.create(
        client=client,
        kind=kind,
        at=to_instant(at),
        by=by.user,
        reason=reason,
        details=details or {},
    )
