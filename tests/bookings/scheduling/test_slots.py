from hypothesis import given
from hypothesis import strategies as st

from bookings.scheduling.slots import (
    OVERRIDABLE,
    Resource,
    Rule,
    Search,
    SessionLength,
    Slot,
    nearest,
)
from bookings.scheduling.timeline import Interval, Window

NOTHING: frozenset[Rule] = frozenset()
CELLS = 48
DAY = Window(origin=0, cells=CELLS)
HOUR = SessionLength(duration=60, buffer_before=0, buffer_after=0)
BUFFERED = SessionLength(duration=60, buffer_before=10, buffer_after=15)


def therapist(slug="ana", occupied=None, start=None):
    return Resource(slug, occupied or {}, start or {})


def room(slug="alder", occupied=None, start=None):
    return Resource(slug, occupied or {}, start or {})


def search(therapists, rooms, *, length=HOUR, start=DAY.everything, overridden=NOTHING):
    return Search(DAY, length, tuple(therapists), tuple(rooms), start, overridden)


def starts(found):
    return [slot.starts_at for slot in found.slots()]


# What a session occupies


def test_a_session_occupies_its_duration_and_both_buffers():
    assert BUFFERED.occupied == 85


def test_the_occupied_interval_reaches_from_buffer_to_buffer():
    assert BUFFERED.occupied_from(1000) == Interval(990, 1075)


def test_s2_a_session_fits_a_stretch_of_exactly_its_occupied_length_once():
    free = DAY.bits(30, 30 + 85)

    assert BUFFERED.starts_within(free) == DAY.bits(40, 45)


def test_s2_a_session_does_not_fit_a_stretch_five_minutes_too_short():
    assert BUFFERED.starts_within(DAY.bits(30, 30 + 80)) == 0


def test_s2_a_session_does_not_straddle_two_stretches():
    assert HOUR.starts_within(DAY.bits(0, 40) | DAY.bits(45, 100)) == 0


def test_a_session_does_not_reach_out_of_the_window():
    starts = BUFFERED.starts_within(DAY.everything)

    assert starts == DAY.bits(10, DAY.end - 75 + 5)


# One resource


def test_s3_a_start_whose_buffer_touches_a_booking_is_open_and_one_that_overlaps_is_not():
    taken = DAY.bits(90, 150)
    ana = therapist(occupied={Rule.THERAPIST_FREE: DAY.everything & ~taken})

    open_ = ana.starts(BUFFERED, DAY, NOTHING)

    assert open_ >> DAY.cell_of(15) & 1  # occupied until 90
    assert not open_ >> DAY.cell_of(20) & 1
    assert not open_ >> DAY.cell_of(155) & 1
    assert open_ >> DAY.cell_of(160) & 1  # occupied from 150


def test_rules_of_dates_bind_the_start_and_not_what_the_session_occupies():
    ana = therapist(start={Rule.CERTIFIED: DAY.bits(0, 30)})

    assert ana.starts(HOUR, DAY, NOTHING) == DAY.bits(0, 30)


def test_s5_a_room_s_overdue_date_binds_the_start_alone():
    alder = room(start={Rule.EQUIPPED: DAY.bits(0, 120)})

    # The last one starts on the last good date and ends after it.
    assert starts(search([therapist()], [alder]))[-1] == 115


def test_s7_a_session_may_touch_a_time_without_barefoot_work_and_not_reach_into_it():
    ana = therapist(occupied={Rule.BAREFOOT_ALLOWED: DAY.everything & ~DAY.bits(120, 180)})

    assert starts(search([ana], [room()], length=BUFFERED)) == list(range(10, 50, 5))


def test_s8_a_date_that_is_full_offers_no_start():
    ana = therapist(start={Rule.BAREFOOT_CAP: DAY.everything & ~DAY.bits(0, 120)})

    assert starts(search([ana], [room()]))[0] == 120


def test_s2_and_s3_are_judged_together():
    ana = therapist(
        occupied={Rule.WORKING: DAY.bits(0, 90), Rule.THERAPIST_FREE: DAY.bits(60, 240)}
    )

    assert ana.starts(HOUR, DAY, NOTHING) == 0


def test_an_overridden_rule_stops_nothing():
    ana = therapist(occupied={Rule.WORKING: 0}, start={Rule.BAREFOOT_CAP: 0})

    overridden = frozenset({Rule.WORKING, Rule.BAREFOOT_CAP})

    assert ana.starts(HOUR, DAY, overridden) == HOUR.starts_within(DAY.everything)


def test_an_override_leaves_the_other_rules_in_force():
    ana = therapist(occupied={Rule.WORKING: 0, Rule.THERAPIST_FREE: DAY.bits(0, 60)})

    assert ana.starts(HOUR, DAY, frozenset({Rule.WORKING})) == 1


def test_the_hard_rules_are_those_about_who_and_where():
    assert set(Rule) - OVERRIDABLE == {
        Rule.OFFERED,
        Rule.THERAPIST_FREE,
        Rule.ROOM_FREE,
        Rule.EQUIPPED,
        Rule.CERTIFIED,
        Rule.BAREFOOT_ALLOWED,
    }


def test_refusals_name_every_rule_that_says_no_in_order():
    ana = therapist(
        occupied={Rule.BAREFOOT_ALLOWED: 0, Rule.WORKING: DAY.bits(0, 55), Rule.THERAPIST_FREE: 0},
        start={Rule.BAREFOOT_CAP: 0, Rule.CERTIFIED: DAY.everything},
    )

    assert ana.refusals(HOUR, 0) == [
        Rule.WORKING,
        Rule.THERAPIST_FREE,
        Rule.BAREFOOT_ALLOWED,
        Rule.BAREFOOT_CAP,
    ]


def test_a_start_that_every_rule_allows_has_no_refusals():
    ana = therapist(occupied={Rule.WORKING: DAY.bits(0, 60)}, start={Rule.CERTIFIED: 1})

    assert ana.refusals(HOUR, 0) == []


# The search


def test_a_slot_needs_a_therapist_and_a_room_at_the_same_time():
    ana = therapist(occupied={Rule.WORKING: DAY.bits(0, 120)})
    alder = room(occupied={Rule.ROOM_FREE: DAY.bits(30, 180)})

    assert starts(search([ana], [alder])) == list(range(30, 65, 5))


def test_s4_one_room_must_hold_the_whole_session():
    alder = room("alder", occupied={Rule.ROOM_FREE: DAY.bits(0, 30)})
    birch = room("birch", occupied={Rule.ROOM_FREE: DAY.bits(30, 60)})

    assert starts(search([therapist()], [alder, birch])) == []


def test_without_a_room_there_is_no_slot():
    assert starts(search([therapist()], [])) == []


def test_without_a_therapist_there_is_no_slot():
    assert starts(search([], [room()])) == []


def test_t5_only_starts_on_the_given_grid_are_slots():
    assert starts(search([therapist()], [room()], start=0b1001001001)) == [0, 15, 30, 45]


def test_a_slot_names_the_therapists_it_can_be_booked_with_by_slug():
    ben = therapist("ben", occupied={Rule.WORKING: DAY.bits(0, 65)})
    ana = therapist("ana", occupied={Rule.WORKING: DAY.bits(5, 70)})

    assert list(search([ben, ana], [room()]).slots()) == [
        Slot(0, ("ben",)),
        Slot(5, ("ana", "ben")),
        Slot(10, ("ana",)),
    ]


def test_slots_begin_where_the_window_does():
    window = Window(origin=1_000, cells=CELLS)
    ana = therapist(occupied={Rule.WORKING: window.bits(1_030, 1_090)})

    found = Search(window, HOUR, (ana,), (room(),), window.everything)

    assert list(found.slots()) == [Slot(1_030, ("ana",))]


def test_open_starts_are_given_by_slug():
    ben = therapist("ben", occupied={Rule.WORKING: 0})
    ana = therapist("ana", occupied={Rule.WORKING: DAY.bits(0, 60)})

    found = search([ben, ana], [room()]).open_starts()

    assert list(found.items()) == [("ana", 1), ("ben", 0)]


def test_an_override_of_the_search_reaches_therapists_and_rooms():
    ana = therapist(occupied={Rule.WORKING: 0})

    assert starts(search([ana], [room()], start=1, overridden=frozenset({Rule.WORKING}))) == [0]


def test_bookable_are_the_resources_that_are_open_at_a_cell():
    alder = room("alder", occupied={Rule.ROOM_FREE: DAY.bits(0, 60)})
    birch = room("birch", occupied={Rule.ROOM_FREE: DAY.bits(5, 180)})
    cedar = room("cedar")

    found = search([therapist()], [alder, birch, cedar])

    assert found.bookable(found.rooms, 0) == [alder, cedar]


def test_bookable_are_those_that_only_overridden_rules_forbid():
    off = Resource("off", {Rule.WORKING: 0}, {Rule.BAREFOOT_CAP: 0})
    taken = Resource("taken", {Rule.THERAPIST_FREE: 0}, {})

    found = search([], [], overridden=frozenset({Rule.WORKING, Rule.BAREFOOT_CAP}))

    assert found.bookable([off, taken], 0) == [off]


bit_sets = st.integers(min_value=0, max_value=DAY.everything)
lengths = st.builds(
    SessionLength,
    duration=st.integers(1, 6).map(lambda cells: 5 * cells),
    buffer_before=st.integers(0, 3).map(lambda cells: 5 * cells),
    buffer_after=st.integers(0, 3).map(lambda cells: 5 * cells),
)
long_stretches = st.lists(
    st.tuples(st.integers(0, DAY.end), st.integers(0, DAY.end)), max_size=4
).map(lambda pairs: DAY.union(Interval(*pair) for pair in pairs))


def resources(occupied, start):
    def numbered(rows):
        return [
            Resource(f"number-{number}", {occupied: free}, {start: dates})
            for number, (free, dates) in enumerate(rows)
        ]

    return st.lists(st.tuples(long_stretches, bit_sets), max_size=6).map(numbered)


def fits(resource, length, cell):
    """Whether a session can start at a cell, looked up cell by cell."""
    first = cell - length.buffer_before // 5
    occupied = range(first, first + length.occupied // 5)
    return all(
        0 <= number < CELLS and bits >> number & 1
        for bits in resource.occupied.values()
        for number in occupied
    ) and all(bits >> cell & 1 for bits in resource.start.values())


@given(
    therapists=resources(Rule.WORKING, Rule.CERTIFIED),
    rooms=resources(Rule.ROOM_FREE, Rule.EQUIPPED),
    length=lengths,
    start=bit_sets,
)
def test_slots_are_what_trying_every_start_finds(therapists, rooms, length, start):
    expected = [
        Slot(DAY.instant_of(cell), able)
        for cell in range(CELLS)
        if start >> cell & 1 and any(fits(room, length, cell) for room in rooms)
        if (able := tuple(who.slug for who in therapists if fits(who, length, cell)))
    ]

    found = search(therapists[::-1], rooms, length=length, start=start)

    assert list(found.slots()) == expected


@given(
    therapists=resources(Rule.WORKING, Rule.CERTIFIED),
    rooms=resources(Rule.ROOM_FREE, Rule.EQUIPPED),
    length=lengths,
    cell=st.integers(0, CELLS - 1),
)
def test_a_start_is_open_exactly_where_nothing_refuses_it(therapists, rooms, length, cell):
    found = search(therapists, rooms, length=length)

    for resource in therapists + rooms:
        refused = resource.refusals(length, cell) != []
        assert (resource in found.bookable([resource], cell)) is not refused


# The nearest ones


def slots_at(*instants):
    return [Slot(instant, ("ana",)) for instant in instants]


def test_a3_the_nearest_slots_come_in_ascending_order():
    assert nearest(slots_at(0, 40, 60, 90, 200), 70, 3) == slots_at(40, 60, 90)


def test_a3_of_two_equally_near_slots_the_earlier_comes_first():
    assert nearest(slots_at(90, 110), 100, 1) == slots_at(90)


def test_a3_fewer_slots_than_wanted_are_all_there_are():
    assert nearest(slots_at(90), 100, 5) == slots_at(90)
