"""Who a session is for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from bookings.domain.callers import Caller
from bookings.domain.refusals import rule_refusal
from bookings.domain.requests import NO_OVERRIDE, Override, Person
from bookings.errors import ClientBusy, NotOnline, WrongState
from bookings.folding import digits, folded, folded_address, mailbox, same_number
from bookings.models import Booking, Client
from bookings.models.booking import SETTLED
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Interval, Minute
from studio.premises.house import studio_language
from studio.queries import Written
from studio.rows import insert

SHORTEST_SEARCH = 2
"""Fewer letters find too many to be looked through."""

FOUND_AT_ONCE = 10


def find(text: str, *, limit: int = FOUND_AT_ONCE) -> list[Client]:
    """The clients who match best what reception typed of a name, a number or a mail address.

    None for fewer than two characters.
    """
    wanted = text.strip()
    return list(Client.objects.matching(wanted)[:limit]) if len(wanted) >= SHORTEST_SEARCH else []


def clients_at(email: str) -> list[Client]:
    """Who is present with a mailbox, the one known longest first.

    The search column finds them, and others too whose address only looks like it.
    """
    found = Client.objects.present().filter(folded_email=folded_address(email)).order_by("pk")
    return [client for client in found if mailbox(client.email) == mailbox(email)]


def last_sessions(clients: Iterable[Client], *, now: Minute) -> dict[int, date]:
    """Per client the local date of the last session that has begun, for those who had one."""
    begun = Booking.objects.filter(
        client__in=clients, status__in=SETTLED, starts_at__lte=to_instant(now)
    )
    return dict(begun.order_by().values_list("client").annotate(Max("date")))


def known(client: Person | Client) -> Client:
    """The client's row; a person who only says who they are always gets a new one (rule P1).

    One who has been merged meanwhile is who they were merged into. Raises WrongState for one
    who was erased. Locks the row until the transaction ends.
    """
    if isinstance(client, Client):
        return locked_client(client)
    row = Client(
        name=client.name,
        email=client.email,
        phone=client.phone,
        language=client.language or studio_language(),
    )
    row.fold()
    insert(row)
    return row


def are_one(first: Person | Client, second: Person | Client) -> bool:
    """Whether two who come together would be one client: one row, or one name at one address.

    Two telephone numbers tell two of one name apart, as they do when somebody signs in.
    """
    if isinstance(first, Client) and isinstance(second, Client):
        return first.pk == second.pk
    if folded(first.name) != folded(second.name):
        return False
    numbers = digits(first.phone), digits(second.phone)
    is_one_number = not all(numbers) or same_number(*numbers)
    return is_one_number and (not second.email or mailbox(first.email) == mailbox(second.email))


def under_address_of(first: Person | Client, second: Person) -> Person:
    """Who comes with somebody, reached where that one is as far as she says nothing else.

    She is a client of her own under that address, as a family has (rule P1).
    """
    return replace(
        second,
        email=second.email or first.email,
        phone=second.phone or ("" if second.email else first.phone),
        language=second.language or first.language,
    )


def locked_client(client: Client) -> Client:
    """The client as they are now, with the row locked; see `known`."""
    row = Client.objects.select_for_update().get(pk=client.pk)
    if row.merged_into_id is not None:
        row = Client.objects.select_for_update().get(pk=row.merged_into_id)
    if not row.is_present:
        raise WrongState(_("The data of this client have been erased."))
    return row


def check_may_book_online(client: Person | Client | None, *, caller: Caller) -> None:
    """Raise NotOnline for a client whom the studio has blocked; reception may book for anybody.

    Whoever types the mail address or the number of one who is blocked is refused too, with the
    same words, which tell nothing of sessions and nothing of why.
    """
    if caller.is_staff or client is None:
        return
    email, number = folded_address(client.email), digits(client.phone)
    for pk, blocked_email, blocked_number in _BLOCKED():
        if (
            (isinstance(client, Client) and client.pk == pk)
            or (email and email == blocked_email)
            or same_number(number, blocked_number)
        ):
            raise NotOnline


_BLOCKED = Written(
    lambda: (
        Client.objects.filter(blocked_at__isnull=False)
        .order_by()
        .values_list("pk", "folded_email", "phone_digits")
    )
)


def check_client_is_free(
    client: Person | Client | None,
    session: Interval,
    *,
    caller: Caller,
    now: Minute,
    moving: Booking | None = None,
    override: Override = NO_OVERRIDE,
) -> None:
    """Refuse a second session of a known client at the same time (rule S10).

    `session` is without buffers. Only a client whom the caller may speak for is judged: a typed
    address must not tell strangers when somebody has a session. Locks the client's row, since
    two requests may be for different locations.
    """
    if not isinstance(client, Client) or Rule.CLIENT_FREE in override.rules:
        return
    others = sessions_of(locked_client(client), session, now=now, moving=moving)
    if not any(other.overlaps(session) for other in others):
        return
    if caller.is_staff:
        raise rule_refusal(Rule.CLIENT_FREE, overridable=True)
    raise ClientBusy


def sessions_of(
    client: Client, around: Interval, *, now: Minute, moving: Booking | None
) -> list[Interval]:
    """A client's sessions, without buffers, whose bookings reach into a stretch of time."""
    sessions = sessions_by_client([client.pk], around, now=now).get(client.pk, [])
    return [session for pk, session in sessions if moving is None or pk != moving.pk]


def sessions_by_client(
    clients: Collection[int], around: Interval, *, now: Minute
) -> dict[int, list[tuple[int, Interval]]]:
    """Per client (ids) the sessions that reach into a stretch of time, with their bookings' ids."""
    found: defaultdict[int, list[tuple[int, Interval]]] = defaultdict(list)
    standing = Booking.objects.standing(to_instant(now)).overlapping(around)
    rows = standing.filter(client__in=clients).order_by()
    for client, pk, start, minutes in rows.values_list(
        "client_id", "pk", "starts_at", "duration_minutes"
    ):
        session = Interval(to_minute(start), to_minute(start) + minutes)
        found[client].append((pk, session))
    return found
