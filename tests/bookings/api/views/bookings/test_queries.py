"""How many queries the calls take."""

from typing import Any

import pytest
from django.core.cache import cache

from tests.bookings.api.views.bookings.asking import book, booked, hold, path_of
from tests.calling import client_of, reception
from tests.factories import make_shift, make_therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def reckon(django_assert_num_queries):
    def reckon(number: int, act: Any, status: int) -> None:
        cache.clear()
        with django_assert_num_queries(number):
            response = act()
        assert response.status_code == status

    return reckon


@pytest.mark.parametrize("rows", [1, 3])
def test_more_bookings_are_no_more_queries(place, rows, reckon):
    caller, mine = reception(), booked(place, "2026-08-03 16:00")
    for hour in range(rows):
        booked(place, f"2026-08-03 {10 + hour}:00")

    reckon(4, lambda: caller.get("bookings/"), 200)
    reckon(4, lambda: caller.get(path_of(mine)), 200)
    reckon(1, lambda: client_of(mine).get(path_of(mine)), 200)
    reckon(3, lambda: client_of(mine).get(path_of(mine, "calendar.ics")), 200)


@pytest.mark.parametrize("rows", [1, 3])
def test_more_bookings_are_no_more_queries_for_writers(place, rows, reckon):
    mine = booked(place, "2026-08-03 16:00")
    for number in range(rows):
        therapist = make_therapist()
        place.session_type.therapists.add(therapist)
        make_shift(therapist=therapist, location=place.location)
        booked(place, f"2026-08-03 {10 + number}:00")
    caller = client_of(mine)
    tomorrow = {"starts_at": "2026-08-04T14:00:00-06:00"}

    book(place, starts_at="2026-08-05T14:00:00-06:00")  # the house is known from then on
    reckon(11, lambda: book(place, starts_at="2026-08-03T14:00:00-06:00"), 201)
    reckon(9, lambda: hold(place, starts_at="2026-08-03T15:00:00-06:00"), 201)
    reckon(23, lambda: caller.post(path_of(mine, "reschedule/"), tomorrow), 200)
    reckon(12, lambda: caller.post(path_of(mine, "cancel/")), 200)
    reckon(20, lambda: caller.post(path_of(mine, "undo/")), 200)
