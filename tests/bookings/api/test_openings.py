"""What is written a day at a time says what is written at once."""

from dataclasses import replace
from datetime import date

import pytest

from bookings.api.openings import TEXTS, openings_body
from bookings.api.views.availability import body_of
from bookings.domain.bookable.availability import listing, openings
from bookings.domain.bookable.question import Question
from tests.bookings.domain.asking import NOW, booked
from tests.factories import make_bookable, make_certification, make_shift, make_therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

ASKED = {"session_type": "session-1"}
NONE_OPEN = date(2026, 7, 1)


@pytest.fixture
def studio():
    return make_bookable()


def question_about(studio, first, last):
    return Question(studio.location, studio.session_type, first, last, NOW)


def written(question):
    return openings_body(question, ASKED, openings(question))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 8, 3), date(2026, 8, 3)),
        (date(2026, 7, 31), date(2026, 8, 29)),
        (date(2026, 10, 30), date(2026, 11, 3)),  # the clocks go back
        (NONE_OPEN, NONE_OPEN),
        (date(2027, 12, 1), date(2027, 12, 2)),
    ],
)
def test_the_answer_is_the_same(studio, first, last):
    second = make_therapist(slug="second")
    studio.session_type.therapists.add(second)
    [licence] = studio.session_type.requires_qualifications.all()
    make_certification(therapist=second, qualification=licence)
    make_shift(therapist=second, location=studio.location, time_from="20:00", time_until="04:00")
    booked(studio, "2026-08-03 10:00", now=NOW)
    question = question_about(studio, first, last)

    assert written(question) == body_of(question, listing(question))


def test_after_a_booking_its_day_alone_is_written_anew(studio):
    question = question_about(studio, date(2026, 8, 3), date(2026, 8, 30))
    written(question)
    before = {day for day, _text in TEXTS}

    booked(studio, "2026-08-10 10:00", now=NOW)
    written(replace(question, now=NOW + 1))

    [anew] = {day for day, _text in TEXTS} - before
    assert anew.date == date(2026, 8, 10)
