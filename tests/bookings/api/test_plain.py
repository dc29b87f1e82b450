"""What is asked plainly is answered without REST framework, and nobody can tell."""

import pytest
from django.db import OperationalError

from bookings.api import plain
from bookings.domain.cancelling import cancel
from bookings.domain.schedule import changing_schedule
from tests.bookings.domain.asking import RECEPTION, booked
from tests.calling import Api, anyone, code_of, fields_of
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    make_bookable,
    make_booking,
    make_location,
    make_room,
    make_shift,
    make_therapist,
)

pytestmark = pytest.mark.django_db

QUERY = {
    "location": "location-1",
    "session_type": "session-1",
    "from": "2026-08-03",
    "until": "2026-08-05",
}


@pytest.fixture
def place():
    return make_bookable()


def ask(caller=None, query=(), **headers):
    return (caller or anyone()).get("availability/", QUERY | dict(query), **headers)


def told(response):
    """All that an answer says; names in `Vary` come in any order."""
    headers = {name: value for name, value in response.headers.items() if name != "Vary"}
    vary = {name.strip().lower() for name in response["Vary"].split(",")}
    return response.status_code, response.content, headers, vary


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept": "application/json, text/plain, */*"},
        {"Accept_Language": "es"},
        {"Accept_Encoding": "gzip, br"},
        {"Origin": "https://front-end.example"},
        {"If_None_Match": '"other"'},
        {"If_None_Match": "*"},
        {"If_None_Match": "*", "Accept_Encoding": "gzip"},
    ],
)
def test_the_answer_is_the_one_that_rest_framework_gives(
    place, headers, settings, django_assert_num_queries
):
    settings.CORS_ALLOWED_ORIGINS = ["https://front-end.example"]
    long_way = ask(**headers)

    with django_assert_num_queries(1):  # the version of the schedule
        at_once = ask(**headers)

    assert told(at_once) == told(long_way)


def test_the_same_head_too(place):
    long_way, at_once = (
        anyone().client.head("/api/v1/availability/", QUERY) for _again in range(2)
    )

    assert told(at_once) == told(long_way)


def test_a_booking_costs_the_next_question_one_query_more(place, django_assert_num_queries):
    ask()
    booked(place, "2026-08-04 10:00", now=SEVEN_ON_MONDAY)

    with django_assert_num_queries(2):  # the version, and what is booked
        ask()


@pytest.mark.parametrize(("works_there_too", "queries"), [(False, 1), (True, 2)])
def test_a_booking_elsewhere_ends_an_answer_only_if_its_therapist_works_here_too(
    place, works_there_too, queries, django_assert_num_queries
):
    there = make_location(slug="there")
    room = make_room(location=there)
    if works_there_too:
        make_shift(therapist=place.therapist, location=there)
    ask()
    with changing_schedule():
        traveller = place.therapist if works_there_too else make_therapist(slug="traveller")
        booking = make_booking(therapist=traveller, room=room, session_type=place.session_type)
    ask()

    cancel(booking, caller=RECEPTION, now=SEVEN_ON_MONDAY)

    with django_assert_num_queries(queries):
        ask()


@pytest.mark.parametrize("bookings", [1, 3])
def test_other_dates_cost_two_queries_however_much_is_booked(
    place, bookings, django_assert_num_queries
):
    ask()
    for day in range(10, 10 + bookings):
        booked(place, f"2026-08-{day} 10:00", now=SEVEN_ON_MONDAY)

    with django_assert_num_queries(2):  # the version, and all that decides
        ask(query={"until": "2026-09-01"})


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"until": "2026-08-02"}, ["until"]),
        ({"until": "2026-10-04"}, ["until"]),
        ({"from": "2026-02-30"}, ["from"]),
        ({"from": "1999-12-31", "until": "1999-12-31"}, ["from", "until"]),
        ({"therapist": "nobody"}, ["therapist"]),
        ({"staff": "1"}, ["staff"]),
        ({"from": ["2026-08-03", "2026-08-03"]}, ["from"]),
    ],
)
def test_what_does_not_fit_is_told_where_however_well_the_place_is_known(place, query, fields):
    ask()

    assert fields_of(ask(query=query)) == fields


@pytest.mark.parametrize(
    ("headers", "problem"),
    [
        ({"Accept": "text/html"}, (406, "not_acceptable")),
        ({"If_Match": '"other"'}, (412, "precondition_failed")),
        ({"Authorization": "Bearer unknown"}, (401, "not_authenticated")),
        ({"Transfer_Encoding": "chunked"}, (400, "invalid")),
    ],
)
def test_what_is_more_than_a_question_goes_the_long_way(place, headers, problem):
    ask()

    assert code_of(ask(**headers)) == problem


def test_a_browser_that_is_known_goes_the_long_way(place):
    """Staff may be signed in there, and see other times (rule S9)."""
    ask()
    caller = Api()
    caller.client.cookies["sessionid"] = "a" * 32

    assert ask(caller).json() == ask().json()
    assert plain.plain_question(ask(caller).wsgi_request, SEVEN_ON_MONDAY) is None


@pytest.mark.parametrize("name", ["location", "session_type"])
def test_what_is_retired_is_unknown_at_once(place, name):
    ask()
    with changing_schedule():
        row = getattr(place, name)
        row.active = False
        row.save()

    assert fields_of(ask()) == [name]


def test_a_database_that_is_away_is_told_without_details(place, monkeypatch):
    ask()

    def fail(_location: int) -> None:
        raise OperationalError("no route to 10.0.0.7")

    monkeypatch.setattr(plain, "version_now", fail)
    response = ask()

    assert code_of(response) == (503, "unavailable")
    assert response["Retry-After"] == "5"
    assert b"10.0.0.7" not in response.content
