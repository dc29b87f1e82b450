"""Clients with whom the studio wants to speak before they book again."""

from datetime import datetime

from bookings.domain.callers import Caller
from bookings.domain.clients.identity import locked_client
from bookings.domain.events import record_about
from bookings.enums import ClientEventKind
from bookings.models import Client, WaitlistEntry
from bookings.models.waitlist import OPEN
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.locking import bump_versions, carry_out


def block(client: Client, reason: str, *, caller: Caller, now: Minute) -> Client:
    """Take online booking from a client, and say why; reception can still book for them.

    What is booked stays, and they may cancel or move it. Raises WrongState for one erased.
    """
    if not reason.strip():
        raise ValueError("A block has a reason.")

    def work() -> Client:
        blocked = locked_client(client)
        _set(blocked, blocked_at=to_instant(now), reason=reason.strip())
        record_about(
            blocked, ClientEventKind.BLOCKED, by=caller, at=now, reason=blocked.block_reason
        )
        return blocked

    return carry_out(work)


def unblock(client: Client, *, caller: Caller, now: Minute) -> Client:
    """Let a client book online again; doing it twice is harmless."""

    def work() -> Client:
        free = locked_client(client)
        if free.is_blocked:
            _set(free, blocked_at=None, reason="")
            record_about(free, ClientEventKind.UNBLOCKED, by=caller, at=now)
            # What they were passed over for may be theirs: the waitlist is looked through anew.
            waiting = WaitlistEntry.objects.filter(state__in=OPEN)
            bump_versions(waiting.order_by().values_list("location_id", flat=True), rules=False)
        return free

    return carry_out(work)


def share_block(client: Client) -> None:
    """Block those who were merged into a client, if that one is: their numbers are theirs too."""
    Client.objects.filter(merged_into=client).update(
        blocked_at=client.blocked_at, block_reason=client.block_reason
    )


def _set(client: Client, *, blocked_at: datetime | None, reason: str) -> None:
    client.blocked_at, client.block_reason = blocked_at, reason
    client.save(update_fields=["blocked_at", "block_reason"])
    share_block(client)
