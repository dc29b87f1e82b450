import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.scheduling.timeline import Interval, Window, cells_of, runs_from, starts_of_runs

CELLS = 60
bit_sets = st.integers(min_value=0, max_value=(1 << CELLS) - 1)


def free_run(bits, cell, length):
    """Whether `length` cells in a row from `cell` on are set, looked up one at a time."""
    return all(bits >> number & 1 for number in range(cell, cell + length))


# Interval


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        pytest.param(Interval(90, 100), False, id="touches its start"),
        pytest.param(Interval(90, 101), True, id="reaches into it"),
        pytest.param(Interval(110, 120), True, id="inside"),
        pytest.param(Interval(90, 210), True, id="around"),
        pytest.param(Interval(100, 200), True, id="the same"),
        pytest.param(Interval(199, 210), True, id="begins before its end"),
        pytest.param(Interval(200, 210), False, id="touches its end"),
    ],
)
def test_t3_touching_intervals_do_not_overlap(other, overlaps):
    interval = Interval(100, 200)

    assert interval.overlaps(other) is overlaps
    assert other.overlaps(interval) is overlaps


def test_t3_an_interval_holds_its_start_and_not_its_end():
    held = [instant for instant in range(98, 106) if Interval(100, 103).holds(instant)]

    assert held == [100, 101, 102]


def test_intervals_sort_by_start_then_end():
    assert sorted([Interval(5, 20), Interval(0, 30), Interval(5, 10)]) == [
        Interval(0, 30),
        Interval(5, 10),
        Interval(5, 20),
    ]


# Window


def test_a_window_covers_an_interval_with_whole_cells():
    assert Window.covering(Interval(12, 21)) == Window(origin=10, cells=3)


def test_a_window_of_nothing_has_no_cells():
    window = Window.covering(Interval(10, 10))

    assert window == Window(origin=10, cells=0)
    assert window.everything == 0


def test_a_window_ends_after_its_last_cell():
    assert Window(origin=10, cells=3).end == 25


def test_everything_is_every_cell():
    assert Window(origin=10, cells=3).everything == 0b111


def test_t3_a_window_s_bits_leave_out_the_cell_at_the_end():
    assert Window(origin=0, cells=10).bits(10, 20) == 0b1100


def test_bits_hold_a_cell_that_an_interval_only_touches_in_part():
    assert Window(origin=0, cells=10).bits(11, 16) == 0b1100


@pytest.mark.parametrize(
    ("start", "end", "bits"),
    [
        pytest.param(-50, 10, 0b000011, id="begins before the window"),
        pytest.param(20, 90, 0b110000, id="ends after the window"),
        pytest.param(-50, 90, 0b111111, id="around the window"),
        pytest.param(-50, 0, 0, id="touches the window's start"),
        pytest.param(30, 90, 0, id="touches the window's end"),
        pytest.param(-90, -50, 0, id="before the window"),
        pytest.param(60, 90, 0, id="after the window"),
        pytest.param(10, 10, 0, id="empty"),
        pytest.param(20, 10, 0, id="back to front"),
    ],
)
def test_bits_are_cut_off_at_the_window_s_edges(start, end, bits):
    assert Window(origin=0, cells=6).bits(start, end) == bits


@given(
    st.lists(st.integers(-40, 60).map(lambda cell: 5 * cell), max_size=8),
    st.integers(1, 30).map(lambda cells: 5 * cells),
)
def test_what_is_occupied_is_the_union_of_stretches_of_one_length(starts, length):
    window = Window(origin=-30, cells=24)

    found = window.occupied(starts, length)

    assert found == window.union(Interval(start, start + length) for start in starts)


def test_an_empty_window_has_nothing_occupied():
    assert Window(origin=0, cells=0).occupied([0, 5], 60) == 0


@given(bit_sets, st.integers(1, 12))
def test_runs_have_as_many_cells_from_each_start_on(starts, cells):
    assert set(cells_of(runs_from(starts, cells))) == {
        start + number for start in cells_of(starts) for number in range(cells)
    }


def test_the_union_of_intervals_holds_each_of_their_cells_once():
    window = Window(origin=0, cells=10)

    assert window.union([Interval(0, 10), Interval(5, 15), Interval(40, 45)]) == 0b100000111


def test_the_union_of_touching_intervals_is_one_stretch():
    window = Window(origin=0, cells=10)

    bits = window.union([Interval(20, 35), Interval(5, 20)])

    assert window.intervals(bits) == [Interval(5, 35)]


def test_the_union_of_no_intervals_is_empty():
    assert Window(origin=0, cells=10).union([]) == 0


@pytest.mark.parametrize(
    ("instant", "bits"),
    [
        pytest.param(10, 0b1100, id="at the beginning of a cell"),
        pytest.param(11, 0b1000, id="inside a cell"),
        pytest.param(-30, 0b1111, id="before the window"),
        pytest.param(16, 0, id="inside the last cell"),
        pytest.param(90, 0, id="after the window"),
    ],
)
def test_from_an_instant_on_only_cells_that_begin_then_or_later_count(instant, bits):
    assert Window(origin=0, cells=4).from_instant(instant) == bits


@pytest.mark.parametrize(
    ("instant", "cell"),
    [
        pytest.param(100, 0, id="first cell"),
        pytest.param(115, 3, id="last cell"),
        pytest.param(120, None, id="the window's end"),
        pytest.param(95, None, id="before the window"),
        pytest.param(103, None, id="between two cells"),
    ],
)
def test_a_cell_is_found_by_the_instant_at_which_it_begins(instant, cell):
    assert Window(origin=100, cells=4).cell_of(instant) == cell


def test_a_cell_begins_five_minutes_after_the_one_before():
    assert Window(origin=100, cells=4).instant_of(3) == 115


def test_intervals_are_the_unbroken_stretches_of_bits():
    window = Window(origin=100, cells=8)

    assert window.intervals(0b10110110) == [
        Interval(105, 115),
        Interval(120, 130),
        Interval(135, 140),
    ]


@given(bit_sets)
def test_intervals_and_union_undo_each_other(bits):
    window = Window(origin=35, cells=CELLS)

    assert window.union(window.intervals(bits)) == bits


# Cells


@given(bit_sets, st.integers(min_value=1, max_value=CELLS + 5))
def test_starts_of_runs_are_the_cells_that_have_enough_free_ones_behind_them(bits, length):
    expected = sum(1 << cell for cell in range(CELLS) if free_run(bits, cell, length))

    assert starts_of_runs(bits, length) == expected


def test_t3_runs_may_begin_until_the_last_one_that_just_fits():
    assert starts_of_runs(0b0111110, 3) == 0b0001110


@given(bit_sets)
def test_cells_of_are_the_set_bits_ascending(bits):
    assert list(cells_of(bits)) == [cell for cell in range(CELLS) if bits >> cell & 1]
