"""The day board's pages: who sees what, and how they are kept up to date."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from bookings.domain.schedule import changing_schedule
from bookings.domain.staff import Role
from bookings.enums import Status
from tests.bookings.desk.board.standing import (
    BOARD,
    NOW,
    WEEK,
    WEEK_NOW,
    booked,
    bookings_on,
    columns_of,
    places_on,
)
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_client,
    make_location,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
)
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

PAGES = (BOARD, NOW, WEEK, WEEK_NOW)


@pytest.fixture
def made():
    return make_bookable(buffer_after_minutes=15)


@pytest.fixture
def hers(made, sign_in):
    """A therapist's browser, and she works where the others do."""
    browser = sign_in(Role.THERAPIST)
    own = Therapist.objects.get(slug="own-account")
    for weekday in range(7):
        make_shift(therapist=own, location=made.location, weekday=weekday)
    return browser


def own_booking(made, start="2026-08-03 12:00", **values):
    return booked(made, start, therapist=Therapist.objects.get(slug="own-account"), **values)


@pytest.mark.parametrize("url", PAGES)
def test_p2_nobody_looks_without_signing_in(url):
    assert Browser().get(url)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("url", PAGES)
def test_p2_staff_without_a_role_do_not_look(url):
    browser = Browser()
    browser.force_login(User.objects.create_user("trainee", is_staff=True))

    assert browser.get(url).status_code == 403


def test_p2_a_therapist_sees_only_her_own_column(hers, made):
    booked(made)
    mine = own_booking(made)

    [column] = columns_of(hers)

    assert column.key == "own-account"
    assert [block.pk for block in bookings_on(column)] == [mine.pk]


def test_a_therapist_without_a_shift_is_told_of_herself(sign_in, made):
    page = sign_in(Role.THERAPIST).get(BOARD).content.decode()

    assert "You do not work here on this day, and have no booking." in page
    assert "Nobody works here" not in page
    assert "B books" not in page


def test_p2_a_therapist_books_moves_and_enters_nothing(hers, made):
    own_booking(made)

    page = hers.get(BOARD)

    [column] = page.context["board"].columns
    assert places_on(column) == []
    assert [block.movable for block in bookings_on(column)] == [False]
    assert (page.context["tools"], column.add) == ([], None)
    assert "moving" not in page.content.decode()


def test_p2_a_therapist_sees_nothing_to_reach_a_client_by(hers, made):
    client = make_client(name="Ada L.", email="secret@example.org")
    own_booking(made, client=client)

    page = hers.get(BOARD).content.decode()

    assert "Ada L." in page
    assert "secret@example.org" not in page


def test_p2_a_day_further_off_is_not_shown_to_a_therapist(hers, made):
    own_booking(made, "2026-08-05 12:00")

    page = hers.get(BOARD, {"date": "2026-08-05"})

    assert "board" not in page.context
    assert "Your own bookings are shown from yesterday until tomorrow." in page.content.decode()


def test_p2_a_therapists_week_holds_the_days_that_she_sees(hers, made):
    columns = columns_of(hers, WEEK, therapist="own-account")

    assert [column.key for column in columns] == ["2026-08-03", "2026-08-04"]


def test_p2_a_therapist_sees_nobody_elses_week(hers, made):
    booked(made)

    page = hers.get(WEEK, {"therapist": made.therapist.slug})

    assert page.context["board"].columns == []
    assert "There is no such therapist or room here." in page.content.decode()


def test_a_week_has_a_column_for_each_day(receptionist, made):
    booking = booked(made, "2026-08-05 10:00")

    for who in ({"therapist": "therapist-1"}, {"room": "room-1"}):
        columns = columns_of(receptionist, WEEK, date="2026-08-09", **who)

        assert [column.key for column in columns] == [f"2026-08-0{day}" for day in range(3, 10)]
        shown = {column.key: [block.pk for block in bookings_on(column)] for column in columns}
        assert shown["2026-08-05"] == [booking.pk]


@pytest.mark.parametrize("who", [{}, {"therapist": "nobody"}, {"room": "nowhere"}])
def test_a_week_of_nobody_says_so(receptionist, made, who):
    page = receptionist.get(WEEK, who)

    assert "There is no such therapist or room here." in page.content.decode()


def test_a_heading_leads_to_the_week_and_the_week_to_the_day(receptionist, made):
    [column] = columns_of(receptionist)
    week = columns_of(receptionist, column.head.url)

    assert [each.key for each in columns_of(receptionist, week[0].head.url)] == [column.key]


def test_a_day_on_which_nobody_works_says_so(receptionist):
    make_location()

    page = receptionist.get(BOARD).content.decode()

    assert "Nobody works here on this day, and nothing is booked." in page


def test_what_was_cancelled_is_listed_below(receptionist, made):
    booked(made, status=Status.CANCELLED, client=make_client(name="Ada L."))

    [cancelled] = receptionist.get(BOARD).context["cancelled"]

    assert cancelled.label == "10:00–11:00 Ada L., Session-1, Therapist-1"


def test_a_name_is_text_and_nothing_else(receptionist, made):
    booked(made, client=make_client(name="<script>alert(1)</script>"))

    assert "<script>alert" not in receptionist.get(BOARD).content.decode()


# Kept up to date.


@pytest.mark.parametrize(("url", "query"), [(NOW, {}), (WEEK_NOW, {"therapist": "therapist-1"})])
def test_an_open_page_asks_cheaply_whether_anything_has_changed(receptionist, made, url, query):
    first = receptionist.get(url, query)

    with CaptureQueriesContext(connection) as captured:
        again = receptionist.get(url, query, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert "no-store" in first["Cache-Control"]
    assert len(captured) == 5  # the session, the account, what it may do, the location
    assert first.content.decode().lstrip().startswith('<div class="board ')


def test_an_open_page_is_drawn_anew_once_something_has_changed(receptionist, made):
    first = receptionist.get(NOW)
    with changing_schedule():
        booking = booked(made)

    again = receptionist.get(NOW, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert f'id="booking-{booking.pk}"' in again.content.decode()


def test_the_page_knows_which_board_it_shows(receptionist, made):
    page = receptionist.get(BOARD)

    fragment = receptionist.get(page.context["refresh_url"])

    assert fragment["ETag"] == f'"{page.context["version"]}"'


# A large studio.


@pytest.fixture
def large():
    """A place among three, and what its sessions are."""
    for slug in ("b", "c"):
        make_location(slug=slug)
    session_type = make_session_type(duration_minutes=60, buffer_after_minutes=10)
    return make_location(slug="a"), session_type


def fill(large, therapists, sessions):
    """So many therapists more who have as many sessions each, from eight in the morning on."""
    location, session_type = large
    for _ in range(therapists):
        therapist, room = make_therapist(), make_room(location=location)
        make_shift(therapist=therapist, location=location, time_from="08:00", time_until="21:00")
        for index in range(sessions):
            make_booking(
                therapist=therapist,
                room=room,
                session_type=session_type,
                client=make_client(name=f"Clementine Client-Longname {index}"),
                starts_at=at("2026-08-03 08:00") + timedelta(minutes=75 * index),
            )


def look(browser, by):
    """The page once more, and how many queries it took."""
    browser.get(BOARD, {"location": "a", "by": by})
    with CaptureQueriesContext(connection) as captured:
        page = browser.get(BOARD, {"location": "a", "by": by})
    return page, len(captured)


@pytest.mark.parametrize("by", ["therapist", "room"])
def test_the_page_of_a_large_studio_is_small_and_takes_few_queries(receptionist, large, by):
    fill(large, therapists=20, sessions=10)

    page, queries = look(receptionist, by)

    assert page.content.count(b"<article") == 200
    assert queries <= 12
    assert len(page.content) < 250_000


@pytest.mark.parametrize("by", ["therapist", "room"])
def test_more_rows_are_no_more_queries(receptionist, large, by):
    fill(large, therapists=1, sessions=1)
    _, before = look(receptionist, by)
    fill(large, therapists=3, sessions=3)

    assert look(receptionist, by)[1] == before


def test_a_therapists_page_takes_few_queries_too(hers, made):
    own_booking(made)
    hers.get(BOARD)

    with CaptureQueriesContext(connection) as captured:
        hers.get(BOARD)

    assert len(captured) <= 12
