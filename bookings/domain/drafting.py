"""A booking in the making: what it copies, for whom it is, and the state that it enters."""

from typing import Any

from bookings.domain.callers import Caller
from bookings.domain.clients.identity import check_client_is_free, known
from bookings.domain.health.reviewing import Screened, screened
from bookings.domain.health.screening import check_version, review_deadline, version_in_force
from bookings.domain.links import new_reference
from bookings.domain.requests import NO_OVERRIDE, Details, Override, Person, Wish
from bookings.enums import Status
from bookings.models import Booking, Client
from bookings.scheduling.hours import local_date, to_instant
from bookings.scheduling.timeline import Interval, Minute


def drafted(wish: Wish, details: Details, *, caller: Caller, now: Minute, currency: str) -> Booking:
    """An unsaved booking with copies of all that later edits must not change (rule B4)."""
    booking = Booking(
        reference=new_reference(),
        location=wish.location,
        currency=currency,
        free_cancellation_hours=wish.location.free_cancellation_hours,
        therapist_requested=wish.therapist is not None,
        pressure=details.pressure,
        notes=details.notes,
        source=caller.source,
        booked_at=to_instant(now),
        browser_key=caller.browser_key,
        address_key=caller.address_key,
    )
    booking.copy(wish.session_type)
    return booking


def made_at_once(caller: Caller, *, now: Minute) -> dict[str, Any]:
    """When, by whom and from where they were made: fields of what binds several bookings."""
    return {"made_at": to_instant(now), "made_by": caller.user, "source": caller.source}


def is_answer(booking: Booking, wish: Wish, details: Details) -> bool:
    """Whether a booking is what these would make, for the same client."""
    who, asked = booking.client, details.client
    if isinstance(asked, Person) and who is not None:
        is_same = (asked.name, asked.phone, asked.email) == (who.name, who.phone, who.email)
    else:
        is_same = asked == who
    place = (booking.location, booking.session_type, booking.starts_at)
    return is_same and place == (wish.location, wish.session_type, to_instant(wish.starts_at))


def settle(
    booking: Booking,
    details: Details,
    start: Minute,
    *,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    moving: Booking | None = None,
) -> Screened:
    """Give a booking its client and the state it enters: confirmed, or waiting for a person.

    What was answered for it is to be kept once it is saved. Raises as `check_client_is_free`.
    """
    client = details.client or booking.client
    if client is None:
        raise ValueError("A booking needs a client; doors ask for one.")
    session = Interval(start, start + booking.duration_minutes)
    check_client_is_free(client, session, caller=caller, now=now, moving=moving, override=override)
    version = version_in_force()
    check_version(details.answers, version)
    booking.client = known(client)
    booking.booked_at = to_instant(now)
    booking.questionnaire_version = version
    found = screened(
        details.answers,
        booking.client if isinstance(client, Client) else None,
        booking=booking,
        on=local_date(booking.location.timezone, start),
        version=version,
        is_staff=caller.is_staff,
    )
    if found.evaluation.outcome.needs_a_person:
        booking.status = Status.PENDING_REVIEW
        booking.expires_at = to_instant(review_deadline(start, booked=now, now=now))
    else:
        booking.status = Status.CONFIRMED
        booking.expires_at = None
    return found
