"""What could take a booking that cannot stay as it is (rule B8).

Judged by the predicate that a move is judged by, so whatever is offered here can be done at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bookings.domain.attention.accepted import Accepted, accepted_for
from bookings.domain.attention.resolving import carried_over
from bookings.domain.bookable.assignment import able_rooms, able_therapists
from bookings.domain.bookable.availability import NEARBY_DAYS, Situation, gather_each
from bookings.domain.clients.identity import sessions_by_client
from bookings.domain.options import going_past, narrowed
from bookings.models import Booking
from bookings.scheduling.cells import grid_bits
from bookings.scheduling.hours import DAY_MINUTES, local_date, to_minute
from bookings.scheduling.slots import Rule, SessionLength, Slot
from bookings.scheduling.timeline import CELL_MINUTES, Bits, Interval, Minute, cells_of
from studio.premises.models import Room
from therapists.models import Therapist

MOST_TIMES = 3
APART = 60
"""Minutes between two times that are offered: every quarter of an hour would be no choice."""

NEARBY = timedelta(days=NEARBY_DAYS)


@dataclass(frozen=True, slots=True)
class Taker:
    """A therapist who can take a booking at its own start, and the room it would be in."""

    therapist: Therapist
    room: Room


@dataclass(frozen=True, slots=True)
class Remedies:
    """All that could take a booking: at its own start, best first, and at the nearest others.

    Its own therapist stands first. Times are on the location's step, within a week, at least an
    hour apart, ascending.
    """

    takers: list[Taker] = field(default_factory=list)
    with_own: list[Slot] = field(default_factory=list)
    with_others: list[Slot] = field(default_factory=list)


def remedies(bookings: Iterable[Booking], *, now: Minute) -> dict[int, Remedies]:
    """What could take each of some bookings (ids), with what they refer to.

    The number of queries grows with the session types and locations, not with the bookings.
    """
    groups: defaultdict[tuple[int, int], list[Booking]] = defaultdict(list)
    for booking in bookings:
        groups[booking.location_id, booking.session_type_id].append(booking)
    if not groups:
        return {}
    around = Around.these([booking for group in groups.values() for booking in group], now=now)
    found = {}
    for group in groups.values():
        days = [booking.date for booking in group]
        first = max(min(days) - NEARBY, local_date(group[0].location.timezone, now))
        for booking, situation in gather_each(group, first=first, last=max(days) + NEARBY, now=now):
            found[booking.pk] = around.remedies(booking, situation)
    return found


@dataclass(frozen=True, slots=True)
class Around:
    """Who and what there is besides the schedule, gathered once for all bookings (ids)."""

    therapists: dict[int, Therapist]
    rooms: dict[int, Room]
    sessions: dict[int, list[tuple[int, Interval]]]
    accepted: dict[int, Accepted]

    @classmethod
    def these(cls, bookings: Sequence[Booking], *, now: Minute) -> "Around":
        """What is around some bookings."""
        far = (NEARBY_DAYS + 2) * DAY_MINUTES
        reach = Interval(
            min(booking.occupied_from for booking in bookings) - far,
            max(booking.occupied_until for booking in bookings) + far,
        )
        clients = {booking.client_id for booking in bookings if booking.client_id is not None}
        return cls(
            Therapist.objects.filter(active=True).in_bulk(),
            Room.objects.filter(active=True).in_bulk(),
            sessions_by_client(clients, reach, now=now),
            accepted_for({booking.pk for booking in bookings}),
        )

    def remedies(self, booking: Booking, situation: Situation) -> Remedies:
        """What could take one of them."""
        cell = situation.cell_of(to_minute(booking.starts_at))
        assert cell is not None  # the window was made to hold it
        own, client_free = booking.therapist.slug, self._client_free(booking, situation)
        starts = situation.search.open_starts()
        allowed = client_free & _nearby(booking, situation) & ~(1 << cell)
        with_own = _nearest(starts.get(own, 0) & allowed, cell)
        others = 0
        for slug, bits in starts.items():
            others |= bits if slug != own else 0
        with_others = _nearest(others & allowed & ~sum(1 << each for each in with_own), cell)
        return Remedies(
            list(self._takers(booking, situation, is_free=bool(client_free >> cell & 1))),
            [Slot(situation.frame.window.instant_of(each), (own,)) for each in with_own],
            [_slot(situation, starts, each) for each in with_others],
        )

    def _takers(self, booking: Booking, situation: Situation, *, is_free: bool) -> Iterator[Taker]:
        accepted, own = self.accepted.get(booking.pk, {}), booking.therapist
        if not is_free and Rule.CLIENT_FREE not in accepted:
            return
        past = carried_over(booking, accepted, own).rules
        hers = going_past(narrowed(situation, therapist=own.slug, room=None), past)
        start = to_minute(booking.starts_at)
        for judged in (hers, situation):
            rooms = able_rooms(judged, start)
            for therapist in able_therapists(judged, start) if rooms else ():
                if judged is hers or therapist != own.pk:
                    yield Taker(self.therapists[therapist], self.rooms[rooms[0]])

    def _client_free(self, booking: Booking, situation: Situation) -> Bits:
        """The starts at which the client has no other session (rule S10)."""
        window = situation.frame.window
        sessions = self.sessions.get(booking.client_id, []) if booking.client_id else []
        taken = window.union(session for pk, session in sessions if pk != booking.pk)
        bare = SessionLength(booking.duration_minutes, 0, 0)
        return bare.starts_within(window.everything & ~taken)


def _slot(situation: Situation, starts: dict[str, Bits], cell: int) -> Slot:
    able = tuple(slug for slug, bits in starts.items() if bits >> cell & 1)
    return Slot(situation.frame.window.instant_of(cell), able)


def _nearby(booking: Booking, situation: Situation) -> Bits:
    """The starts on the location's step, within a week."""
    frame = situation.frame
    step = grid_bits(frame.clock, frame.window, booking.location.slot_step_minutes)
    return step & frame.dates(booking.date - NEARBY, booking.date + NEARBY)


def _nearest(starts: Bits, wanted: int) -> list[int]:
    """Some cells near a wanted one, ascending and apart; of two equally near, the earlier."""
    chosen: list[int] = []
    for cell in sorted(cells_of(starts), key=lambda cell: (abs(cell - wanted), cell)):
        if all(abs(cell - other) >= APART // CELL_MINUTES for other in chosen):
            chosen.append(cell)
        if len(chosen) == MOST_TIMES:
            break
    return sorted(chosen)
