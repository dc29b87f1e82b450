"""One person who stands twice among the clients."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.domain.callers import Caller
from bookings.domain.clients.blocking import share_block
from bookings.domain.events import record_about
from bookings.enums import ClientEventKind
from bookings.errors import WrongState
from bookings.folding import SHORTEST_NUMBER, same_number, without_prefix
from bookings.models import Booking, Client
from bookings.models.client import ClientQuerySet
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out, lock_everything

CHOICES = ("name", "email", "phone", "language")
"""Of which only one value can stay; notes are put together."""

MOST_SUGGESTED = 20


class Likeness(models.TextChoices):
    """What two clients have in common."""

    PHONE = "phone", gettext_lazy("same phone")
    EMAIL = "email", gettext_lazy("same e-mail")
    NAME = "name", gettext_lazy("same name")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who may be the same person, and why."""

    client: Client
    likenesses: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging came to; `overlaps` are sessions that the client now has at one time (S10)."""

    client: Client
    bookings: int
    overlaps: tuple[tuple[Booking, Booking], ...]


def lookalikes(client: Client) -> list[Suggestion]:
    """Who may be the same person; those with most in common first."""
    number = client.phone_digits
    alike = Q()
    if number:
        alike |= Q(phone_digits__in=[number, *without_prefix(number)])
    if len(number) >= SHORTEST_NUMBER:  # a shorter one has no prefix, and ends thousands of others
        alike |= Q(phone_digits__endswith=number)
    if client.folded_email:
        alike |= Q(folded_email=client.folded_email)
    if client.folded_name:
        alike |= Q(folded_name=client.folded_name)
    if not alike or not client.is_present:
        return []
    others = Client.objects.present().filter(alike).exclude(pk=client.pk)
    suggestions = [
        Suggestion(other, tuple(_likenesses(client, other))) for other in others.order_by("pk")
    ]
    found = [suggestion for suggestion in suggestions if suggestion.likenesses]
    return sorted(found, key=lambda one: -len(one.likenesses))[:MOST_SUGGESTED]


def _likenesses(one: Client, other: Client) -> Iterator[Likeness]:
    if same_number(one.phone_digits, other.phone_digits):
        yield Likeness.PHONE
    if one.folded_email and one.folded_email == other.folded_email:
        yield Likeness.EMAIL
    if one.folded_name and one.folded_name == other.folded_name:
        yield Likeness.NAME


def same_as(client: Client) -> ClientQuerySet:
    """Who has the very same name and way to be reached: nothing is left to choose."""
    others = Client.objects.present().exclude(pk=client.pk)
    if not client.is_present or not (client.folded_email or client.phone_digits):
        return others.none()
    return others.filter(
        folded_name=client.folded_name,
        folded_email=client.folded_email,
        phone_digits=client.phone_digits,
    )


def merge_same(client: Client, *, caller: Caller, now: Minute) -> Merged:
    """Merge everybody of `same_as` into a client, all or none."""

    def work() -> Merged:
        done = [
            merge(client, other, caller=caller, now=now) for other in same_as(client).order_by("pk")
        ]
        bookings = sum(one.bookings for one in done)
        return Merged(client, bookings, done[-1].overlaps if done else ())

    return carry_out(work)


def merge(
    kept: Client, other: Client, *, taking: Collection[str] = (), caller: Caller, now: Minute
) -> Merged:
    """Give all bookings of `other` to `kept`; its row stays as a pointer and is found no more.

    `taking` names the `CHOICES` that `kept` takes from `other`. Both notes stay, and so does a
    block of either. Raises WrongState for one and the same, or one who is nobody any more.
    """

    def work() -> Merged:
        # No booking is written meanwhile; whoever waits finds out whom the client has become.
        lock_everything()
        client, merged = _both(kept, other)
        for name in CHOICES:
            if name in taking:
                setattr(client, name, getattr(merged, name))
        client.notes = "\n\n".join(filter(None, (client.notes, merged.notes)))
        client.created_at = min(client.created_at, merged.created_at)
        if merged.is_blocked and not client.is_blocked:
            client.blocked_at, client.block_reason = merged.blocked_at, merged.block_reason
        client.save()
        Client.objects.filter(merged_into=merged).update(merged_into=client)
        merged.merged_into, merged.notes = client, ""
        merged.save(update_fields=["merged_into", "notes"])
        share_block(client)
        moved = list(merged.bookings.order_by("pk").values_list("reference", flat=True))
        merged.bookings.update(client=client)
        merged.waitlist.update(client=client)
        record_about(
            client,
            ClientEventKind.MERGED,
            by=caller,
            at=now,
            details={"client": merged.pk, "bookings": moved},
        )
        return Merged(client, len(moved), tuple(overlaps_of(client, now=now)))

    return carry_out(work)


def _both(kept: Client, other: Client) -> tuple[Client, Client]:
    """Both as they are now, locked in one order whichever is kept."""
    if kept.pk == other.pk:
        raise WrongState(_("These are one and the same client already."))
    rows = Client.objects.select_for_update().filter(pk__in=(kept.pk, other.pk)).order_by("pk")
    found = {row.pk: row for row in rows}
    for row in found.values():
        if row.merged_into_id is not None:
            raise WrongState(_("%(name)s has been merged already.") % {"name": row.name})
        if not row.is_present:
            raise WrongState(_("The data of this client have been erased."))
    return found[kept.pk], found[other.pk]


def overlaps_of(client: Client, *, now: Minute) -> Iterator[tuple[Booking, Booking]]:
    """Sessions still ahead that a client has at one time, without buffers (rule S10)."""
    instant = to_instant(now)
    ahead = (
        Booking.objects.standing(instant)
        .filter(client=client, occupied_until__gt=now)
        .select_related("location")
        .order_by("starts_at", "pk")
    )
    for one, other in combinations(ahead, 2):
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
            yield one, other
