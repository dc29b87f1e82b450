"""What has been answered is kept and known again, and never stale."""

import gzip
import json
from typing import Any

import pytest

from bookings.enums import Status
from bookings.scheduling.hours import to_instant
from studio.api.models import Scope
from studio.premises.locking import bump_versions
from tests.bookings.api.views.availability.looking import NOON_TO_FIVE, booking_at, query_for, times
from tests.calling import ROBIN, Api, anyone, client_of, code_of, staff
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import make_bookable, make_shift, make_therapist

pytestmark = pytest.mark.django_db


def ask(place: Any, caller: Api | None = None, **headers: str) -> Any:
    return (caller or anyone()).get("availability/", query_for(place), **headers)


def test_an_answer_that_has_not_changed_is_not_sent_again(place):
    first = ask(place)

    again = ask(place, If_None_Match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "private, max-age=0"


@pytest.mark.parametrize("known", ['"other"', 'W/"other", "another"'])
def test_an_answer_that_has_changed_is_sent(place, known):
    assert ask(place, If_None_Match=known).status_code == 200


def test_one_of_several_known_answers_is_enough(place):
    known = ask(place)["ETag"]

    assert ask(place, If_None_Match=f'"other", W/{known}').status_code == 304
    assert ask(place, If_None_Match="*").status_code == 304


def test_a_precondition_that_fails_is_a_problem(place):
    assert code_of(ask(place, If_Match='"other"')) == (412, "precondition_failed")


def test_304_comes_from_the_cached_answer(place, django_assert_num_queries):
    known = ask(place)["ETag"]

    # The version of the schedule.
    with django_assert_num_queries(1):
        assert ask(place, If_None_Match=known).status_code == 304


def test_it_is_not_compressed_for_who_refuses_that(place):
    assert "Content-Encoding" in ask(place, Accept_Encoding="gzip;q=0.1")
    assert "Content-Encoding" not in ask(place, Accept_Encoding="gzip;q=0")


@pytest.mark.parametrize("rows", [1, 3])
def test_more_rows_are_no_more_queries(place, rows, django_assert_num_queries):
    for number in range(rows):
        therapist = make_therapist()
        place.session_type.therapists.add(therapist)
        make_shift(therapist=therapist, location=place.location, **NOON_TO_FIVE)
        booking_at(place, f"{12 + number}:00")

    with django_assert_num_queries(3):
        ask(place)


@pytest.mark.both_engines
def test_a_booking_ends_the_cached_answer(place):
    before, known = times(place), ask(place)["ETag"]

    response = anyone().post(
        "bookings/",
        {
            "location": place.location.slug,
            "session_type": place.session_type.slug,
            "starts_at": "2026-08-03T12:00:00-06:00",
            "client": ROBIN,
        },
    )
    after = times(place)

    assert response.status_code == 201
    assert [time for time in before if time not in after] == ["12:00", "12:15", "12:30", "12:45"]
    assert ask(place, If_None_Match=known).status_code == 200


def test_a_cancellation_ends_the_cached_answer(place):
    booking = booking_at(place, "12:00")
    before = times(place)

    client_of(booking).post(f"bookings/{booking.reference}/cancel/")

    assert times(place)[:4] == ["12:00", "12:15", "12:30", "12:45"]
    assert times(place)[4:] == before


def test_an_edit_of_the_schedule_ends_the_cached_answer(place):
    times(place)
    place.therapist.shifts.all().delete()
    bump_versions([place.location.pk])

    assert times(place) == []


def test_b3_a_hold_that_runs_out_is_offered_again_at_that_very_minute(place, move_clock):
    booking_at(place, "12:00", status=Status.HELD, expires_at=to_instant(SEVEN_ON_MONDAY + 10))

    move_clock(9)
    assert times(place)[0] == "13:00"
    move_clock(1)
    assert times(place)[0] == "12:00"


def test_staff_and_clients_are_not_given_each_others_answers():
    place = make_bookable(time_from="07:00", time_until="12:00")
    caller = staff(Scope.BOOKINGS_READ)

    first = [times(place), times(place, caller)]

    assert [times(place), times(place, caller)] == first
    assert first[0] != first[1]


def test_the_head_of_an_answer_has_its_etag(place):
    response = anyone().client.head("/api/v1/availability/", query_for(place))

    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == ask(place)["ETag"]


def test_it_is_compressed_for_who_accepts_that_and_is_known_again(place):
    packed = ask(place, Accept_Encoding="gzip")
    again = ask(place, Accept_Encoding="gzip", If_None_Match=packed["ETag"])

    assert packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content)) == ask(place).json()
    assert (again.status_code, again.content) == (304, b"")
