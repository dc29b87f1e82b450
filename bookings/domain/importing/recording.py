"""What the bookings of a studio file become: rows as the other doors write them, with a history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max

from bookings.domain.bookable.assignment import Assignment
from bookings.domain.bookable.freed import place_of
from bookings.domain.drafting import drafted
from bookings.domain.health.screening import review_deadline, version_in_force
from bookings.domain.importing.incoming import FILE, Incoming
from bookings.domain.importing.inserting import insert
from bookings.domain.offers import currency
from bookings.domain.reception import AFTER_THE_DOOR
from bookings.domain.requests import Details, Wish
from bookings.enums import EventKind, Status
from bookings.models import Booking, Client, Event
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute

type Written = tuple[Booking, list[Event]]
"""A booking and what is recorded of it, none of them saved yet."""

CAME_FROM: dict[Status, Status] = {
    Status.CHECKED_IN: Status.CONFIRMED,
    Status.COMPLETED: Status.CONFIRMED,
    Status.NO_SHOW: Status.CONFIRMED,
    Status.CANCELLED: Status.CONFIRMED,
    Status.DECLINED: Status.PENDING_REVIEW,
    Status.EXPIRED: Status.HELD,
}
"""The state before one that no booking begins in; a file does not tell, but a history must."""


@dataclass(frozen=True, slots=True)
class Copies:
    """What new bookings copy from the studio, asked once."""

    now: Minute
    currency: str
    questionnaire_version: int | None

    @classmethod
    def of_today(cls, now: Minute) -> "Copies":
        """What a booking of today would copy."""
        return cls(now, currency(), version_in_force())


def added(one: Incoming, place: Assignment, client: Client | None, copies: Copies) -> Written:
    """A new booking, made as one of today is, and what is recorded of it."""
    wish = Wish(one.location, one.session_type, one.starts_at, one.therapist)
    booked_at = min(copies.now, one.starts_at)
    booking = drafted(wish, Details(), caller=FILE, now=booked_at, currency=copies.currency)
    occupied = booking.length.occupied_from(one.starts_at)
    booking.status = one.status
    booking.client = client
    booking.therapist_id, booking.room_id = place
    booking.starts_at, booking.date = to_instant(one.starts_at), one.date
    booking.occupied_from, booking.occupied_until = occupied.start, occupied.end
    booking.expires_at = _time_limit(one, copies.now)
    booking.questionnaire_version = copies.questionnaire_version
    booking.cancelled_at = booking.booked_at if one.status == Status.CANCELLED else None
    return booking, _history(booking, "", now=copies.now)


def changed(one: Incoming, place: Assignment, stored: Booking, *, now: Minute) -> Written:
    """A stored booking as the file states it now, and what is recorded of the change."""
    status, before = stored.status, place_of(stored)
    stored.therapist, stored.room_id = one.therapist, place[1]
    if one.room is not None:
        stored.room = one.room  # known, and need not be asked for
    after = place_of(stored)
    details = {"before": before, "after": after} if after != before else {}
    if one.status == status:
        return stored, [_event(stored, EventKind.MOVED, status, status, now=now, details=details)]
    stored.status = one.status
    stored.expires_at = _time_limit(one, now)
    stored.cancelled_at = to_instant(now) if one.status == Status.CANCELLED else None
    stored.late_cancellation = False
    return stored, _history(stored, status, now=now, details=details)


def _time_limit(one: Incoming, now: Minute) -> datetime | None:
    """When a hold or a review lapses; a start that has passed leaves as long as a hold has."""
    soon = now + settings.HOLD_MINUTES
    if one.status == Status.HELD:
        return to_instant(soon)
    if one.status == Status.PENDING_REVIEW:
        return to_instant(max(review_deadline(one.starts_at, booked=now, now=now), soon))
    return None


def _history(
    booking: Booking, status: str, *, now: Minute, details: dict[str, Any] | None = None
) -> list[Event]:
    """What is recorded from a state, or from nothing, to the one that the booking is in now."""
    last = Status(booking.status)
    states = [last]
    if last in CAME_FROM and (status == "" or last in AFTER_THE_DOOR):
        came_from = CAME_FROM[last] if booking.client_id or booking.client else Status.HELD
        if status not in (came_from, Status.CHECKED_IN):
            states = [came_from, last]
    events = []
    for state in states:
        events.append(_event(booking, _kind(status, state), status, state, now=now))
        status = state
    events[-1].details = details or {}
    return events


def _kind(before: str, after: Status) -> EventKind:
    if after == Status.PENDING_REVIEW or (after == Status.CONFIRMED and before == ""):
        return EventKind.BOOKED
    return EventKind(after.value)


def _event(
    booking: Booking,
    kind: EventKind,
    before: str,
    after: str,
    *,
    now: Minute,
    details: dict[str, Any] | None = None,
) -> Event:
    return Event(
        booking=booking,
        kind=kind,
        at=to_instant(now),
        source=FILE.source,
        from_status=before,
        to_status=after,
        details=details or {},
    )


CHANGED_FIELDS = [
    "status",
    "therapist",
    "room",
    "expires_at",
    "cancelled_at",
    "late_cancellation",
]
CHANGED_AT_ONCE = 500


def write(written: Sequence[Written]) -> None:
    """Save new and changed bookings, then their events; each in their order.

    Called with every location locked, so what is new comes after whatever was there.
    """
    new = [booking for booking, _ in written if booking._state.adding]
    stored = [booking for booking, _ in written if not booking._state.adding]
    Booking.objects.bulk_update(stored, CHANGED_FIELDS, batch_size=CHANGED_AT_ONCE)
    latest = Booking.objects.aggregate(latest=Max("pk"))["latest"] or 0
    insert(new)
    added = Booking.objects.filter(pk__gt=latest).values_list("reference", "pk")
    ids = dict(added.order_by().iterator())
    for booking in new:
        booking.pk = ids[booking.reference]
        booking._state.adding = False
    for booking, events in written:
        for event in events:
            event.booking_id = booking.pk
    insert([event for _, events in written for event in events])
