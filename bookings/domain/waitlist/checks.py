"""Every invariant of the waitlist, looked up in the database as it is."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from bookings.enums import Status, WaitlistState
from bookings.models import WaitlistEntry, WaitlistOffer


def wrong_waitlist() -> Iterator[tuple[str, str]]:
    """An entry each, and what is wrong with it."""
    standing = WaitlistOffer.objects.filter(entry=OuterRef("pk"), answer="")
    entries = WaitlistEntry.objects.order_by("pk").annotate(has_offer=Exists(standing))
    offered = WaitlistState.OFFERED
    for entry in entries.filter(state=offered, has_offer=False):
        yield f"waitlist {entry}", "has no offer, though its state says so"
    for entry in entries.filter(has_offer=True).exclude(state=offered):
        yield f"waitlist {entry}", f"has an offer, but is {entry.state}"
    lost = WaitlistOffer.objects.filter(answer="").exclude(booking__status=Status.HELD)
    for offer in lost.select_related("entry", "booking").order_by("pk"):
        yield f"waitlist {offer.entry}", f"is offered {offer.booking}, which is not held"
