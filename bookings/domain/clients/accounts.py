"""What belongs to whoever has shown that a mail address is theirs (rules P1 and P3).

The clients of an account are those with its address, whoever typed it: a family is several
clients under one. Nobody has an account before a code was typed, nor one without clients.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from django.db.models import F

from bookings.domain.callers import Caller
from bookings.domain.clients.data import StillBooked, erase, export
from bookings.domain.clients.history import unsettled_bookings
from bookings.domain.clients.identity import clients_at, locked_client
from bookings.domain.clients.merging import merge
from bookings.domain.events import record_about
from bookings.enums import ClientEventKind
from bookings.folding import folded_address, mailbox, same_number
from bookings.models import Account, Client
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out, lock_everything, lock_names


def sign_in(email: str, *, caller: Caller, now: Minute) -> Account | None:
    """The account of an address whose code was typed; None where it has no clients.

    Clients under it who have one name, and no two telephone numbers, are one from now on: each
    booking that was made without signing in had made its own.
    """

    def work() -> Account | None:
        lock_names([folded_address(email)])
        _join_same(email, caller=caller, now=now)
        if not clients_at(email):
            Account.objects.filter(mailbox=mailbox(email)).delete()
            return None
        account, _ = Account.objects.update_or_create(
            mailbox=mailbox(email), defaults={"email": email, "verified_at": to_instant(now)}
        )
        return account

    return carry_out(work)


def signed_in_account(account_id: int, epoch: int) -> Account | None:
    """The account that a browser signed in to, unless it was signed out everywhere since."""
    return Account.objects.filter(pk=account_id, epoch=epoch).first()


def clients_of(account: Account) -> list[Client]:
    """Those whose bookings the account shows, the one known longest first."""
    return clients_at(account.email)


def sign_out_everywhere(account: Account) -> None:
    """End the sessions of every browser that is signed in."""
    Account.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)


def change_address(account: Account, email: str, *, caller: Caller, now: Minute) -> Account:
    """Take a new address, whose code was typed, with all clients; other browsers are signed out.

    Clients who are under the new address already are the account's from now on.
    """

    def work() -> Account:
        lock_names([folded_address(account.email), folded_address(email)])
        for each in clients_at(account.email):
            client = locked_client(each)
            client.email = email
            client.save(update_fields=["email"])
            record_about(
                client, ClientEventKind.CHANGED, by=caller, at=now, details={"fields": ["email"]}
            )
        Account.objects.filter(mailbox=mailbox(email)).exclude(pk=account.pk).delete()
        changed = Account.objects.select_for_update().get(pk=account.pk)
        changed.email, changed.mailbox = email, mailbox(email)
        changed.verified_at, changed.epoch = to_instant(now), changed.epoch + 1
        changed.save()
        _join_same(email, caller=caller, now=now)
        return changed

    return carry_out(work)


def export_all(account: Account, *, caller: Caller, now: Minute) -> dict[str, Any]:
    """Everything that is kept of all clients of an account; for each it is recorded (rule P3)."""

    def work() -> dict[str, Any]:
        people = [export(client, caller=caller, now=now) for client in clients_of(account)]
        return {
            "exported_at": to_instant(now).isoformat(),
            "account": {"email": account.email, "verified_at": account.verified_at.isoformat()},
            "people": people,
        }

    return carry_out(work)


def erase_all(clients: Sequence[Client], *, caller: Caller, now: Minute) -> None:
    """Erase these clients, all or none; the account goes with the last of its clients.

    Raises StillBooked with everything that any of them has booked.
    """

    def work() -> None:
        lock_everything()
        unsettled = [
            booking for client in clients for booking in unsettled_bookings(client, now=now)
        ]
        if unsettled:
            raise StillBooked(unsettled)
        for client in clients:
            erase(client, caller=caller, now=now)

    carry_out(work)


def _join_same(email: str, *, caller: Caller, now: Minute) -> None:
    joined: set[int] = set()
    for one, other in combinations(clients_at(email), 2):
        if joined & {one.pk, other.pk} or one.folded_name != other.folded_name:
            continue
        numbers = (one.phone_digits, other.phone_digits)
        if all(numbers) and not same_number(*numbers):
            continue
        taking = () if one.phone else ("phone",)
        merge(one, other, taking=taking, caller=caller, now=now)
        one.phone, one.phone_digits = one.phone or other.phone, one.phone_digits or numbers[1]
        joined.add(other.pk)
