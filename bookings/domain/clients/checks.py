"""Every invariant of the clients, looked up in the database as it is."""

from collections.abc import Iterator

from django.db.models import F, Q

from bookings.models import Booking, Client

CHUNK = 2000


def wrong_clients() -> Iterator[tuple[str, str]]:
    """A client or a booking each, and what is wrong with it."""
    for client in Client.objects.order_by("pk").iterator(chunk_size=CHUNK):
        for wrong in _wrong_alone(client):
            yield f"client {client.pk}", wrong
    merged = Client.objects.filter(merged_into__isnull=False).order_by("pk")
    for pk in merged.filter(merged_into__merged_into__isnull=False).values_list("pk", flat=True):
        yield f"client {pk}", "is merged into one who is merged into another"
    differs = Q(blocked_at__isnull=True, merged_into__blocked_at__isnull=False) | (
        Q(blocked_at__isnull=False)
        & (Q(merged_into__blocked_at__isnull=True) | ~Q(blocked_at=F("merged_into__blocked_at")))
    )
    for pk in merged.filter(differs).values_list("pk", flat=True):
        yield f"client {pk}", "is not blocked as the one is whom it is merged into"
    lost = Booking.objects.filter(client__merged_into__isnull=False).order_by("pk")
    for reference in lost.values_list("reference", flat=True):
        yield reference, "is of a client who was merged into another"


def _wrong_alone(client: Client) -> Iterator[str]:
    stored = (client.folded_name, client.folded_email, client.phone_digits)
    if stored != client.as_folded():
        yield "is not found by what is written: a search column differs"
    if client.erased_at is not None and (client.email or client.phone or client.notes):
        yield "is erased, but something of the person is still there (P3)"
