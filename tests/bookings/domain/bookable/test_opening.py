from datetime import date, timedelta

import pytest

from bookings.domain.bookable.opening import (
    Opening,
    Shut,
    closures_through,
    opening,
    shut_now,
)
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Interval
from studio.premises.models import Location
from tests.factories import (
    MONDAY,
    at,
    make_closure_of_dates,
    make_closure_of_times,
    make_extra_shift,
    make_location,
    make_shift,
    make_therapist,
    make_time_off,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def place():
    """Open on Mondays from nine to five."""
    location = make_location()
    make_shift(therapist=make_therapist(), location=location)
    return location


def hours(location: Location, *, today: date = MONDAY) -> Opening:
    return opening(location, today=today)


def told(stretches: list[Interval] | None, location: Location) -> list[str] | None:
    """As wall clocks show them."""
    if stretches is None:
        return None
    ends = [
        [to_instant(end).astimezone(location.zone) for end in (each.start, each.end)]
        for each in stretches
    ]
    return [f"{start:%a %H:%M}-{end:%H:%M}" for start, end in ends]


def days(location: Location, *, today: date = MONDAY) -> list[list[str] | None]:
    return [told(day.stretches, location) for day in hours(location, today=today).week]


def test_a_place_is_open_while_somebody_works_there(place):
    make_shift(
        therapist=make_therapist(), location=place, time_from="16:00", time_until="20:00", weekday=0
    )
    make_shift(therapist=make_therapist(), location=place, time_from="21:00", time_until="22:00")

    assert days(place) == [["Mon 09:00-20:00", "Mon 21:00-22:00"], [], [], [], [], [], []]


def test_the_week_begins_today(place):
    thursday = MONDAY + timedelta(days=3)

    week = hours(place, today=thursday).week

    assert [day.date for day in week] == [thursday + timedelta(days=each) for each in range(7)]
    assert told(week[4].stretches, place) == ["Mon 09:00-17:00"]


def test_nobody_there_leaves_it_closed():
    assert days(make_location()) == [[]] * 7


def test_t4_a_stretch_past_midnight_stands_on_the_date_on_which_it_begins():
    place = make_location()
    make_shift(
        therapist=make_therapist(), location=place, time_from="18:00", time_until="01:00", weekday=6
    )

    assert days(place, today=MONDAY) == [[], [], [], [], [], [], ["Sun 18:00-01:00"]]


def test_a_stretch_of_more_than_a_day_is_cut_at_midnight():
    place, therapist = make_location(), make_therapist()
    for weekday in (0, 1):
        make_shift(
            therapist=therapist,
            location=place,
            weekday=weekday,
            time_from="00:00",
            time_until="24:00",
        )

    assert days(place)[:3] == [["Mon 00:00-00:00"], ["Tue 00:00-00:00"], []]


def test_what_differs_from_the_usual_says_what_is_usual(place):
    therapist = make_therapist()
    make_extra_shift(
        therapist=therapist,
        location=place,
        wall_from="2026-08-04 10:00",
        wall_until="2026-08-04 12:00",
    )
    make_closure_of_times(
        location=place, wall_from="2026-08-03 13:00", wall_until="2026-08-03 18:00"
    )

    monday, tuesday, wednesday = hours(place).week[:3]

    assert told(monday.stretches, place) == ["Mon 09:00-13:00"]
    assert told(monday.usual, place) == ["Mon 09:00-17:00"]
    assert told(tuesday.stretches, place) == ["Tue 10:00-12:00"]
    assert tuesday.usual == []
    assert wednesday.usual is None


def test_a_closed_date_says_why(place):
    closure = make_closure_of_dates(location=place, first_day=MONDAY, last_day=MONDAY)
    closure.reason = "Painting"
    closure.save()

    monday, tuesday = hours(place).week[:2]

    assert (monday.stretches, monday.reasons) == ([], ["Painting"])
    assert tuesday.reasons == []


def test_a_place_is_closed_while_everybody_is_away(place):
    therapist = place.shifts.get().therapist
    make_time_off(
        therapist=therapist,
        location=place,
        wall_from="2026-08-03 12:00",
        wall_until="2026-08-04 00:00",
    )

    assert days(place)[0] == ["Mon 09:00-12:00"]


def test_s7_a_place_is_open_while_somebody_works_with_her_hands_only(place):
    before = hours(place)
    make_time_off(
        therapist=place.shifts.get().therapist,
        location=place,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-04 00:00",
        barefoot_only=True,
    )

    assert hours(place) == before


def test_who_is_retired_opens_nothing(place):
    make_shift(therapist=make_therapist(active=False), location=place, weekday=1)

    assert days(place)[1] == []


@pytest.mark.parametrize("sunday", [date(2026, 11, 1), date(2027, 3, 14)])
def test_the_usual_hours_stay_when_the_clocks_are_changed(sunday):
    place = make_location()
    make_shift(therapist=make_therapist(), location=place, weekday=6)

    shown = hours(place, today=sunday).week[0]

    assert told(shown.stretches, place) == ["Sun 09:00-17:00"]
    assert shown.usual is None


def test_coming_closures_are_told_up_to_the_horizon(place):
    make_closure_of_dates(location=place, first_day=date(2026, 7, 1), last_day=date(2026, 8, 2))
    make_closure_of_dates(location=place, first_day=date(2026, 8, 1), last_day=date(2026, 8, 4))
    make_closure_of_times(
        location=place, wall_from="2026-09-07 13:00", wall_until="2026-09-07 18:00"
    )
    make_closure_of_dates(location=place, first_day=date(2027, 8, 1), last_day=date(2027, 8, 4))
    afternoon = Interval(*(to_minute(at(f"2026-09-07 {hour}:00")) for hour in (13, 18)))

    assert hours(place).closures == [
        Shut(MONDAY, date(2026, 8, 4), None, ""),
        Shut(date(2026, 9, 7), date(2026, 9, 7), afternoon, ""),
    ]


def test_who_works_there_is_told(place):
    make_shift(therapist=make_therapist(), location=make_location())
    make_shift(therapist=make_therapist(), location=place, last=MONDAY - timedelta(days=8))

    assert hours(place).therapists == [place.shifts.first().therapist_id]


@pytest.mark.parametrize("others", [0, 3])
def test_the_hours_take_two_queries_however_many_work_there(
    place, others, django_assert_num_queries
):
    for _ in range(others):
        make_shift(therapist=make_therapist(), location=place)
        make_closure_of_dates(location=place, first_day=MONDAY, last_day=MONDAY)

    with django_assert_num_queries(2):
        hours(place)


def shut_for_a_week(place):
    """Why it is shut from Monday at seven up to and including Sunday."""
    closures = closures_through(place, date(2026, 8, 9))
    return shut_now(closures, place, to_minute(at("2026-08-03 07:00")))


@pytest.mark.parametrize("until", ["2026-08-10 00:00", "2026-08-11 12:00"])
def test_a_place_is_shut_from_now_until_after_a_date(place, until):
    make_closure_of_dates(location=place, first_day=MONDAY, last_day=MONDAY)
    closure = make_closure_of_times(location=place, wall_from="2026-08-03 07:00", wall_until=until)

    assert shut_for_a_week(place) == closure


@pytest.mark.parametrize(
    ("start", "until"),
    [("2026-08-03 07:05", "2026-08-11 12:00"), ("2026-08-03 07:00", "2026-08-09 23:55")],
)
def test_a_place_that_is_open_before_or_after_is_not_shut_throughout(place, start, until):
    make_closure_of_times(location=place, wall_from=start, wall_until=until)

    assert shut_for_a_week(place) is None


def test_of_several_closures_the_longest_says_until_when(place):
    make_closure_of_dates(location=place, first_day=MONDAY, last_day=date(2026, 9, 1))
    longest = make_closure_of_dates(location=place, first_day=MONDAY, last_day=date(2026, 12, 1))
    make_closure_of_dates(location=make_location(), first_day=MONDAY, last_day=date(2027, 1, 1))

    assert shut_for_a_week(place) == longest
