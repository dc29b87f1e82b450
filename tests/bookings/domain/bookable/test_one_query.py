"""Rows of several tables come with one query, each as the kind it is of."""

from datetime import date
from typing import NamedTuple

import pytest
from django.db.models import F

from bookings.domain.bookable.one_query import read_in_one_query
from studio.premises.models import Closure, Room
from tests.factories import (
    MONDAY,
    make_closure_of_dates,
    make_closure_of_times,
    make_location,
    make_room,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


class RoomRow(NamedTuple):
    slug: str
    place: str
    active: bool


class ClosureRow(NamedTuple):
    location_id: int
    first_day: date | None
    wall_from: int | None


ROOMS = {RoomRow: Room.objects.annotate(place=F("location__slug"))}
CLOSURES = {ClosureRow: Closure.objects.all()}


@pytest.mark.parametrize("tables", [(ROOMS, CLOSURES), (CLOSURES, ROOMS)])
def test_each_kind_has_its_own_columns(tables, django_assert_num_queries):
    here = make_location(slug="here")
    make_room(location=here, slug="cedar")
    make_room(location=here, slug="birch", active=False)
    make_closure_of_dates(location=here, first_day=MONDAY, last_day=MONDAY)
    make_closure_of_times(
        location=here, wall_from="1970-01-02 00:00", wall_until="1970-01-02 01:00"
    )

    with django_assert_num_queries(1):
        rows = read_in_one_query(*tables)

    assert sorted(rows[RoomRow]) == [("birch", "here", False), ("cedar", "here", True)]
    assert {type(row) for row in rows[RoomRow]} == {RoomRow}
    assert set(rows[ClosureRow]) == {(here.pk, MONDAY, None), (here.pk, None, 24 * 60)}


def test_a_kind_without_rows_is_empty():
    make_room()

    rows = read_in_one_query(ROOMS, CLOSURES)

    assert len(rows[RoomRow]) == 1
    assert rows[ClosureRow] == []


@pytest.mark.parametrize("nothing", [ROOMS, CLOSURES])
def test_a_kind_that_nothing_can_be_of_leaves_the_others_alone(nothing):
    location = make_location()
    make_room(location=location)
    make_closure_of_dates(location=location, first_day=MONDAY, last_day=MONDAY)
    [(kind, rows)] = nothing.items()

    found = read_in_one_query(ROOMS | CLOSURES | {kind: rows.none()})

    assert {each: len(found[each]) for each in (RoomRow, ClosureRow)} == {
        RoomRow: 1,
        ClosureRow: 1,
    } | {kind: 0}
