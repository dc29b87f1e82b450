import pytest

from studio.drawing.geometry import between, joint, number, pairs, tube


@pytest.mark.parametrize(
    ("value", "written"), [(1.04, "1"), (0.25, ".2"), (-0.26, "-.3"), (-0.01, "0"), (10.0, "10")]
)
def test_a_number_is_as_short_as_it_can_be(value, written):
    assert number(value) == written


def test_a_minus_sign_needs_no_space_before_it():
    assert pairs(1 - 2j, -3 + 4j) == "1-2-3 4"


def test_bones_keep_their_length_when_a_limb_bends():
    knee = joint(0j, 30 + 60j, 43, 42, bend=-1)

    assert abs(knee) == pytest.approx(43)
    assert abs(knee - (30 + 60j)) == pytest.approx(42)


def test_knees_and_elbows_bend_the_way_they_are_told():
    forward = joint(0j, 60j, 43, 42, bend=-1)
    backward = joint(0j, 60j, 43, 42, bend=1)

    assert forward.real > 0 > backward.real


def test_what_is_out_of_reach_is_reached_for_with_a_straight_limb():
    assert joint(0j, 200j, 43, 42, bend=1).real == pytest.approx(0, abs=1)


def test_halfway_is_halfway():
    assert between(0j, 10 + 20j, 0.5) == 5 + 10j


def test_a_limb_is_a_closed_outline():
    outline = tube((0j, 5), (20j, 4), (40j, 3))

    assert outline.startswith("M") and outline.endswith("Z")
    assert outline.count("A") == 2
