"""How long a listing is true while nobody writes anything."""

from dataclasses import replace
from datetime import date

import pytest

from bookings.domain.bookable.availability import lasting, listing
from bookings.domain.bookable.question import Question
from bookings.scheduling.hours import DAY_MINUTES
from tests.bookings.domain.asking import NOW, held, minute
from tests.factories import make_bookable, make_time_off

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

FRIDAY, MONDAY = date(2026, 7, 31), date(2026, 8, 3)


def question_about(studio, first, last, **other):
    return Question(studio.location, studio.session_type, first, last, NOW, **other)


def ends(question):
    """When the listing may change, after a look at whether it stays until then."""
    found, until = lasting(question, listing)
    assert until > question.now
    assert listing(replace(question, now=until - 1)) == found
    return until


def test_until_the_notice_reaches_the_first_start():
    studio = make_bookable()  # two hours of notice

    until = ends(question_about(studio, FRIDAY, MONDAY))

    assert until == minute("2026-07-31 10:00") - 120 + 1


def test_until_the_notice_reaches_the_next_start_where_the_dates_have_none():
    studio = make_bookable()
    question = question_about(studio, date(2026, 7, 1), date(2026, 7, 2))

    assert ends(question) == minute("2026-07-31 10:00") - 120 + 1


def test_for_staff_until_the_first_start_is_over():
    studio = make_bookable()
    question = question_about(studio, FRIDAY, MONDAY, is_staff=True)

    assert ends(replace(question, now=minute("2026-07-31 10:02"))) == minute("2026-07-31 10:06")


def test_b3_until_the_first_of_some_holds_runs_out():
    studio = make_bookable()
    held(studio, "2026-08-03 12:00", now=NOW - 2)
    held(studio, "2026-08-03 10:00", now=NOW - 7)

    assert ends(question_about(studio, MONDAY, MONDAY)) == NOW + 3


def test_until_midnight_where_nothing_else_comes_first():
    studio = make_bookable()

    assert ends(question_about(studio, MONDAY, MONDAY)) == minute("2026-08-01 00:00")


@pytest.mark.parametrize("is_staff", [False, True])
@pytest.mark.parametrize("last", [FRIDAY, date(2026, 10, 31)])
def test_each_listing_stays_until_the_next(is_staff, last):
    """Through a day, past the horizon's midnight, with holds that run out."""
    studio = make_bookable(slot_step_minutes=60)
    held(studio, "2026-07-31 15:00")
    held(studio, "2026-10-29 10:00", now=NOW + 5)
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-01 00:00",
        wall_until="2026-08-20 00:00",
    )
    question = question_about(studio, FRIDAY, last, is_staff=is_staff)

    while question.now < NOW + DAY_MINUTES:
        question = replace(question, now=ends(question))
