"""Where two sessions fit at once."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.scheduling.pairs import PairSearch, PairSlot, in_pairs
from bookings.scheduling.slots import Resource, Rule, Search, SessionLength
from bookings.scheduling.timeline import CELL_MINUTES, Window

CELLS = 10
MORNING = Window(origin=600, cells=CELLS)
SHORT = SessionLength(duration=10, buffer_before=0, buffer_after=0)
LONG = SessionLength(duration=15, buffer_before=5, buffer_after=5)


def therapist(slug, free=MORNING.everything):
    return Resource(slug, {Rule.THERAPIST_FREE: free}, {})


def room(slug, free=MORNING.everything):
    return Resource(slug, {Rule.ROOM_FREE: free}, {})


def search(therapists, rooms, *, length=SHORT, start=MORNING.everything):
    return Search(MORNING, length, tuple(therapists), tuple(rooms), start)


def starts(found, **names):
    return [slot.starts_at for slot in found.slots(**names)]


ANA, BEA = therapist("ana"), therapist("bea")
ALDER, BIRCH = room("alder"), room("birch")


def test_two_need_two_therapists():
    alone = search([ANA], [ALDER, BIRCH])

    assert starts(PairSearch(alone, alone, {})) == []


def test_two_need_two_rooms():
    alone = search([ANA, BEA], [ALDER])

    assert starts(PairSearch(alone, alone, {})) == []


def test_one_who_can_have_a_single_therapist_leaves_the_other_one_to_the_other():
    only_ana, either = search([ANA], [ALDER, BIRCH]), search([ANA, BEA], [ALDER, BIRCH])

    [slot, *_] = PairSearch(either, only_ana, {}).slots()

    assert slot == PairSlot(600, first=("bea",), second=("ana",), side_by_side=False)


def test_the_longer_session_decides_how_late_both_can_start():
    short = search([ANA, BEA], [ALDER, BIRCH])
    long = search([ANA, BEA], [ALDER, BIRCH], length=LONG)

    assert starts(PairSearch(short, long, {})) == list(range(605, 635, 5))


def test_rooms_beside_each_other_are_told_where_both_are_free():
    two = search([ANA, BEA], [ALDER, room("birch", MORNING.bits(600, 615)), room("cedar")])
    beside = {"alder": {"birch"}, "birch": {"alder"}}

    found = list(PairSearch(two, two, beside).slots())

    assert [slot.starts_at for slot in found if slot.side_by_side] == [600, 605]
    assert len(found) == CELLS - 1


def test_who_wants_to_lie_side_by_side_is_offered_no_other_rooms():
    two = search([ANA, BEA], [ALDER, room("birch", MORNING.bits(600, 615)), room("cedar")])
    beside = {"alder": {"birch"}, "birch": {"alder"}}

    assert starts(PairSearch(two, two, beside, side_by_side=True)) == [600, 605]


def test_where_no_rooms_are_known_to_lie_side_by_side_nobody_is_promised_any():
    two = search([ANA, BEA], [ALDER, BIRCH])

    assert starts(PairSearch(two, two, {}, side_by_side=True)) == []


def test_both_must_be_allowed_to_start_then():
    early = search([ANA, BEA], [ALDER, BIRCH], start=MORNING.bits(600, 620))
    late = search([ANA, BEA], [ALDER, BIRCH], start=MORNING.bits(610, 640))

    assert starts(PairSearch(early, late, {})) == [610, 615]
    assert starts(PairSearch(early, late, {}), within=MORNING.bits(615, 640)) == [615]


def test_pairs_come_in_the_order_of_both_ranks_and_nobody_with_herself():
    assert in_pairs([1, 2, 3], [1, 2]) == [(1, 2), (2, 1), (3, 1), (3, 2)]


def test_preferred_pairs_come_first():
    assert in_pairs([1, 2, 3], [1, 2], {(3, 2), (2, 3)})[0] == (3, 2)


# Against every way of putting two people into two rooms, minute by minute

SLUGS = ("a", "b", "c")
free_cells = st.integers(0, MORNING.everything)
lengths = st.builds(
    SessionLength,
    duration=st.sampled_from([5, 10, 15]),
    buffer_before=st.sampled_from([0, 5]),
    buffer_after=st.sampled_from([0, 5]),
)


@st.composite
def pair_searches(draw):
    """Two sessions who share some therapists and rooms, all of them busy at random."""
    people, places = (
        {slug: kind(slug, draw(free_cells)) for slug in SLUGS} for kind in (therapist, room)
    )

    def one():
        able, rooms = (draw(st.sets(st.sampled_from(SLUGS))) for _ in range(2))
        return search(
            [people[slug] for slug in able],
            [places[slug] for slug in rooms],
            length=draw(lengths),
            start=draw(free_cells),
        )

    beside: dict[str, set[str]] = {slug: set() for slug in SLUGS}
    for one_room, other in draw(st.sets(st.sampled_from([("a", "b"), ("b", "c"), ("a", "c")]))):
        beside[one_room].add(other)
        beside[other].add(one_room)
    return PairSearch(one(), one(), beside, side_by_side=draw(st.booleans()))


def can(resource, session, minute):
    """Whether it is free for every minute that a session starting then occupies."""
    [free] = resource.occupied.values()
    occupied = session.length.occupied_from(minute)
    return all(
        MORNING.origin <= each < MORNING.end and free >> (each - MORNING.origin) // CELL_MINUTES & 1
        for each in range(occupied.start, occupied.end)
    )


def ways(pair, minute):
    """Every way to seat both at a minute: their therapists, and whether side by side."""
    first, second = pair.first, pair.second
    if any(not each.start >> (minute - 600) // CELL_MINUTES & 1 for each in (first, second)):
        return
    for one, other, here, there in product(
        first.therapists, second.therapists, first.rooms, second.rooms
    ):
        able = can(one, first, minute) and can(other, second, minute)
        free = can(here, first, minute) and can(there, second, minute)
        is_beside = there.slug in pair.beside.get(here.slug, ())
        if one.slug == other.slug or here.slug == there.slug or not (able and free):
            continue
        if is_beside or not pair.side_by_side:
            yield one.slug, other.slug, is_beside


@settings(max_examples=150, deadline=None)
@given(pair=pair_searches())
def test_what_is_found_is_what_trying_every_way_finds(pair):
    expected = []
    for minute in range(MORNING.origin, MORNING.end, CELL_MINUTES):
        if found := list(ways(pair, minute)):
            first, second = (tuple(sorted({way[side] for way in found})) for side in (0, 1))
            expected.append(PairSlot(minute, first, second, any(way[2] for way in found)))

    assert list(pair.slots()) == expected
