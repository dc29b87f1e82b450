"""Who comes with whom, and who may change both."""

import pytest

from bookings.domain.cancelling import cancel
from bookings.domain.pairs.partners import may_change_both, partners_of, together_with
from bookings.domain.requests import Details, Person
from tests.bookings.domain.asking import CLIENT, NOW, booked
from tests.bookings.domain.pairs.pairing import book_both, hold_both, studio_for_two, wish_for_two

pytestmark = pytest.mark.django_db


def test_partners_of_many_are_found_in_one_query(django_assert_num_queries):
    studio = studio_for_two()
    first, second = book_both(wish_for_two(studio))
    alone = booked(studio, "2026-08-03 14:00")

    with django_assert_num_queries(1):
        found = partners_of([first, second, alone])

    assert found == {first.pk: second, second.pk: first}


def test_two_are_together_while_both_stand():
    studio = studio_for_two()
    first, second = book_both(wish_for_two(studio))

    assert together_with(first, now=NOW) == second
    cancel(second, caller=CLIENT, now=NOW)
    assert together_with(first, now=NOW) is None


def test_holds_that_ran_out_are_together_no_more():
    first, _ = hold_both(wish_for_two(studio_for_two()))

    assert together_with(first, now=NOW + 10) is None


@pytest.mark.parametrize(("email", "may"), [("", True), ("bo@example.org", False)])
def test_p1_who_comes_along_changes_both_from_the_first_ones_mailbox_alone(email, may):
    first, second = book_both(wish_for_two(studio_for_two()), second=Details(Person("Bo", email)))

    assert may_change_both(first)
    assert may_change_both(second) is may
