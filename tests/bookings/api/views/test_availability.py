import gzip
import json
from typing import Any

import pytest

from bookings.enums import Status
from bookings.scheduling.hours import to_instant
from studio.api.models import Scope
from studio.premises.locking import bump_versions
from tests.calling import (
    ROBIN,
    Api,
    anyone,
    client_of,
    code_of,
    fields_of,
    reception,
    staff,
)
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_location,
    make_session_type,
    make_shift,
    make_therapist,
    make_time_off,
)

pytestmark = pytest.mark.django_db

DAY = {"from": "2026-08-03", "until": "2026-08-03"}
NOON_TO_FIVE: Any = {"time_from": "12:00", "time_until": "17:00"}


@pytest.fixture
def place():
    return make_bookable(**NOON_TO_FIVE)


def query_for(place: Any, **other: str) -> dict[str, str]:
    return {
        "location": place.location.slug,
        "session_type": place.session_type.slug,
        **DAY,
        **other,
    }


def dates(first: str, until: str) -> Any:
    """Which dates are asked about; `from` is no name for an argument."""
    return {"from": first, "until": until}


def listed(place: Any, caller: Api | None = None, **other: str) -> Any:
    response = (caller or anyone()).get("availability/", query_for(place, **other))
    assert response.status_code == 200, response.content
    return response.json()


def times(place: Any, caller: Api | None = None, **other: str) -> list[str]:
    return [
        slot["starts_at"][11:16]
        for day in listed(place, caller, **other)["days"]
        for slot in day["slots"]
    ]


def booking_at(place: Any, wall: str, **other: Any) -> Any:
    return make_booking(
        therapist=place.therapist,
        room=place.room,
        session_type=place.session_type,
        starts_at=at(f"2026-08-03 {wall}"),
        **other,
    )


@pytest.mark.both_engines
def test_slots_are_listed_by_local_date_with_their_therapists():
    place = make_bookable(time_from="15:45", time_until="17:00")

    assert listed(place, until="2026-08-04") == {
        "location": place.location.slug,
        "session_type": place.session_type.slug,
        "timezone": "America/Denver",
        "from": "2026-08-03",
        "until": "2026-08-04",
        "days": [
            {
                "date": day,
                "slots": [
                    {"starts_at": f"{day}T{time}:00-06:00", "therapists": [place.therapist.slug]}
                    for time in ("15:45", "16:00")
                ],
            }
            for day in ("2026-08-03", "2026-08-04")
        ],
        "next_available": "2026-08-03T15:45:00-06:00",
    }


def test_every_day_is_there_an_empty_one_too(place):
    make_time_off(
        therapist=place.therapist,
        location=place.location,
        wall_from="2026-08-04 00:00",
        wall_until="2026-08-06 00:00",
    )

    days = listed(place, until="2026-08-06")["days"]

    assert [(day["date"][-2:], bool(day["slots"])) for day in days] == [
        ("03", True),
        ("04", False),
        ("05", False),
        ("06", True),
    ]


def test_therapists_come_in_the_order_of_their_slugs(place):
    zoe = make_therapist(slug="zoe")
    ana = make_therapist(slug="ana")
    hands = make_session_type(locations=(place.location,), therapists=(zoe, ana))
    for therapist in (zoe, ana):
        make_shift(therapist=therapist, location=place.location)

    slots = listed(place, session_type=hands.slug)["days"][0]["slots"]

    assert {tuple(slot["therapists"]) for slot in slots} == {("ana", "zoe")}


def test_with_a_therapist_that_one_is_listed_alone(place):
    ana = make_therapist(slug="ana")
    place.session_type.therapists.add(ana)
    make_shift(therapist=ana, location=place.location, time_from="09:00", time_until="10:00")

    assert times(place, therapist="ana") == []
    assert times(place, therapist=place.therapist.slug) == times(place)


def test_an_empty_range_names_the_first_slot_after_it(place):
    answer = listed(place, **dates("2026-07-01", "2026-07-02"))

    assert answer["days"] == [
        {"date": "2026-07-01", "slots": []},
        {"date": "2026-07-02", "slots": []},
    ]
    assert answer["next_available"] == "2026-08-03T12:00:00-06:00"


def test_nothing_up_to_the_horizon_is_null(place):
    place.session_type.therapists.clear()

    assert listed(place)["next_available"] is None


def test_nothing_is_offered_where_the_session_is_not(place):
    other = make_location()

    answer = listed(place, location=other.slug)

    assert answer["days"] == [{"date": "2026-08-03", "slots": []}]
    assert answer["next_available"] is None


def test_s9_clients_are_offered_nothing_within_the_notice_nor_past_the_horizon():
    place = make_bookable(time_from="07:00", time_until="12:00")

    assert times(place)[0] == "09:00"
    assert times(place, **dates("2026-11-01", "2026-11-02"))[-1] == "11:00"
    assert times(place, **dates("2026-11-02", "2026-11-02")) == []


def test_s9_is_left_out_for_staff():
    place = make_bookable(time_from="07:00", time_until="12:00")
    caller = staff(Scope.BOOKINGS_READ)

    assert times(place, caller)[:2] == ["07:00", "07:05"]
    assert times(place, caller, **dates("2026-11-02", "2026-11-02")) != []


def test_s9_is_not_left_out_for_a_token_that_may_do_neither():
    place = make_bookable(time_from="07:00", time_until="12:00")

    assert times(place, staff(Scope.CLIENTS_READ)) == times(place)


def test_t5_both_passages_of_a_repeated_hour_are_told_apart_by_their_offsets():
    place = make_bookable(time_from="00:45", time_until="03:00")

    day = listed(place, **dates("2026-11-01", "2026-11-01"))["days"][0]

    starts = [slot["starts_at"] for slot in day["slots"]]
    assert "2026-11-01T01:30:00-06:00" in starts
    assert "2026-11-01T01:30:00-07:00" in starts


@pytest.mark.both_engines
def test_a3_what_is_listed_can_be_booked_and_nothing_else():
    place = make_bookable(time_from="10:00", time_until="13:00", slot_step_minutes=30)
    booking_at(place, "11:00")
    open_times = set(times(place))

    outcomes = {}
    for hour in range(8, 14):
        for minute in (0, 15, 30, 45):
            time = f"{hour:02}:{minute:02}"
            response = anyone().post(
                "bookings/",
                {
                    "location": place.location.slug,
                    "session_type": place.session_type.slug,
                    "starts_at": f"2026-08-03T{time}:00-06:00",
                    "client": ROBIN,
                },
            )
            outcomes[time] = response.status_code
            if response.status_code == 201:
                Api(f"Booking {response.json()['manage_token']}").post(
                    f"bookings/{response.json()['reference']}/cancel/"
                )

    assert {time for time, status in outcomes.items() if status == 201} == open_times
    assert set(outcomes.values()) == {201, 409}


def test_sixty_two_days_can_be_asked_for_and_no_more(place):
    assert len(listed(place, until="2026-10-03")["days"]) == 62
    assert fields_of(anyone().get("availability/", query_for(place, until="2026-10-04"))) == [
        "until"
    ]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"from": "2026-08-04"}, ["until"]),
        ({"from": "2026-02-30"}, ["from"]),
        ({"until": "2026-02-30"}, ["until"]),
        ({"from": "2026-08-03T00:00:00Z"}, ["from"]),
        ({"from": ""}, ["from"]),
        ({"until": "9999-12-31"}, ["until"]),
        ({"from": "0001-01-01"}, ["from"]),
        ({"location": "nowhere"}, ["location"]),
        ({"location": ""}, ["location"]),
        ({"session_type": "nothing"}, ["session_type"]),
        ({"therapist": "nobody"}, ["therapist"]),
        ({"staff": "true"}, ["staff"]),
        ({"page_size": "10"}, ["page_size"]),
    ],
)
def test_a_query_that_does_not_fit_is_told_where(place, query, fields):
    assert fields_of(anyone().get("availability/", query_for(place, **query))) == fields


@pytest.mark.parametrize("name", ["location", "session_type", "therapist"])
def test_what_is_retired_is_unknown(place, name):
    row = getattr(place, name)
    row.active = False
    row.save()

    query = query_for(place, therapist=place.therapist.slug)
    assert name in fields_of(anyone().get("availability/", query))


@pytest.mark.parametrize("year", ["2000-01-01", "2199-12-31"])
def test_dates_far_away_are_answered(place, year):
    assert listed(place, **dates(year, year))["days"] == [{"date": year, "slots": []}]
    assert times(place, reception(), **dates(year, year)) is not None


# Asked again


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


# Moving


def just_booked(place: Any, wall: str) -> Any:
    """A booking that its client may still move, however soon it is (rule B6)."""
    booking = booking_at(place, wall)
    booking.booked_at = to_instant(SEVEN_ON_MONDAY)
    booking.save()
    return booking


@pytest.mark.both_engines
def test_b5_the_own_time_of_a_booking_counts_as_free(place):
    booking = just_booked(place, "14:00")
    before = times(place)

    offered = times(place, client_of(booking), rescheduling=booking.reference)

    assert sorted(set(offered) - set(before)) == [
        f"{hour}:{minute:02}"
        for hour, minutes in ((13, (15, 30, 45)), (14, (0, 15, 30, 45)))
        for minute in minutes
    ]


def test_b5_every_start_listed_for_a_move_can_be_moved_to(place):
    booking = just_booked(place, "14:00")
    caller = client_of(booking)

    for time in times(place, caller, rescheduling=booking.reference):
        moved = caller.post(
            f"bookings/{booking.reference}/reschedule/",
            {"starts_at": f"2026-08-03T{time}:00-06:00"},
        )
        assert moved.status_code == 200, time


def test_a_longer_session_is_listed_for_a_move(place):
    booking = just_booked(place, "14:00")
    longer = make_session_type(
        duration_minutes=180, locations=(place.location,), therapists=(place.therapist,)
    )

    offered = times(
        place, client_of(booking), rescheduling=booking.reference, session_type=longer.slug
    )

    assert offered[0] == "12:00"
    assert offered[-1] == "14:00"


@pytest.mark.parametrize("authorization", ["", "Booking", "Booking wrong", "Bearer wrong"])
def test_whose_booking_is_moved_must_be_proven(place, authorization):
    booking = booking_at(place, "14:00")

    response = Api(authorization).get(
        "availability/", query_for(place, rescheduling=booking.reference)
    )

    assert code_of(response) in [(401, "not_authenticated"), (404, "not_found")]


@pytest.mark.parametrize("reference", ["NOSUC-HTHIN", "x\x00", "'"])
def test_a_booking_that_does_not_exist_is_not_found(place, reference):
    caller = client_of(booking_at(place, "14:00"))

    response = caller.get("availability/", query_for(place, rescheduling=reference))

    assert code_of(response) in [(404, "not_found"), (400, "invalid")]


def test_staff_look_for_another_time_with_their_own_token(place):
    booking = booking_at(place, "14:00")

    assert "14:00" in times(place, staff(Scope.BOOKINGS_READ), rescheduling=booking.reference)


def test_b6_nothing_is_offered_for_a_move_that_comes_too_late(place):
    booking = booking_at(place, "14:00")
    query = query_for(place, rescheduling=booking.reference)

    assert code_of(client_of(booking).get("availability/", query)) == (409, "too_late")
    assert times(place, reception(), rescheduling=booking.reference) != []


def test_nothing_is_offered_for_a_booking_that_cannot_be_moved(place):
    booking = booking_at(place, "14:00", status=Status.CANCELLED)
    query = query_for(place, rescheduling=booking.reference)

    assert code_of(client_of(booking).get("availability/", query)) == (409, "wrong_state")


def test_a_booking_is_not_moved_to_another_location(place):
    booking = booking_at(place, "14:00")
    other = make_location()
    query = query_for(place, rescheduling=booking.reference, location=other.slug)

    assert fields_of(client_of(booking).get("availability/", query)) == ["location"]
