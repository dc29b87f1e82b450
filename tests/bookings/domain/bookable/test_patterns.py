"""A query that was written for two examples is asked with other values."""

from datetime import date
from typing import NamedTuple

import pytest
from django.db.models import Q

from bookings.domain.bookable.one_query import written
from bookings.domain.bookable.patterns import Pattern
from studio.premises.models import Closure, Room
from tests.factories import MONDAY, make_closure_of_dates, make_location, make_room

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


class RoomRow(NamedTuple):
    slug: str


class ClosureRow(NamedTuple):
    first_day: date


def example(location, day, *, active=True):
    """Rooms of a location that are in use, and its closures from a day on."""
    rooms = Room.objects.filter(location_id=location, active=active)
    closures = Closure.objects.filter(location_id=location, first_day__gte=day)
    values = {"location": location, "day": day}
    return written({RoomRow: rooms, ClosureRow: closures}), values


@pytest.fixture
def examples():
    """Two that differ in all their values."""
    return example(1, date(2001, 1, 1)), example(2, date(2002, 2, 2))


def test_it_is_the_statement_that_would_be_written_with_the_values(examples):
    statement, values = example(77, MONDAY)

    assert Pattern.of(*examples).filled(values) == statement


def test_it_finds_what_the_values_ask_for(examples):
    here, there = make_location(slug="here"), make_location(slug="there")
    make_room(location=here, slug="cedar")
    make_room(location=here, slug="birch", active=False)
    make_room(location=there, slug="maple")
    make_closure_of_dates(location=here, first_day=MONDAY, last_day=MONDAY)

    rows = Pattern.of(*examples).filled({"location": here.pk, "day": MONDAY}).read()

    assert (rows[RoomRow], rows[ClosureRow]) == ([("cedar",)], [(MONDAY,)])


def test_what_differs_and_is_none_of_the_values_is_refused(examples):
    (one, values), (other, other_values) = examples
    del values["day"], other_values["day"]

    with pytest.raises(AssertionError, match="is none of the values"):
        Pattern.of((one, values), (other, other_values))


def test_a_value_that_is_the_same_in_both_examples_is_refused():
    with pytest.raises(AssertionError, match="an example has another's value"):
        Pattern.of(example(1, MONDAY), example(2, MONDAY))


def test_examples_that_are_not_written_alike_are_refused():
    rooms = Room.objects.filter(Q(location_id=2) | Q(slug="cedar"))

    with pytest.raises(AssertionError, match="not of one shape"):
        Pattern.of(
            (written({RoomRow: Room.objects.filter(location_id=1)}), {"location": 1}),
            (written({RoomRow: rooms}), {"location": 2}),
        )


def test_an_example_says_which_value_is_which():
    one, other = (written({RoomRow: Room.objects.filter(location_id=pk)}) for pk in (1, 2))

    with pytest.raises(AssertionError, match="cannot be told apart"):
        Pattern.of((one, {"location": 1, "room": 1}), (other, {"location": 2, "room": 2}))
