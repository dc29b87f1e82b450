from hypothesis import assume, given
from hypothesis import strategies as st

from bookings.scheduling.choice import (
    RoomOption,
    TherapistOption,
    idle_gap,
    rank_rooms,
    rank_therapists,
)

CELLS = 40
bit_sets = st.integers(min_value=0, max_value=(1 << CELLS) - 1)


def free_before(free, edges, first):
    """How many cells are free before a cell, down to an edge, one at a time."""
    cell = first
    while cell > 0 and not edges >> cell & 1 and free >> (cell - 1) & 1:
        cell -= 1
    return first - cell


def free_after(free, edges, end):
    """How many cells are free from a cell on, up to an edge, one at a time."""
    cell = end
    while not edges >> cell & 1 and free >> cell & 1:
        cell += 1
    return cell - end


def test_a1_fewest_booked_minutes_come_first():
    options = [TherapistOption("ana", 120, 0), TherapistOption("ben", 60, 300)]

    assert rank_therapists(options) == ["ben", "ana"]


def test_a1_of_equally_busy_therapists_the_smaller_idle_gap_comes_first():
    options = [TherapistOption("ana", 60, 30), TherapistOption("ben", 60, 15)]

    assert rank_therapists(options) == ["ben", "ana"]


def test_a1_the_slug_decides_between_equals_whatever_their_order():
    options = [TherapistOption("ben", 60, 15), TherapistOption("ana", 60, 15)]

    assert rank_therapists(options) == ["ana", "ben"]
    assert rank_therapists(options[::-1]) == ["ana", "ben"]


def test_a2_least_spare_equipment_comes_first():
    options = [RoomOption("alder", 2, 0), RoomOption("birch", 1, 300)]

    assert rank_rooms(options) == ["birch", "alder"]


def test_a2_of_equally_equipped_rooms_the_smaller_idle_gap_comes_first():
    options = [RoomOption("alder", 1, 30), RoomOption("birch", 1, 15)]

    assert rank_rooms(options) == ["birch", "alder"]


def test_a2_the_slug_decides_between_equals_whatever_their_order():
    options = [RoomOption("birch", 1, 15), RoomOption("alder", 1, 15)]

    assert rank_rooms(options) == ["alder", "birch"]
    assert rank_rooms(options[::-1]) == ["alder", "birch"]


def test_ranking_nobody_gives_nobody():
    assert rank_therapists([]) == []
    assert rank_rooms([]) == []


def test_a1_the_idle_gap_is_the_shorter_of_before_and_after():
    # Free: cells 2 to 11. Taken by the booking: 5 to 9, so 3 cells before and 2 after.
    assert idle_gap(0b111111111100, 5, 10) == 10


def test_a1_a_booking_that_touches_the_start_of_its_stretch_leaves_no_gap():
    assert idle_gap(0b1111100, 2, 4) == 0


def test_a1_a_booking_that_touches_the_end_of_its_stretch_leaves_no_gap():
    assert idle_gap(0b1111100, 4, 7) == 0


def test_a1_the_window_s_beginning_ends_a_stretch():
    assert idle_gap(0b1111111, 1, 2) == 5


def test_a2_a_room_s_free_stretch_ends_at_midnight_before_the_booking():
    everything, midnight = 0b1111111111, 0b0000000100

    assert idle_gap(everything, 4, 6, edges=midnight) == 10


def test_a2_a_room_s_free_stretch_ends_at_midnight_after_the_booking():
    everything, midnight = 0b1111111111, 0b0100000000

    assert idle_gap(everything, 4, 7, edges=midnight) == 5


def test_a2_a_booking_that_begins_at_midnight_leaves_no_gap_before_it():
    assert idle_gap(0b1111111111, 4, 6, edges=0b10000) == 0


def test_a2_a_booking_that_ends_at_midnight_leaves_no_gap_after_it():
    assert idle_gap(0b1111111111, 4, 6, edges=0b1000000) == 0


def test_a2_a_midnight_inside_the_booking_changes_nothing():
    assert idle_gap(0b1111111111, 4, 7, edges=0b100000) == idle_gap(0b1111111111, 4, 7)


@given(bit_sets, bit_sets, st.integers(0, CELLS - 1), st.integers(1, CELLS))
def test_the_idle_gap_is_what_counting_cells_gives(free, edges, first, end):
    assume(first < end)

    shorter = min(free_before(free, edges, first), free_after(free, edges, end))

    assert idle_gap(free, first, end, edges) == 5 * shorter
