import re
from datetime import date

import pytest

from bookings.pages import lasting
from studio.premises.models import Closure
from tests.bookings.pages.visiting import (
    hold,
    markup,
    offered_times,
    second_therapist,
    text,
    times_url,
)
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_closure_of_dates,
    make_location,
    make_session_type,
    make_therapist,
)
from tests.remembering import forget

pytestmark = pytest.mark.django_db


def test_one_location_is_not_asked_for(client):
    make_location(slug="downtown")

    assert client.get("/book/").headers["Location"] == "/book/downtown/"


def test_several_locations_are(client):
    for slug in ("downtown", "uptown"):
        make_location(slug=slug)
    make_location(slug="closed", active=False)

    page = client.get("/book/").content.decode()

    assert 'href="/book/downtown/"' in page
    assert 'href="/book/uptown/"' in page
    assert "closed" not in page


def test_a_studio_without_locations_says_so(client):
    assert "Nothing can be booked online yet" in text(client.get("/book/"))


def test_the_sessions_of_a_location_lead_to_their_times(client):
    bookable = make_bookable()
    elsewhere = make_session_type(locations=(make_location(),))

    page = client.get("/book/location-1/").content.decode()

    assert f'href="{times_url(bookable)}"' in page
    assert elsewhere.slug not in page


@pytest.mark.parametrize(
    "path",
    [
        "/book/unknown/",
        "/book/closed/",
        "/book/%00/",
        "/book/location-1/unknown/",
        "/book/location-1/retired/",
        "/book/location-1/%F0%9F%A6%B6/",
        f"/book/{'a' * 2000}/session-1/",
        "/book/location-1/elsewhere/",
    ],
)
def test_what_is_not_there_gets_a_page_of_its_own(client, path):
    bookable = make_bookable()
    make_location(slug="closed", active=False)
    make_session_type(slug="retired", locations=(bookable.location,), active=False)
    make_session_type(slug="elsewhere", locations=(make_location(),))

    answer = client.get(path)

    assert answer.status_code == 404
    assert "There is nothing here" in text(answer)


def test_the_times_of_the_first_open_day_are_shown(client):
    bookable = make_bookable(time_until="12:00", slot_step_minutes=60)

    answer = client.get(times_url(bookable))

    assert offered_times(answer) == ["2026-08-03T09:00:00-06:00"] + [
        f"2026-08-03T{hour}:00:00-06:00" for hour in (10, 11)
    ]
    assert "Monday, August 3" in text(answer)
    assert "Denver (America/Denver, UTC\N{MINUS SIGN}6)" in text(answer)


def test_times_are_grouped_by_part_of_the_day(client):
    bookable = make_bookable(time_from="11:00", time_until="18:00", slot_step_minutes=60)

    page = text(client.get(times_url(bookable)))

    assert "Morning 11 a.m. Afternoon noon 1 p.m." in page
    assert "Evening 5 p.m." in page


def test_a_day_can_be_chosen(client):
    bookable = make_bookable(time_until="10:00")

    answer = client.get(times_url(bookable, day="2026-09-10"))

    assert offered_times(answer) == ["2026-09-10T09:00:00-06:00"]
    assert "September 2026" in text(answer)


def test_a_month_can_be_chosen(client):
    bookable = make_bookable(time_until="10:00")

    answer = client.get(times_url(bookable, month="2026-10"))

    assert offered_times(answer) == ["2026-10-01T09:00:00-06:00"]


def test_months_that_cannot_be_booked_are_not_linked(client):
    bookable = make_bookable()  # the horizon is November 1

    first = markup(client.get(times_url(bookable)))
    last = markup(client.get(times_url(bookable, month="2026-11")))

    assert 'rel="prev" hidden' in first and 'rel="next" href' in first
    assert 'rel="prev" href' in last and 'rel="next" hidden' in last


@pytest.mark.parametrize(
    "query",
    [
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"day": "2026-08-02"},
        {"day": "2026-11-02"},
        {"month": "0001-01"},
        {"month": "9999-12"},
    ],
)
def test_dates_out_of_reach_show_the_nearest_that_can_be_booked(client, query):
    answer = client.get(times_url(make_bookable(), **query))

    assert answer.status_code == 200
    assert "Those dates cannot be booked online" in text(answer)
    assert offered_times(answer)


@pytest.mark.parametrize(
    "query",
    [
        {"day": "tomorrow"},
        {"day": "2026-02-30"},
        {"day": "2026-08-03T10:00"},
        {"day": "-1"},
        {"day": "99999999999999999999"},
        {"day": "\0"},
        {"day": "🦶"},
        {"day": "0000-00-00"},
        {"month": "2026"},
        {"month": "2026-13"},
        {"month": "2026-08-03"},
        {"therapist": "\0"},
        {"therapist": "🦶"},
        {"therapist": "a b"},
        {"therapist": "a" * 65},
    ],
)
def test_a_query_without_sense_gets_a_page_of_its_own(client, query):
    answer = client.get(times_url(make_bookable(), **query))

    assert answer.status_code == 400
    assert "makes no sense" in text(answer)


def test_other_words_in_the_query_do_no_harm(client):
    answer = client.get(times_url(make_bookable(), utm_source="<script>", session_type="unknown"))

    assert answer.status_code == 200
    assert b"<script>" not in answer.content


def test_an_empty_day_links_to_the_next_that_is_free(client):
    bookable = make_bookable(time_until="10:00")
    make_closure_of_dates(
        location=bookable.location, first_day=date(2026, 8, 4), last_day=date(2026, 8, 5)
    )

    answer = client.get(times_url(bookable, day="2026-08-04"))

    assert "Nothing is free on Tuesday, August 4" in text(answer)
    assert "Next free: Thursday, August 6, 9 a.m." in text(answer)
    assert 'href="?day=2026-08-06#times"' in answer.content.decode()


def test_an_empty_month_links_to_the_next_time_that_is_free(client):
    bookable = make_bookable(time_until="10:00")
    make_closure_of_dates(
        location=bookable.location, first_day=date(2026, 9, 1), last_day=date(2026, 9, 30)
    )

    answer = client.get(times_url(bookable, month="2026-09"))

    assert "Nothing is free in September 2026" in text(answer)
    assert 'href="?day=2026-10-01#times"' in answer.content.decode()


def test_without_a_word_about_dates_the_first_month_with_a_free_time_is_shown(client):
    bookable = make_bookable(time_until="10:00")
    make_closure_of_dates(
        location=bookable.location, first_day=date(2026, 8, 1), last_day=date(2026, 9, 9)
    )

    assert offered_times(client.get(times_url(bookable))) == ["2026-09-10T09:00:00-06:00"]


def test_nothing_free_at_all_names_the_phone(client):
    bookable = make_bookable()
    bookable.therapist.shifts.all().delete()

    page = text(client.get(times_url(bookable)))

    assert "Nothing is free in August 2026" in page
    assert "call us: perhaps we can make room. +1 303 555 0100" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", "is closed through Aug. 1, 2027."),
        ("/es", "está cerrada hasta el 1 de agosto de 2027 inclusive."),
    ],
)
def test_a_place_that_is_closed_throughout_says_why_and_until_when(client, language, words):
    bookable = make_bookable()
    closure = make_closure_of_dates(
        location=bookable.location, first_day=date(2026, 8, 1), last_day=date(2027, 8, 1)
    )
    Closure.objects.filter(pk=closure.pk).update(reason="New floors.")

    page = text(client.get(language + times_url(bookable)))

    assert f"{bookable.location.name} {words} New floors." in page
    assert "+1 303 555 0100" in page
    assert "perhaps we can make room" not in page


def test_who_asks_for_a_therapist_without_any_time_is_led_to_anyone(client):
    bookable = make_bookable()
    mei = second_therapist(bookable, "mei")
    mei.shifts.update(last=date(2026, 8, 1))

    answer = client.get(times_url(bookable, therapist="mei"))

    assert "Mei has no free time at the moment" in text(answer)
    assert "Look for a time with anyone" in text(answer)
    assert "Please call us" in text(answer)


def test_the_past_part_of_a_month_is_left_out(client, turn_clock):
    turn_clock("2026-08-19 12:00")

    page = text(client.get(times_url(make_bookable())))

    assert re.findall(r"(\d+) nothing free", page) == ["16", "17", "18"]


def test_a_therapist_can_be_asked_for(client):
    bookable = make_bookable()
    second_therapist(bookable, "mei")

    answer = client.get(times_url(bookable, therapist="mei"))

    assert {instant[:10] for instant in offered_times(answer)} == {"2026-08-04"}
    assert 'name="therapist" value="mei"' in answer.content.decode()


def test_only_who_can_give_the_session_can_be_asked_for(client):
    bookable = make_bookable()
    make_therapist(slug="mei")

    assert client.get(times_url(bookable, therapist="mei")).status_code == 404
    assert "Mei" not in text(client.get(times_url(bookable)))


def test_t5_both_passages_of_a_repeated_hour_can_be_told_apart(client, turn_clock):
    turn_clock("2026-10-30 12:00")
    bookable = make_bookable(time_from="00:00", time_until="03:00", slot_step_minutes=60)

    answer = client.get(times_url(bookable, day="2026-11-01"))

    assert offered_times(answer) == [
        f"2026-11-01T{time}" for time in ("00:00:00-06:00", "01:00:00-06:00", "01:00:00-07:00")
    ] + ["2026-11-01T02:00:00-07:00"]
    assert "1 a.m. UTC\N{MINUS SIGN}6 1 a.m. UTC\N{MINUS SIGN}7" in text(answer)


def more_of_everything(bookable):
    for number in range(3):
        second_therapist(bookable, f"therapist-{number}x")
        make_booking(
            therapist=bookable.therapist,
            room=bookable.room,
            starts_at=at(f"2026-08-0{4 + number} 10:00"),
        )


def test_after_a_booking_the_times_are_found_in_few_queries(client, django_assert_num_queries):
    bookable = make_bookable()
    client.get(times_url(bookable))

    # The marks of what is shown, the house with its places, and what is booked.
    lasting.PAGES.clear()
    with django_assert_num_queries(3):
        client.get(times_url(bookable))
    more_of_everything(bookable)
    client.get(times_url(bookable))
    lasting.PAGES.clear()
    with django_assert_num_queries(3):
        client.get(times_url(bookable))


def test_why_a_place_is_closed_is_read_once(client, django_assert_num_queries):
    bookable = make_bookable()
    make_closure_of_dates(
        location=bookable.location, first_day=date(2026, 8, 1), last_day=date(2027, 8, 1)
    )
    client.get(times_url(bookable))
    lasting.PAGES.clear()

    with django_assert_num_queries(3):
        client.get(times_url(bookable))


def test_who_holds_a_time_costs_no_more_than_finding_it(client, django_assert_num_queries):
    bookable = make_bookable()
    hold(client, bookable)
    forget()

    # Those of the first look: the house, the session with its therapists and the whole schedule,
    # the marks of what is shown, and the house with its pages once more for the page around.
    # And whose browser it is, and what it holds.
    with django_assert_num_queries(8):
        client.get(times_url(bookable))
    with django_assert_num_queries(5):
        client.get(times_url(bookable))


@pytest.mark.parametrize(
    "query", [{"month": "2026-10"}, {"day": "2026-10-05"}, {"day": "2026-08-30"}]
)
def test_who_holds_a_time_and_looks_where_nothing_is_free_costs_no_more(
    client, query, django_assert_num_queries
):
    bookable = make_bookable()
    hold(client, bookable)
    make_closure_of_dates(
        location=bookable.location, first_day=date(2026, 8, 6), last_day=date(2027, 8, 1)
    )
    forget()

    with django_assert_num_queries(8):
        page = client.get(times_url(bookable, **query))

    assert page.context["month"].parts == []
