"""Waiting for a place: who joins, who goes, and how they answer an offer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bookings.domain.bookable.availability import open_slots
from bookings.domain.bookable.question import Question
from bookings.domain.booking import confirm
from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel
from bookings.domain.clients.identity import check_may_book_online, known
from bookings.domain.links import new_reference
from bookings.domain.requests import Details, Person
from bookings.domain.waitlist.history import enter, locked_entry, note
from bookings.enums import DayPart, OfferAnswer, Source, WaitlistState
from bookings.errors import BookingError, WrongState
from bookings.models import Booking, Client, SessionType, WaitlistEntry, WaitlistOffer
from bookings.models.waitlist import OPEN
from bookings.scheduling.hours import local_date, local_time, to_instant
from bookings.scheduling.slots import Slot
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out, lock_everything, lock_names
from studio.premises.models import Location
from therapists.models import Therapist

MOST_PER_ADDRESS = 5
"""Each may come to hold a place: as many as an address may hold (rule B3)."""

FARTHEST = timedelta(days=366)
"""So far ahead somebody can wait; beyond the horizon until the date comes into it."""


class TooManyEntries(BookingError):
    """An address waits for as much as it may."""

    code = "wrong_state"
    message = _("You are waiting for as much as one can. Withdraw from something first.")


class DatesOver(BookingError):
    """Nobody can wait for dates that are over, or too far away."""

    code = "invalid"
    message = _("Choose dates from today on, at most a year ahead.")


class NotWaiting(WrongState):
    """The entry waits no more."""

    message = _("This is not on the waitlist any more.")


class NoOffer(WrongState):
    """The offer has been answered, or its time is over."""

    message = _("This offer does not stand any more.")


@dataclass(frozen=True, slots=True)
class Longing:
    """What somebody waits for: local dates, both included; no part of the day means any."""

    location: Location
    session_type: SessionType
    first: date
    last: date
    therapist: Therapist | None = None
    parts: Sequence[DayPart] = ()


def join(
    longing: Longing,
    client: Person | Client,
    *,
    caller: Caller,
    now: Minute,
    reference: str = "",
) -> WaitlistEntry:
    """Put somebody at the end of the line.

    A `reference` that the door drew for its form makes sending the form twice harmless; it opens
    nobody else's entry, for it is no secret (rule P1). Raises DatesOver; NotOnline for who is
    blocked from booking online; TooManyEntries.
    """
    today = local_date(longing.location.timezone, now)
    if not today <= longing.last <= today + FARTHEST:
        raise DatesOver

    def work() -> WaitlistEntry:
        lock_names(filter(None, (caller.address_key, reference)))
        earlier = WaitlistEntry.objects.filter(reference=reference).first() if reference else None
        if earlier is not None and _is_of(earlier.client, client):
            return earlier
        check_may_book_online(client, caller=caller)
        _check_address_may_wait(caller)
        entry = WaitlistEntry.objects.create(
            reference=reference if reference and earlier is None else new_reference(),
            location=longing.location,
            session_type=longing.session_type,
            therapist=longing.therapist,
            first=longing.first,
            last=longing.last,
            parts=[part.value for part in DayPart if part in longing.parts],
            client=known(client),
            joined_at=to_instant(now),
            address_key=caller.address_key,
        )
        note(entry, "", by=caller, at=now)
        return entry

    return carry_out(work)


def _is_of(waiting: Client, client: Person | Client) -> bool:
    """Whether the form was sent by who waits already."""
    return (waiting.name, waiting.email) == (client.name, client.email)


def _check_address_may_wait(caller: Caller) -> None:
    if caller.is_staff or not caller.address_key:
        return
    waiting = WaitlistEntry.objects.filter(state__in=OPEN, address_key=caller.address_key)
    if waiting.count() >= MOST_PER_ADDRESS:
        raise TooManyEntries


def withdraw(entry: WaitlistEntry, *, caller: Caller, now: Minute) -> WaitlistEntry:
    """Take somebody off the list; what is held for them is given back. Twice is harmless.

    Raises WrongState for one whose dates are over, or who has booked.
    """

    def work() -> WaitlistEntry:
        lock_everything()
        offer = standing_offer(entry)
        if offer is not None:
            cancel(offer.booking, caller=caller, now=now)
        withdrawn = locked_entry(entry.pk)
        if withdrawn.state == WaitlistState.WITHDRAWN:
            return withdrawn
        if not withdrawn.is_open:
            raise NotWaiting
        enter(withdrawn, WaitlistState.WITHDRAWN, by=caller, at=now)
        return withdrawn

    return carry_out(work)


def withdraw_all(client: Client, *, caller: Caller, now: Minute) -> None:
    """Take a client off every list, and let the links that were sent open nothing any more."""
    entries = WaitlistEntry.objects.filter(client=client)
    for entry in entries.filter(state__in=OPEN):
        withdraw(entry, caller=caller, now=now)
    entries.update(token_epoch=F("token_epoch") + 1, address_key="")


def decline(entry: WaitlistEntry, *, caller: Caller, now: Minute) -> WaitlistEntry:
    """Give the offered place back; they go on waiting for others.

    Raises NoOffer when none stands: it may have run out, and somebody else may have it.
    """
    offer = standing_offer(entry)
    if offer is None or offer.booking.has_lapsed(to_instant(now)):
        raise NoOffer
    cancel(offer.booking, caller=caller, now=now)
    return WaitlistEntry.objects.get(pk=entry.pk)


def accept(entry: WaitlistEntry, *, caller: Caller, now: Minute) -> Booking:
    """Book the offered place for who waits, as reception does for a caller.

    Raises NoOffer, and what `confirm` raises.
    """
    offer = standing_offer(entry)
    if offer is None:
        raise NoOffer
    return confirm(offer.booking, Details(), caller=caller, now=now)


def standing_offer(entry: WaitlistEntry) -> WaitlistOffer | None:
    """The offer that nobody has answered yet; its hold may have run out."""
    booking = ("booking__location", "booking__session_type", "booking__therapist", "booking__room")
    return entry.offers.filter(answer="").select_related(*booking, "booking__client").first()


def offered_by(booking: Booking) -> WaitlistEntry | None:
    """The entry for which a place is, or was, held that nobody has taken; None for any other."""
    if booking.source != Source.WAITLIST:
        return None
    taken = OfferAnswer.ACCEPTED
    return WaitlistEntry.objects.filter(
        offers__in=WaitlistOffer.objects.filter(booking=booking).exclude(answer=taken)
    ).first()


def free_already(longing: Longing, *, now: Minute) -> list[Slot]:
    """What can be booked at once of what somebody would wait for, ascending."""
    return [
        slot
        for slot in slots_for(longing, now=now)
        if part_of(longing.location, slot.starts_at) in (longing.parts or DayPart)
    ]


def slots_for(longing: Longing, *, now: Minute, leaves_undo: bool = False) -> list[Slot]:
    """The open starts on the dates, whatever the part of the day."""
    today = local_date(longing.location.timezone, now)
    horizon = today + timedelta(days=longing.location.horizon_days)
    first, last = max(longing.first, today), min(longing.last, horizon)
    if first > last:
        return []
    question = Question(
        location=longing.location,
        session_type=longing.session_type,
        first=first,
        last=last,
        now=now,
        therapist=longing.therapist.slug if longing.therapist else None,
        leaves_undo=leaves_undo,
    )
    return open_slots(question)


def part_of(location: Location, start: Minute) -> DayPart:
    """The part of the day in which the wall clocks of a location show a start."""
    hour = local_time(start, location.zone).hour
    return next(part for part in DayPart if hour in part.hours)


def longing_of(entry: WaitlistEntry) -> Longing:
    """What an entry waits for."""
    return Longing(
        entry.location,
        entry.session_type,
        entry.first,
        entry.last,
        entry.therapist,
        [DayPart(part) for part in entry.parts],
    )


def over_several(longings: Iterable[Longing]) -> Longing:
    """Several for one session with one therapist, as one that reaches over all their dates."""
    several = list(longings)
    first, last = min(each.first for each in several), max(each.last for each in several)
    return replace(several[0], first=first, last=last, parts=())
