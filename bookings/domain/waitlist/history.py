"""How an entry of the waitlist goes from one state to another, written down (rule B7).

What a client says to an offer they say with the booking that holds its place: confirming it
accepts, cancelling it declines, and past its time it has run out.
"""

from bookings.domain.callers import Caller
from bookings.enums import (
    ONLY_HELD,
    EventKind,
    NotificationKind,
    NotificationState,
    OfferAnswer,
    Status,
    WaitlistState,
)
from bookings.models import Booking, Notification, WaitlistEntry, WaitlistEvent, WaitlistOffer
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute

MOST_UNANSWERED = 3
"""Who has let so many offers run out is not there any more; their place goes to others."""

ANSWERS = {
    EventKind.CONFIRMED: OfferAnswer.ACCEPTED,
    EventKind.CANCELLED: OfferAnswer.DECLINED,
    EventKind.EXPIRED: OfferAnswer.EXPIRED,
}


def enter(entry: WaitlistEntry, state: WaitlistState, *, by: Caller, at: Minute) -> None:
    """Give an entry a state, and write down who did."""
    before, entry.state = entry.state, state
    entry.save(update_fields=["state"])
    note(entry, before, by=by, at=at)


def note(entry: WaitlistEntry, before: str, *, by: Caller, at: Minute) -> None:
    """Write down that an entry has its state, and had another one (or none) before."""
    WaitlistEvent.objects.create(
        entry=entry,
        at=to_instant(at),
        by=by.user,
        source=by.source,
        from_state=before,
        to_state=entry.state,
    )


def settle_offer(
    booking: Booking, kind: EventKind, *, by: Caller, at: Minute, from_status: str
) -> None:
    """Answer the offer whose place a hold was, once the hold has become something else.

    A place that has run out can still be booked while nobody else has taken it. Call it in the
    transaction of the change, with the locations locked.
    """
    answer = ANSWERS.get(kind)
    if answer is None or from_status not in ONLY_HELD:
        return
    offer = WaitlistOffer.objects.filter(booking=booking).first()
    if offer is None or offer.answer in (answer, OfferAnswer.ACCEPTED):
        return
    entry = locked_entry(offer.entry_id)
    offer.answer, offer.answered_at = answer, to_instant(at)
    offer.save(update_fields=["answer", "answered_at"])
    if answer is OfferAnswer.ACCEPTED:
        _let_go_of_others(entry, at=at)
        enter(entry, WaitlistState.BOOKED, by=by, at=at)
    elif entry.state == WaitlistState.OFFERED:
        is_gone = answer is OfferAnswer.EXPIRED and _unanswered(entry) >= MOST_UNANSWERED
        state = WaitlistState.WITHDRAWN if is_gone else WaitlistState.WAITING
        enter(entry, state, by=by, at=at)


def _unanswered(entry: WaitlistEntry) -> int:
    """How many offers they let run out, but for those whose mail has never left."""
    never_left = Notification.objects.filter(
        kind=NotificationKind.WAITLIST_OFFER,
        state__in=(NotificationState.QUEUED, NotificationState.WITHDRAWN),
    )
    offers = entry.offers.filter(answer=OfferAnswer.EXPIRED)
    return offers.exclude(booking__notifications__in=never_left).count()


def _let_go_of_others(entry: WaitlistEntry, *, at: Minute) -> None:
    """Who books a place that had run out may have been offered another one since.

    It lapses at once, and whoever cleans up writes that down; nobody waits for it any more.
    """
    others = entry.offers.filter(answer="")
    held = Booking.objects.filter(offer__in=others, status=Status.HELD)
    if held.update(expires_at=to_instant(at)):
        others.update(answer=OfferAnswer.DECLINED, answered_at=to_instant(at))


def locked_entry(pk: int) -> WaitlistEntry:
    """An entry as it is now, with its row locked; the locations come first."""
    return (
        WaitlistEntry.objects.select_for_update(of=("self",))
        .select_related("location", "session_type", "therapist", "client")
        .get(pk=pk)
    )
