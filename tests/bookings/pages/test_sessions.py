import re

import pytest

from tests.bookings.pages.visiting import text, times_url
from tests.factories import (
    make_bookable,
    make_equipment,
    make_location,
    make_qualification,
    make_session_type,
    make_therapist,
)

pytestmark = pytest.mark.django_db


def current(answer) -> list[str]:
    """The chips that are marked, without the navigation of the site."""
    return re.findall(r'aria-current="true">([^<]+)<', answer.content.decode())


def test_a_studio_without_places_asks_nobody_to_call(client):
    page = text(client.get("/sessions/"))

    assert "Nothing can be booked online yet." in page
    assert "Please call us" not in page


def test_sessions_are_listed_with_length_and_price(client):
    make_session_type(
        slug="bar-90", duration_minutes=90, price="145.00", locations=(make_location(),)
    )

    assert "Bar-90 90 minutes $145" in text(client.get("/sessions/"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"duration_minutes": 60}, "About 50 minutes of it under the feet"),
        ({"duration_minutes": 90, "talk_minutes": 15}, "About 75 minutes of it under the feet"),
        ({"duration_minutes": 60, "barefoot": False}, "About 50 minutes of it massage"),
    ],
)
def test_a_session_says_how_much_of_it_is_massage(client, fields, words):
    session_type = make_session_type(locations=(make_location(),), **fields)

    for path in ("/sessions/", f"/sessions/{session_type.slug}/"):
        assert words in text(client.get(path))


@pytest.mark.parametrize("minutes", [5, 60])
def test_where_no_talk_is_told_nothing_is_said_of_it(client, minutes):
    make_session_type(
        duration_minutes=minutes,
        talk_minutes=0 if minutes == 60 else 10,
        locations=(make_location(),),
    )

    assert "About" not in text(client.get("/sessions/"))


def test_the_menu_is_sorted_by_style(client):
    here = make_location()
    for slug, style in (("one", "mat"), ("two", "bar"), ("three", "silk-strap")):
        make_session_type(slug=slug, style=style, locations=(here,))

    page = text(client.get("/sessions/")).partition("Sessions and prices")[2]

    words = ["Under the bars", "Two", "On the mat", "One", "Silk strap", "Three"]
    places = [page.rindex(word) for word in words]
    assert places == sorted(places)


def test_one_style_can_be_asked_for(client):
    here = make_location()
    for slug, style in (("alpha", "mat"), ("beta", "bar")):
        make_session_type(slug=slug, style=style, locations=(here,))

    answer = client.get("/sessions/", {"style": "bar"})

    assert current(answer) == ["Under the bars"]
    assert "Beta" in text(answer)
    assert "Alpha" not in text(answer)


@pytest.mark.parametrize("style", ["unknown", "", "\0", "<b>", "a" * 500])
def test_an_unknown_style_shows_the_whole_menu(client, style):
    here = make_location()
    for slug, its_style in (("alpha", "mat"), ("beta", "bar")):
        make_session_type(slug=slug, style=its_style, locations=(here,))

    answer = client.get("/sessions/", {"style": style})

    assert current(answer) == ["All"]
    assert "Alpha" in text(answer)
    assert "Beta" in text(answer)


def test_one_style_needs_no_filter(client):
    make_session_type(style="bar", locations=(make_location(),))

    assert current(client.get("/sessions/")) == []


def test_what_every_session_of_a_style_requires_stands_beside_it(client):
    here, bars, table = make_location(), make_equipment(), make_equipment(slug="table")
    make_session_type(locations=(here,), requires_equipment=(bars, table))
    make_session_type(locations=(here,), requires_equipment=(table,))

    page = text(client.get("/sessions/"))

    assert "The room has: Table" in page
    assert "Ceiling-Bars" not in page


def test_a_session_at_one_place_leads_from_the_menu_to_its_times(client):
    bookable = make_bookable()

    assert f'href="{times_url(bookable)}"' in client.get("/sessions/").content.decode()


def test_a_session_at_two_places_leads_to_the_choice_of_one(client):
    bookable = make_bookable()
    bookable.session_type.locations.add(make_location())

    page = client.get("/sessions/").content.decode()

    assert 'href="/sessions/session-1/#book"' in page
    assert times_url(bookable) not in page


def test_without_sessions_the_menu_says_whom_to_call(client):
    make_location()

    assert "call us. +1 303 555 0100" in text(client.get("/sessions/"))


def test_a_retired_session_is_neither_listed_nor_shown(client):
    make_session_type(slug="old", locations=(make_location(),), active=False)

    assert "Old" not in text(client.get("/sessions/"))
    assert client.get("/sessions/old/").status_code == 404


def test_a_session_says_what_it_asks_of_therapist_and_room(client):
    make_bookable()

    page = text(client.get("/sessions/session-1/"))

    assert "Massage-Licence" in page
    assert "Ceiling-Bars" in page


def test_a_session_leads_to_its_times_at_each_place(client):
    bookable = make_bookable()
    there = make_location()
    bookable.session_type.locations.add(there)

    page = client.get("/sessions/session-1/").content.decode()

    assert f'href="{times_url(bookable)}"' in page
    assert f'href="/book/{there.slug}/session-1/"' in page


def test_a_session_leads_to_who_may_give_it_today(client):
    bookable = make_bookable()
    uncertified = make_therapist(slug="uncertified")
    bookable.session_type.therapists.add(uncertified)

    page = client.get("/sessions/session-1/").content.decode()

    assert f'href="/therapists/{bookable.therapist.slug}/"' in page
    assert "uncertified" not in page


def test_a_session_that_nobody_may_give_today_says_so(client):
    make_session_type(
        slug="new", locations=(make_location(),), requires_qualifications=(make_qualification(),)
    )

    assert "Nobody at the moment." in text(client.get("/sessions/new/"))


@pytest.mark.parametrize(
    "slug", ["unknown", "%00", "%F0%9F%A6%B6", "a" * 2000, "-1", "0", "' OR 1=1 --"]
)
def test_an_unknown_session_gets_the_page_for_what_is_not_there(client, slug):
    answer = client.get(f"/sessions/{slug}/")

    assert answer.status_code == 404
    assert "There is nothing here" in text(answer)
