"""What reception can give to somebody who waits, while they are on the telephone."""

from dataclasses import dataclass

from bookings.domain.booking import book, question_for
from bookings.domain.callers import Caller
from bookings.domain.placing import lock_for
from bookings.domain.requests import Details, Wish
from bookings.domain.waitlist.entries import NotWaiting, free_already, longing_of, slots_for
from bookings.domain.waitlist.history import enter, locked_entry
from bookings.domain.waitlist.matching import can_be_answered, offer, offer_until
from bookings.enums import OfferAnswer, WaitlistState
from bookings.models import Booking, WaitlistEntry, WaitlistOffer
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A start that suits somebody, and the slugs of the therapists who could take it.

    It can be offered until a minute; None where it begins too soon for an answer, or can still be
    taken back by who had it.
    """

    start: Minute
    therapists: tuple[str, ...]
    offered_until: Minute | None


def places_for(entry: WaitlistEntry, *, now: Minute) -> list[OpenPlace]:
    """What is open on the dates and in the parts of the day that suit, ascending."""
    longing, location = longing_of(entry), entry.location
    offerable = {slot.starts_at for slot in slots_for(longing, now=now, leaves_undo=True)}
    return [
        OpenPlace(
            slot.starts_at,
            slot.therapists,
            offer_until(slot.starts_at, location, now=now)
            if slot.starts_at in offerable and can_be_answered(slot.starts_at, location, now=now)
            else None,
        )
        for slot in free_already(longing, now=now)
    ]


def offer_place(
    entry: WaitlistEntry, start: Minute, *, caller: Caller, now: Minute
) -> WaitlistOffer:
    """Offer them a start, whoever else waits for it, and whatever they let go before.

    Raises NotWaiting, and as `offer` does.
    """
    made = offer(entry, start, now=now, by=caller)
    if made is None:
        raise NotWaiting
    return made


def book_place(entry: WaitlistEntry, start: Minute, *, caller: Caller, now: Minute) -> Booking:
    """Book a start for them at once, as if it had been offered and they had taken it.

    Raises NotWaiting for who waits no more or has an offer, and as `book` does.
    """
    wish = Wish(entry.location, entry.session_type, start, entry.therapist)

    def work() -> Booking:
        lock_for(question_for(wish, caller=caller, now=now))
        current = locked_entry(entry.pk)
        if current.state != WaitlistState.WAITING:
            raise NotWaiting
        booking = book(wish, Details(current.client), caller=caller, now=now)
        WaitlistOffer.objects.create(
            entry=current,
            booking=booking,
            starts_at=booking.starts_at,
            offered_at=to_instant(now),
            expires_at=to_instant(now),
            answer=OfferAnswer.ACCEPTED,
            answered_at=to_instant(now),
        )
        enter(current, WaitlistState.BOOKED, by=caller, at=now)
        return booking

    return carry_out(work)
