from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from bookings.models import Booking
from studio.api.pages import CursorPages
from studio.premises.models import Location
from tests.factories import MONDAY_AT_TEN, at, make_booking, make_location

pytestmark = pytest.mark.django_db

BY_START = ("starts_at", "pk")


def page(rows: Any, url: str = "/?page_size=2", ordering: tuple[str, ...] = ("slug",)) -> Any:
    pages = CursorPages()
    request = Request(APIRequestFactory().get(url))
    found = pages.paginate_queryset(rows, request, SimpleNamespace(ordering=ordering))
    response: Any = pages.get_paginated_response([row.pk for row in found])
    return response.data


def make_bookings_at(*walls: str) -> list[int]:
    return [make_booking(starts_at=at(f"2026-08-03 {wall}")).pk for wall in walls]


def cursor_in(url: str) -> str:
    return parse_qs(urlsplit(url).query)["cursor"][0]


def test_a_list_of_one_page_leads_nowhere():
    pks = [make_location().pk for _ in range(2)]

    assert page(Location.objects.all()) == {"results": pks, "next": None, "previous": None}


def test_an_empty_list_leads_nowhere():
    assert page(Location.objects.all()) == {"results": [], "next": None, "previous": None}


def test_pages_go_on_to_the_end_and_back_again():
    pks = [make_location().pk for _ in range(5)]
    rows = Location.objects.all()

    first = page(rows)
    second = page(rows, first["next"])
    third = page(rows, second["next"])
    back = page(rows, third["previous"])

    assert [first["results"], second["results"], third["results"]] == [pks[:2], pks[2:4], pks[4:]]
    assert third["next"] is None
    assert back["results"] == pks[2:4]
    assert page(rows, back["previous"])["results"] == pks[:2]
    assert page(rows, back["previous"])["previous"] is None
    assert page(rows, back["next"])["results"] == pks[4:]


def test_rows_of_one_instant_are_neither_skipped_nor_repeated():
    pks = make_bookings_at("10:00", "10:00", "10:00", "09:00", "10:00")
    rows = Booking.objects.all()

    first = page(rows, ordering=BY_START)
    second = page(rows, first["next"], ordering=BY_START)
    third = page(rows, second["next"], ordering=BY_START)

    found = [*first["results"], *second["results"], *third["results"]]
    assert found == [pks[3], pks[0], pks[1], pks[2], pks[4]]


def test_a_row_that_comes_before_the_page_moves_nothing():
    pks = make_bookings_at("10:00", "11:00", "12:00")
    first = page(Booking.objects.all(), ordering=BY_START)

    make_bookings_at("08:00")

    second = page(Booking.objects.all(), first["next"], ordering=BY_START)
    assert second["results"] == pks[2:]


def test_the_rest_of_the_query_stays_in_the_links():
    for _ in range(3):
        make_location()

    following = page(Location.objects.all(), "/?page_size=2&style=bar")["next"]

    assert parse_qs(urlsplit(following).query)["style"] == ["bar"]


@pytest.mark.parametrize("cursor", ["x", "W10:abc:def", "%00", "cD0x", "' OR 1=1", "a" * 5000])
def test_a_cursor_that_was_not_given_out_is_refused(cursor):
    with pytest.raises(ValidationError) as refused:
        page(Location.objects.all(), f"/?cursor={cursor}")

    assert refused.value.get_codes() == {"cursor": ["invalid"]}


def test_a_cursor_of_another_order_is_refused():
    for _ in range(3):
        make_location()
    cursor = cursor_in(page(Location.objects.all())["next"])
    make_booking(starts_at=MONDAY_AT_TEN)

    with pytest.raises(ValidationError):
        page(Booking.objects.all(), f"/?cursor={cursor}", ordering=BY_START)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_is_one_query(rows, django_assert_num_queries):
    for _ in range(rows):
        make_location()

    with django_assert_num_queries(1):
        page(Location.objects.all())
