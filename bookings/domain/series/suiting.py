"""Where a booking and all that follow it can move together: starts that suit all of them.

Nothing is written here. Each date is judged for itself, with the times of the whole group free;
`bookings.domain.series.following_preview` and the move itself judge them together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bookings.domain.bookable.availability import Situation
from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.gathering import gathered
from bookings.domain.callers import Caller
from bookings.domain.clients.identity import sessions_by_client
from bookings.domain.moving import check_movable, question_for_move
from bookings.domain.requests import Change
from bookings.domain.series.members import following
from bookings.errors import BookingError
from bookings.models import Booking
from bookings.scheduling.cells import grid_bits
from bookings.scheduling.hours import local_date, to_minute
from bookings.scheduling.series import shifted
from bookings.scheduling.slots import SessionLength
from bookings.scheduling.timeline import Bits, Interval, Minute, cells_of
from therapists.models import Therapist

AROUND = timedelta(days=7)
"""How far from its date the first of them may go: to any other weekday, before or after."""


def suiting_starts(
    booking: Booking, *, therapist: Therapist | None = None, caller: Caller, now: Minute
) -> list[Minute]:
    """The starts of the first within a week to which all of them can move, ascending.

    Each keeps its own therapist unless one is named, and its length. One query for all that have
    therapist and session type in common, which mostly are all; two more for the group and for the
    client's other sessions (rule S10). Its own start is none of them, unless another is named.
    """
    group = following(booking)
    if not all(_is_movable(each, caller=caller, now=now) for each in group):
        return []
    open_to: dict[int, tuple[Situation, Bits]] = {}
    for alike in _alike(group, therapist):
        situation, free = _open(alike, group, therapist, caller=caller, now=now)
        open_to |= dict.fromkeys((each.pk for each in alike), (situation, free))
    return list(_common(group, open_to, stays=therapist is None))


def _is_movable(booking: Booking, *, caller: Caller, now: Minute) -> bool:
    try:
        check_movable(booking, caller=caller, now=now)
    except BookingError:
        return False
    return True


def _alike(group: Iterable[Booking], therapist: Therapist | None) -> Iterable[list[Booking]]:
    """Those that one question can be asked about."""
    alike: defaultdict[tuple[object, ...], list[Booking]] = defaultdict(list)
    for each in group:
        who = therapist or each.therapist
        kind = (each.location_id, each.session_type_id, each.length, each.barefoot, who.pk)
        alike[kind].append(each)
    return alike.values()


def _open(
    alike: Sequence[Booking],
    group: Sequence[Booking],
    therapist: Therapist | None,
    *,
    caller: Caller,
    now: Minute,
) -> tuple[Situation, Bits]:
    """Where any of them could start, as if the whole group were nowhere."""
    one, days = alike[0], [each.date for each in alike]
    today = local_date(one.location.timezone, now)
    asked = question_for_move(one, Change(therapist=therapist), caller=caller, now=now)
    frame = Frame.of(replace(asked, first=max(min(days) - AROUND, today), last=max(days) + AROUND))
    rows = gathered(frame)
    taken = rows.taken
    for other in group:
        cells = frame.window.bits(other.occupied_from, other.occupied_until)
        if cells and other != one:
            taken = taken.without(other, cells)
    situation = Situation.of(frame, rows.therapists, rows.rooms, taken)
    starts, step = 0, grid_bits(frame.clock, frame.window, one.location.slot_step_minutes)
    for bits in situation.search.open_starts().values():
        starts |= bits
    return situation, starts & step & _client_free(one, group, frame, now=now)


def _client_free(one: Booking, group: Iterable[Booking], frame: Frame, *, now: Minute) -> Bits:
    """The starts at which the client has nothing else booked (rule S10)."""
    window = frame.window
    if one.client_id is None:
        return window.everything
    theirs = sessions_by_client([one.client_id], Interval(window.origin, window.end), now=now)
    own = {each.pk for each in group}
    others = [session for pk, session in theirs.get(one.client_id, []) if pk not in own]
    bare = SessionLength(one.duration_minutes, 0, 0)
    return bare.starts_within(window.everything & ~window.union(others))


def _common(
    group: Sequence[Booking], open_to: dict[int, tuple[Situation, Bits]], *, stays: bool
) -> Iterator[Minute]:
    """The starts of the first from which each of the others finds an open one, too."""
    first, zone = group[0], group[0].location.timezone
    starts = [to_minute(each.starts_at) for each in group]
    situation, bits = open_to[first.pk]
    near = situation.frame.dates(first.date - AROUND, first.date + AROUND)
    for cell in cells_of(bits & near):
        start = situation.frame.window.instant_of(cell)
        if start == starts[0] and stays:
            continue
        moves = zip(group, shifted(zone, starts, starts[0], start), strict=True)
        if all(_is_open(*open_to[each.pk], to) for each, to in moves):
            yield start


def _is_open(situation: Situation, bits: Bits, start: Minute) -> bool:
    cell = situation.cell_of(start)
    return cell is not None and bool(bits >> cell & 1)
