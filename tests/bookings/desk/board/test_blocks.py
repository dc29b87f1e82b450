"""What lies on the board's rows."""

import pytest
from django.urls import reverse

from bookings.enums import LIVE, Status
from bookings.words import SIGNS
from tests.bookings.desk.board.standing import BOARD, booked, bookings_on, columns_of, places_on
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_closure_of_times,
    make_room,
    make_room_block,
    make_time_off,
)

pytestmark = pytest.mark.django_db

LATER_ON = "2026-08-03 07:12"


@pytest.fixture
def made():
    return make_bookable(buffer_before_minutes=5, buffer_after_minutes=15)


def block_of(browser, **query):
    [column] = columns_of(browser, **query)
    [block] = bookings_on(column)
    return block


def test_a_booking_is_as_high_as_what_it_occupies(receptionist, made):
    booking = booked(made)

    block = block_of(receptionist)

    # The board begins with the shift at nine. The session lies within its buffers.
    assert (block.pk, block.place, block.session_place) == (
        booking.pk,
        "from-11 until-27",
        "from-1 until-13",
    )
    assert (block.minutes, block.before, block.after) == (60, 5, 15)
    assert block.start * 60 == at("2026-08-03 10:00").timestamp()


def test_a_booking_says_who_what_when_and_where(receptionist, made):
    booking = booked(made)

    block = block_of(receptionist)

    assert (block.times, block.client, block.session, block.where) == (
        "10:00–11:00",
        "Robin Client",
        "Session-1",
        "Room-1",
    )
    assert block.url == reverse("admin:bookings_booking_change", args=[booking.pk])
    assert block_of(receptionist, by="room").where == "Therapist-1"


@pytest.mark.parametrize("status", [status for status in LIVE if status is not Status.HELD])
def test_every_state_has_a_sign_and_a_word_beside_its_colour(receptionist, made, status):
    booked(made, status=status)

    block = block_of(receptionist)

    assert (block.status, block.sign, block.state) == (status, SIGNS[status], status.label)
    assert len({SIGNS[each] for each in LIVE}) == len(LIVE)


def test_b3_a_hold_says_how_long_it_is_kept_and_need_have_no_client(receptionist, made):
    held = booked(made, status=Status.HELD, expires_at=at(LATER_ON))
    held.client = None
    held.save()

    block = block_of(receptionist)

    assert (block.state, block.client) == ("held until 07:12", "A client on the website")


@pytest.mark.parametrize(
    ("status", "movable"),
    [(Status.CONFIRMED, True), (Status.PENDING_REVIEW, True), (Status.CHECKED_IN, False)],
)
def test_what_has_begun_is_not_movable(receptionist, made, status, movable):
    booked(made, status=status)

    assert block_of(receptionist).movable is movable


def test_t5_a_free_place_is_a_link_to_its_start(receptionist, made):
    booked(made, "2026-08-03 09:05")

    [column] = columns_of(receptionist)
    first, second = places_on(column)[:2]

    # Its buffer ends at 10:20, between two steps of the location.
    assert (first.words, first.place) == ("Book 10:30 with Therapist-1", "from-18 until-21")
    assert first.url == (
        "/admin/book/?location=location-1&start=2026-08-03T10:30&therapist=therapist-1"
    )
    assert second.words == "Book 10:45 with Therapist-1"


def test_by_room_a_free_place_names_the_room(receptionist, made):
    [column] = columns_of(receptionist, by="room")

    place = places_on(column)[0]

    assert place.words == "Book 09:00 in Room-1"
    assert place.url == "/admin/book/?location=location-1&start=2026-08-03T09:00&room=room-1"


@pytest.mark.parametrize(("step", "starts"), [(5, 4), (10, 3), (15, 4), (30, 2), (60, 1)])
def test_free_places_are_high_enough_to_hit(receptionist, step, starts):
    make_bookable(time_from="09:00", time_until="10:00", slot_step_minutes=step)

    [column] = columns_of(receptionist)

    assert len(places_on(column)) == starts


def test_s9_a_start_is_offered_until_its_step_has_passed(receptionist):
    make_bookable(time_from="06:00", time_until="08:00")

    [column] = columns_of(receptionist)

    assert [place.words[5:10] for place in places_on(column)] == [
        "07:00",
        "07:15",
        "07:30",
        "07:45",
    ]


def test_nothing_is_offered_on_a_day_that_is_over(receptionist, made):
    [column] = columns_of(receptionist, date="2026-08-02")

    assert places_on(column) == []
    assert column.now == ""


@pytest.mark.parametrize(
    ("number", "second", "words"),
    [(0, False, "01:00 -06:00"), (2, True, "01:00 -07:00")],
)
def test_t5_both_passages_of_a_repeated_hour_are_offered(receptionist, number, second, words):
    make_bookable(time_from="01:00", time_until="02:00", slot_step_minutes=30)

    [column] = columns_of(receptionist, date="2026-11-01")
    places = places_on(column)

    assert len(places) == 4
    assert places[number].words == f"Book {words} with Therapist-1"
    assert ("second=1" in places[number].url) is second
    assert "start=2026-11-01T01:00" in places[number].url


def test_what_is_in_the_way_is_named(receptionist, made):
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 10:00",
        wall_until="2026-08-03 11:00",
    )
    closure = make_closure_of_times(
        location=made.location, wall_from="2026-08-03 16:00", wall_until="2026-08-04 09:00"
    )
    closure.reason = "Team evening"
    closure.save()
    booked(made, "2026-08-03 13:00", room=make_room())

    [column] = columns_of(receptionist, location="location-1")

    assert {(mark.kind, mark.words) for mark in column.marks} == {
        ("time-off", "Time off, 10:00–11:00"),
        ("closed", "Closed, 16:00–24:00: Team evening"),
        ("elsewhere", "Booked at Location-2"),
    }


def test_by_therapist_blocked_rooms_are_listed_beside_the_columns(receptionist, made):
    make_room_block(room=made.room, wall_from="2026-08-03 12:00", wall_until="2026-08-03 14:00")

    page = receptionist.get(BOARD)

    assert "Room-1: Blocked, 12:00–14:00" in page.content.decode()


def test_a_booking_of_last_night_lies_on_rows_before_midnight(receptionist, made):
    make_booking(
        therapist=made.therapist,
        room=made.room,
        session_type=made.session_type,
        starts_at=at("2026-08-02 23:30"),
    )

    page = receptionist.get(BOARD)
    board = page.context["board"]

    assert [label.text for label in board.labels[:3]] == ["23:00", "00:00", "01:00"]
    assert bookings_on(board.columns[0])[0].place == "from-5 until-21"


@pytest.mark.parametrize(
    ("day", "labels"),
    [
        ("2026-03-08", ["00:00", "01:00", "03:00", "04:00"]),
        ("2026-11-01", ["00:00", "01:00 -06:00", "01:00 -07:00", "02:00"]),
    ],
)
def test_t4_days_of_23_and_25_hours_have_their_own_times(receptionist, day, labels):
    make_bookable(time_from="00:00", time_until="24:00")

    board = receptionist.get(BOARD, {"date": day}).context["board"]

    assert [label.text for label in board.labels[:4]] == labels
    assert board.rows.count == (23 if day.startswith("2026-03") else 25) * 12
