from benchmarks.comparing import advice, grown
from tests.benchmarks.figuring import SMALL, figure

W1 = f"W1, {SMALL}, SQLite, 1 client"


def test_a_ratio_that_has_grown_by_more_than_the_limit_is_told_with_both():
    now = figure(ratios=[4.9, 4.9, 4.9, 1.0, 1.0], processor_ratios=[4.5])

    assert grown([now], {W1: 3.0}) == [
        f"{W1}: 4.90 times hello, committed are 3.00 (4.50 by processor time)"
    ]


def test_the_median_of_the_rounds_counts_so_that_two_bad_ones_do_no_harm():
    assert grown([figure(ratios=[3.0, 90.0, 3.1, 90.0, 2.9])], {W1: 3.0}) == []


def test_a_ratio_within_the_limit_passes():
    assert grown([figure(ratios=[4.7] * 5)], {W1: 3.0}) == []


def test_what_was_never_committed_is_told_so_that_a_new_name_hides_nothing():
    [told] = grown([figure(workload="W9")], {W1: 0.1})

    assert told.startswith("W9")
    assert "--accept" in told


def test_another_software_is_not_ours_to_keep_quick():
    peer = figure(workload="django-appointment: W1", yardstick="W1 here", ratios=[90.0])

    assert grown([peer], {peer.name: 1.0}) == []


def test_the_advice_says_how_busy_the_machine_was():
    assert "other programs had 62% of the processors" in advice(0.62)
