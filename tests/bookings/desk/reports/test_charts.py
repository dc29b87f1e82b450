import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.desk.reports.charts import (
    BARS_UNTIL,
    HEIGHT,
    LEFT,
    NAMES_UNTIL,
    RIGHT,
    WIDTH,
    Rect,
    Series,
    Tone,
    levels_up_to,
    lying,
    standing,
)

PARTS = [("3 Aug", "Mon 3 Aug 2026"), ("4 Aug", "Tue 4 Aug 2026")]


@pytest.mark.parametrize(
    ("most", "levels"),
    [
        (0, [0, 1]),
        (0.9, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (7, [0, 2, 4, 6, 8]),
        (12, [0, 2.5, 5, 7.5, 10, 12.5]),
        (19_000, [0, 5000, 10_000, 15_000, 20_000]),
    ],
)
def test_an_axis_has_round_levels(most, levels):
    assert levels_up_to(most) == pytest.approx(levels)


def test_an_axis_of_things_that_are_counted_has_no_halves():
    assert levels_up_to(3, whole_numbers=True) == [0, 1, 2, 3]
    assert levels_up_to(12, whole_numbers=True) == [0, 3, 6, 9, 12]


@given(st.floats(1e-3, 1e9), st.booleans())
def test_an_axis_reaches_the_most_with_a_few_levels(most, whole_numbers):
    levels = levels_up_to(most, whole_numbers=whole_numbers)

    assert levels[-1] >= most * (1 - 1e-6)
    assert 2 <= len(levels) <= 6


def test_a_lying_bar_is_as_long_as_its_share_of_the_whole():
    chart = lying([("Mei", 0.5, "50%"), ("Noa", None, "–")], whole=1)

    (name, bar, value), (_name, nothing, _value) = chart.bars
    assert bar.width == chart.whole // 2 == (BARS_UNTIL - NAMES_UNTIL) // 2
    assert (name.text, bar.words, value.text) == ("Mei", "Mei: 50%", "50%")
    assert nothing.width == 0


def test_more_than_the_whole_makes_the_whole_shorter():
    chart = lying([("Mei", 2, "200%")], whole=1)

    assert chart.bars[0][1].width == BARS_UNTIL - NAMES_UNTIL
    assert chart.whole == (BARS_UNTIL - NAMES_UNTIL) // 2


def test_a_long_name_is_shortened_on_the_chart_alone():
    chart = lying([("A name that nobody could fit beside a bar", 1, "1")])

    name, bar, _value = chart.bars[0]
    assert name.text == "A name that nobody could …"
    assert bar.words.startswith("A name that nobody could fit beside a bar")


def test_no_values_make_an_empty_chart():
    assert lying([]).bars == []
    assert standing([], [Series("Rooms", Tone.PLAIN, [])], str).rects == []


def test_standing_columns_stand_beside_one_another():
    series = [Series("A", Tone.PLAIN, [1.0, None]), Series("B", Tone.DOTS, [0.5, 1.0])]

    chart = standing(PARTS, series, lambda value: f"{value:g}")

    first, second, third = chart.rects
    assert first.x + first.width == second.x
    assert first.height == 2 * second.height
    assert {rect.y + rect.height for rect in chart.rects} == {chart.bottom}
    assert (third.tone, third.words) == (Tone.DOTS, "Tue 4 Aug 2026, B: 1")
    assert [label.text for label in chart.values] == ["1", "0.5", "1"]
    assert [label.text for label in chart.names] == ["3 Aug", "4 Aug"]


def test_stacked_columns_stand_upon_one_another():
    series = [Series("A", Tone.PLAIN, [2, 0]), Series("B", Tone.DOTS, [2, 0])]

    chart = standing(PARTS, series, str, stacked=True, whole_numbers=True)

    lower, upper = chart.rects
    assert upper.x == lower.x
    assert upper.y + upper.height == lower.y
    assert [label.text for label in chart.levels] == ["0", "1", "2", "3", "4"]


def test_one_series_needs_no_legend():
    assert standing(PARTS, [Series("A", Tone.PLAIN, [1, 1])], str).series == ()


@given(
    st.lists(st.floats(1e-3, 1e6) | st.sampled_from([0, None]), min_size=1, max_size=400),
    st.booleans(),
)
def test_every_column_is_on_the_grid_and_names_do_not_crowd(values, stacked):
    parts = [(str(number), str(number)) for number in range(len(values))]
    series = [Series(name, Tone.PLAIN, values) for name in "AB"]

    chart = standing(parts, series, str, stacked=stacked)

    assert all(_is_on_the_grid(rect) for rect in chart.rects)
    assert len(chart.names) <= 14


def _is_on_the_grid(rect: Rect) -> bool:
    across = rect.x >= LEFT and rect.x + rect.width <= WIDTH - RIGHT + 1
    return across and rect.y >= 0 and rect.y + rect.height <= HEIGHT and rect.height >= 1
