"""What is booked, read as two texts for each therapist."""

from dataclasses import replace
from datetime import date

import pytest

from bookings.domain.bookable.availability import listing, open_slots
from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.keeping import look
from bookings.domain.bookable.question import Question
from bookings.domain.bookable.shares import SHARES, shared
from bookings.domain.bookable.taken import taken
from tests.bookings.domain.asking import NOW, booked, held, minute
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_location,
    make_room,
    make_shift,
    make_therapist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

MONDAY, TUESDAY = date(2026, 8, 3), date(2026, 8, 4)


@pytest.fixture
def studio():
    return make_bookable(buffer_before_minutes=10, buffer_after_minutes=15)


def question_about(studio, first=MONDAY, last=MONDAY, **other):
    return Question(studio.location, studio.session_type, first, last, NOW, **other)


def both_ways(studio, question):
    """What is read as texts, and what row by row."""
    frame = Frame.of(question)
    whose = [studio.therapist.pk], [studio.room.pk]
    return shared(frame, *whose), taken(frame, *whose)


def test_the_same_is_taken_as_by_the_rows(studio):
    for start in ("2026-08-03 10:00", "2026-08-03 13:00", "2026-08-04 09:30"):
        booked(studio, start)
    held(studio, "2026-08-04 12:00", now=NOW - 3)
    make_booking(
        therapist=make_therapist(slug="other"),
        room=studio.room,
        session_type=studio.session_type,
        starts_at=at("2026-08-03 15:00"),
    )

    found, by_rows = both_ways(studio, question_about(studio, MONDAY, TUESDAY))

    assert found == by_rows
    assert found.ends == NOW + 7


def test_b3_a_hold_past_its_time_stops_nobody(studio):
    held(studio, "2026-08-03 12:00", now=NOW - 30)

    found, by_rows = both_ways(studio, question_about(studio))

    assert found == by_rows
    assert not found.by_therapist


def test_what_no_session_of_the_dates_can_meet_is_left_out(studio):
    make_shift(
        therapist=studio.therapist,
        location=studio.location,
        weekday=6,
        time_from="17:00",
        time_until="08:00",
    )
    for start in ("2026-08-02 12:00", "2026-08-02 23:45", "2026-08-05 10:00"):
        booked(studio, start)

    found, by_rows = both_ways(studio, question_about(studio))

    # That of the evening reaches into Monday; all three lie in the window.
    assert [day for _therapist, day in found.minutes] == [date(2026, 8, 2)]
    assert len(by_rows.minutes) == 2
    assert listing(question_about(studio), look=look) == listing(question_about(studio))


def test_through_the_whole_window_nothing_is_left_out(studio):
    make_shift(therapist=studio.therapist, location=studio.location, weekday=6)
    for start in ("2026-08-02 12:00", "2026-08-05 10:00"):
        booked(studio, start)
    frame = Frame.of(question_about(studio))
    whose = [studio.therapist.pk], [studio.room.pk]

    found = shared(frame, *whose, frame.instants)

    assert found == taken(frame, *whose)
    assert len(found.minutes) == 2


def test_t7_what_counts_on_a_date_elsewhere_is_read_however_far_its_clocks_are(studio):
    """On the same date, but at an instant that is the day before in Denver."""
    far = make_location(slug="far", timezone="Pacific/Kiritimati")
    make_booking(
        therapist=studio.therapist,
        room=make_room(location=far),
        session_type=studio.session_type,
        starts_at=at("2026-08-03 09:00", far.timezone),
    )

    found, by_rows = both_ways(studio, question_about(studio))

    assert (
        found.barefoot[studio.therapist.pk] == {MONDAY: 60} == by_rows.barefoot[studio.therapist.pk]
    )


def test_what_is_given_back_counts_as_free(studio):
    own = held(studio, "2026-08-03 10:00")
    booked(studio, "2026-08-03 12:00")

    found, by_rows = both_ways(studio, question_about(studio, freed=own))

    assert found == by_rows
    assert found.minutes == {(studio.therapist.pk, MONDAY): 60}


def test_a_text_that_was_read_before_is_not_counted_again(studio):
    booked(studio, "2026-08-03 10:00")
    question = question_about(studio)

    once = both_ways(studio, question)
    again = both_ways(studio, replace(question, now=NOW + 1))

    assert again == once
    assert len(list(SHARES)) == 1


def test_no_two_therapists_nor_windows_share_what_is_known_of_a_text(studio):
    booked(studio, "2026-08-03 10:00")

    days = [question_about(studio), question_about(studio, last=TUESDAY)]
    found = [open_slots(question, look=look) for question in (*days, *days)]

    assert found[:2] == found[2:]
    assert [slot.starts_at for slot in found[0]] == [
        slot.starts_at for slot in found[1] if slot.starts_at < minute("2026-08-04 00:00")
    ]
    assert len({window for (_therapist, _times, _places, window), _taken in SHARES}) == 2


def test_nobody_and_nowhere_is_nothing_to_ask_for(studio, django_assert_num_queries):
    frame = Frame.of(question_about(studio))

    with django_assert_num_queries(0):
        assert shared(frame, [], [studio.room.pk]) == shared(frame, [studio.therapist.pk], [])
