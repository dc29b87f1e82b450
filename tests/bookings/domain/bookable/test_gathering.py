"""What is read for a question is the same, however often the question has been asked."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.gathering import gathered, gathered_by, gathered_of
from bookings.domain.bookable.question import Question
from bookings.domain.bookable.rooms import rooms_for
from bookings.domain.bookable.roster import therapists_for
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import NOW, booked
from tests.factories import (
    MONDAY,
    make_bookable,
    make_location,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

ASKED = {
    "anybody": {},
    "by reception": {"is_staff": True, "overridden": frozenset({Rule.WORKING})},
    "one therapist": {"therapist": "therapist-1"},
    "one room": {"room": "room-1"},
    "rooms beside": {"in_pair": True},
    "a therapist in a room": {"therapist": "therapist-1", "room": "room-1"},
}


@pytest.fixture
def studio():
    return make_bookable()


@pytest.fixture
def question(studio):
    return Question(studio.location, studio.session_type, first=MONDAY, last=MONDAY, now=NOW)


def asks_the_same(question, *, with_bookings=True):
    """Whether the query is the one that Django writes for this very question."""
    frame = Frame.of(question)
    with CaptureQueriesContext(connection) as queries:
        usual = gathered_by(frame, therapists_for, rooms_for, with_bookings=with_bookings)
        anew = gathered_of(
            frame, therapists_for(frame), rooms_for(frame), with_bookings=with_bookings
        )
    one, other = (query["sql"] for query in queries)
    return (usual, one) == (anew, other)


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_question_is_put_as_if_it_were_the_first(question, asked):
    assert asks_the_same(replace(question, **asked))


def test_a_question_without_bookings_leaves_them_out(question):
    assert asks_the_same(question, with_bookings=False)


def test_b5_a_booking_that_is_moved_is_in_nobodys_way(studio, question):
    moving = booked(studio, "2026-08-03 10:00")

    assert asks_the_same(replace(question, moving=moving))
    assert gathered(Frame.of(replace(question, moving=moving))).taken.minutes == {}
    assert list(gathered(Frame.of(question)).taken.minutes.values()) == [60]


def test_b3_so_is_one_that_is_given_back(studio, question):
    freed = booked(studio, "2026-08-03 10:00")

    assert asks_the_same(replace(question, freed=freed))
    assert gathered(Frame.of(replace(question, freed=freed))).taken.minutes == {}


def test_the_second_question_has_its_own_answer(question):
    there = make_location()
    zoe = make_therapist(slug="zoe")
    make_shift(therapist=zoe, location=there)
    make_room(location=there, slug="cedar")
    second = make_session_type(locations=(there,), therapists=(zoe,))

    gathered(Frame.of(question))
    found = gathered(Frame.of(replace(question, location=there, session_type=second)))

    assert [each.candidate.slug for each in found.therapists] == ["zoe"]
    assert [each.slug for each in found.rooms] == ["cedar"]
