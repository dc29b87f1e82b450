"""What happened to a booking, written down with each change of it (rule B7)."""

from collections.abc import Collection
from typing import Any

from bookings.domain.callers import Caller
from bookings.enums import EventKind
from bookings.models import Booking, Event
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute


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
) -> Event:
    """Write down one change; `booking` has its new state already, `from_status` the old one."""
    return Event.objects.create(
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
