"""Bookings that a studio file brings: what was before, or a day that is full already.

They obey every rule but notice and horizon (S9), since what happened long ago or is agreed for
next year is no less true. They may start at any five minutes, and no mail leaves for them. A
client is only named in a file, so S10 does not judge them either.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import batched

from django.db.models import Exists, OuterRef, Q

from bookings.domain.bookable.assignment import Assignment
from bookings.domain.bookable.month import Month
from bookings.domain.importing.incoming import Incoming
from bookings.domain.importing.recording import Copies, Written, added, changed, write
from bookings.domain.requests import Person
from bookings.enums import Source, Status
from bookings.models import Booking, Client
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute

IDS_AT_ONCE = 1000

FEW_WEEKS, YEAR = 31, 366
ENOUGH = 200
"""So many bookings of one location are judged together, if that takes no longer than a year."""

type Tell = Callable[[int, int], None]
"""Is told how many bookings are dealt with so far, and of how many."""


def tell_nobody(_done: int, _of: int) -> None:
    """For whoever does not want to know."""


def bring_in(
    incoming: Sequence[Incoming], *, now: Minute, tell: Tell = tell_nobody
) -> list[Booking | Rule]:
    """Write the bookings; give each of them back, or the rule that it breaks.

    Call it while changing the schedule and with nothing lapsed left, and undo the transaction
    when a booking is refused: the stored ones have let go of their time by then.
    """
    if not incoming:
        return []
    tell(0, len(incoming))
    leaving = [one.stored.pk for one in incoming if one.stored and not one.stays]
    for some in batched(leaving, IDS_AT_ONCE):
        Booking.objects.filter(pk__in=some).update(status=Status.CANCELLED)
    clients = _clients(incoming)
    copies = Copies.of_today(now)
    results: dict[int, Booking | Rule] = {}
    for positions in _stretches(incoming):
        # Written one after the other, so that the next stretch, or the next location, counts these.
        written: list[Written] = []
        places = _places_for([incoming[position] for position in positions], now=now)
        for position, place in zip(positions, places, strict=True):
            one = incoming[position]
            if isinstance(place, Rule):
                results[position] = place
                continue
            if one.stored is not None:
                written.append(changed(one, place, one.stored, now=now))
            else:
                written.append(added(one, place, clients.get(position), copies))
            results[position] = written[-1][0]
        write(written)
        tell(len(results), len(incoming))
    return [results[position] for position in range(len(incoming))]


def _stretches(incoming: Sequence[Incoming]) -> list[list[int]]:
    """The positions of bookings that are judged together: of one location, and near in time.

    The rows around them are read once for all. A busy location's stretches are weeks, so that
    what is reckoned with stays small; where little is booked they are longer, and fewer.
    """
    by_location: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for position, one in enumerate(incoming):
        by_location[one.location.slug].append((one.date, position))
    cut = [
        (stretch[0][0], slug, sorted(position for _, position in stretch))
        for slug, dated in by_location.items()
        for stretch in _cut(sorted(dated))
    ]
    return [positions for _, _, positions in sorted(cut)]


def _cut(dated: list[tuple[date, int]]) -> Iterator[list[tuple[date, int]]]:
    stretch: list[tuple[date, int]] = []
    for day, position in dated:
        days = (day - stretch[0][0]).days if stretch else 0
        is_new_day = bool(stretch) and day != stretch[-1][0]
        if is_new_day and (days >= YEAR or (days >= FEW_WEEKS and len(stretch) >= ENOUGH)):
            yield stretch
            stretch = []
        stretch.append((day, position))
    yield stretch


def _clients(incoming: Sequence[Incoming]) -> dict[int, Client]:
    """The clients of the new bookings, by position.

    One name, address and telephone from files is one client, or whom that one was merged into.
    Whom people typed at another door is nobody that a file knows (rule P1).
    """
    whose = Q(client=OuterRef("pk")) | Q(client=OuterRef("merged_into"))
    from_files = Booking.objects.filter(whose, source=Source.FILE)
    known = {
        Person(client.name, client.email, client.phone): client.merged_into or client
        for client in Client.objects.filter(Exists(from_files), erased_at__isnull=True)
        .exclude(email="")
        .select_related("merged_into")
        .order_by("-pk")
    }
    clients: dict[int, Client] = {}
    new: list[Client] = []
    for position, one in enumerate(incoming):
        person = one.person
        if person is None or one.stored is not None:
            continue
        client = known.get(person)
        if client is None:
            client = Client(name=person.name, email=person.email, phone=person.phone)
            new.append(client)
            if person.email:
                known[person] = client
        clients[position] = client
    Client.objects.bulk_create(new)
    return clients


def _places_for(bookings: Sequence[Incoming], *, now: Minute) -> list[Assignment | Rule]:
    """A place for each booking of one location and a few weeks, or the rule that it breaks."""
    found: dict[int, Assignment | Rule] = {}
    judged = [number for number, one in enumerate(bookings) if one.is_judged]
    if judged:
        month = Month(
            bookings[0].location,
            [bookings[number].date for number in judged],
            {bookings[number].therapist.pk for number in judged},
            now=now,
        )
        # Those that name no room take what the others leave.
        for number in sorted(judged, key=lambda number: bookings[number].room is None):
            one = bookings[number]
            found[number] = month.place(
                one.session_type, one.starts_at, one.therapist, one.room, moving=one.stored
            )
    return [
        found[number] if number in found else _unjudged(one) for number, one in enumerate(bookings)
    ]


def _unjudged(one: Incoming) -> Assignment:
    room = one.room or (one.stored and one.stored.room)
    assert room  # only what takes time can leave it open
    return one.therapist.pk, room.pk
