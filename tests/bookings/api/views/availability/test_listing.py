"""What is listed, and which questions are refused."""

import pytest

from studio.api.models import Scope
from tests.bookings.api.views.availability.looking import (
    booking_at,
    dates,
    listed,
    query_for,
    times,
)
from tests.calling import ROBIN, Api, anyone, fields_of, reception, staff
from tests.factories import (
    make_bookable,
    make_location,
    make_session_type,
    make_shift,
    make_therapist,
    make_time_off,
)

pytestmark = pytest.mark.django_db


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
