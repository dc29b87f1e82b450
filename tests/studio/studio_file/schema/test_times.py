from datetime import UTC, date, datetime

import pytest

from tests.studio.studio_file.texts import mistakes_after, read_example


@pytest.mark.parametrize("until", ['"25:00"', '"17:03"', '"24:05"', '"5pm"', '"9:00"', "17:00:00"])
def test_t2_t4_a_shift_ends_at_a_wall_clock_time_in_steps_of_five(until):
    assert mistakes_after(('until = "17:00"', f"until = {until}")) == [
        (
            f'therapists "mei" > shifts #1 > until: found {until}, expected a wall-clock time'
            ' such as "17:00" or "24:00", in steps of 5 minutes'
        )
    ]


def test_t4_a_shift_may_end_with_the_day():
    file = read_example(('until = "17:00"', 'until = "24:00"'))

    assert file.therapists[0].shifts[0].until == "24:00"


def test_t4_a_shift_does_not_begin_at_the_end_of_the_day():
    assert mistakes_after(('from = "08:45"', 'from = "24:00"')) == [
        (
            'therapists "mei" > shifts #1 > from: found "24:00",'
            ' expected a wall-clock time such as "08:45", in steps of 5 minutes'
        )
    ]


def test_a_day_that_does_not_exist_is_refused():
    assert mistakes_after(('"wed"]', '"funday"]')) == [
        (
            'therapists "mei" > shifts #1 > days #3: found "funday",'
            ' expected one of "mon", "tue", "wed", "thu", "fri", "sat", "sun"'
        )
    ]


def test_a_shift_without_days_is_refused():
    (mistake,) = mistakes_after(('["mon", "tue", "wed"]', "[]"))

    assert mistake.startswith('therapists "mei" > shifts #1 > days: found [], expected a list')


@pytest.mark.parametrize(
    "time",
    [
        "2026-12-05T10:03:00",
        "2026-12-05T10:00:30",
        "2026-12-05T10:00:00.5",
        "2026-12-05T10:00:00-07:00",
        "2026-12-05",
        '"2026-12-05T10:00:00"',
        "9999-12-05T10:00:00",
    ],
)
def test_t2_a_wall_clock_time_has_no_offset_and_lies_on_the_step(time):
    (mistake,) = mistakes_after(("from = 2026-12-05T10:00:00", f"from = {time}"))

    assert mistake.startswith('therapists "mei" > extra_shifts #1 > from: found ')
    assert "expected a wall-clock time such as 2026-12-04T12:00:00" in mistake


@pytest.mark.parametrize("day", ["2026-11-01T00:00:00", '"2026-11-01"', "20261101", "0999-01-01"])
def test_a_shift_begins_to_count_on_a_date(day):
    (mistake,) = mistakes_after(("first = 2026-11-01", f"first = {day}"))

    assert mistake.startswith('therapists "mei" > shifts #1 > first: found ')


@pytest.mark.parametrize(
    "time",
    [
        "2026-12-01T09:00:00",
        "2026-12-01T09:01:00-07:00",
        "2026-12-01T09:00:00-07:01",
        "2026-12-01",
    ],
)
def test_a_booking_starts_at_an_instant_on_the_step(time):
    (mistake,) = mistakes_after(("2026-12-01T09:00:00-07:00", time))

    assert mistake.startswith(f"bookings #1 > starts_at: found {time}")
    assert "expected a time with its offset" in mistake


def test_the_start_of_a_booking_may_be_given_in_any_offset():
    file = read_example(("2026-12-01T09:00:00-07:00", "2026-12-01T16:00:00Z"))

    assert file.bookings[0].starts_at == datetime(2026, 12, 1, 16, tzinfo=UTC)


def test_an_interval_of_wall_clock_time_has_length():
    assert mistakes_after(("until = 2026-12-04T16:00:00", "until = 2026-12-04T12:00:00")) == [
        (
            'locations "downtown" > rooms "bar-room" > blocks #1 > until:'
            " found 2026-12-04T12:00:00, expected a time after from (2026-12-04T12:00:00)"
        )
    ]


def test_a_certification_expires_after_it_was_issued():
    assert mistakes_after(("expires_on = 2028-03-01", "expires_on = 2024-02-29")) == [
        (
            'therapists "mei" > certifications #1 > expires_on: found 2024-02-29,'
            " expected issued_on (2024-03-01) or a later day"
        )
    ]


def test_a_certification_may_expire_at_the_end_of_the_calendar():
    file = read_example(("expires_on = 2028-03-01", "expires_on = 9999-12-31"))

    assert file.therapists[0].certifications[0].expires_on == date.max
