from datetime import date

import pytest

from tests.bookings.pages.visiting import text, times_url
from tests.factories import (
    make_bookable,
    make_certification,
    make_location,
    make_qualification,
    make_session_type,
    make_therapist,
)

pytestmark = pytest.mark.django_db

PAGES = ["/sessions/", "/sessions/session-1/", "/therapists/", "/book/", "/book/location-1/"]


def test_sessions_are_listed_with_length_and_price(client):
    make_session_type(
        slug="bar-90", duration_minutes=90, price="145.00", locations=(make_location(),)
    )

    page = text(client.get("/sessions/"))

    assert "Bar-90 90 minutes · $145" in page.replace("minutes $", "minutes · $")


def test_a_retired_session_is_neither_listed_nor_shown(client):
    make_session_type(slug="old", locations=(make_location(),), active=False)

    assert "Old" not in text(client.get("/sessions/"))
    assert client.get("/sessions/old/").status_code == 404


def test_a_session_says_what_it_asks_of_therapist_and_room(client):
    make_bookable()

    page = text(client.get("/sessions/session-1/"))

    assert "Massage-Licence" in page
    assert "Ceiling-Bars" in page


def test_a_session_leads_to_its_times(client):
    bookable = make_bookable()

    assert f'href="{times_url(bookable)}"' in client.get("/sessions/session-1/").content.decode()


def test_a_therapist_is_shown_with_what_counts_today(client):
    bookable = make_bookable()
    insurance = make_qualification(slug="insurance")
    make_certification(
        therapist=bookable.therapist, qualification=insurance, expires_on=date(2026, 8, 2)
    )
    bookable.therapist.languages = ["en", "ht"]
    bookable.therapist.save()

    page = text(client.get("/therapists/"))

    assert "Therapist-1" in page
    assert "Gives Session-1" in page
    assert "Speaks English, Haitian Creole" in page
    assert "Massage-Licence State Board" in page
    assert "Insurance" not in page


def test_a_retired_therapist_is_not_shown(client):
    make_therapist(slug="gone", active=False)

    assert "Gone" not in text(client.get("/therapists/"))


def test_names_and_descriptions_are_escaped(client):
    bookable = make_bookable()
    evil = "<script>alert(1)</script>"
    for row, fields in (
        (bookable.session_type, ("name", "summary", "description")),
        (bookable.therapist, ("name", "bio", "pronouns")),
        (bookable.location, ("name", "address")),
    ):
        for field in fields:
            setattr(row, field, evil[: 40 if field == "pronouns" else None])
        row.save()

    for path in (*PAGES, times_url(bookable)):
        assert evil.encode() not in client.get(path, follow=True).content, path


@pytest.mark.parametrize("path", PAGES)
def test_reading_sets_no_cookie(client, path):
    make_bookable()
    make_location()

    answer = client.get(path)

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client, path, django_assert_max_num_queries
):
    bookable = make_bookable()
    make_location()
    with django_assert_max_num_queries(10) as before:
        client.get(path)
    for _ in range(3):
        therapist, location = make_therapist(), make_location()
        licence = make_qualification(slug=therapist.slug)
        make_certification(therapist=therapist, qualification=licence)
        make_session_type(
            locations=(bookable.location, location),
            therapists=(bookable.therapist, therapist),
            requires_qualifications=(licence,),
        )

    with django_assert_max_num_queries(len(before)):
        client.get(path)


@pytest.mark.parametrize(
    "slug", ["unknown", "%00", "%F0%9F%A6%B6", "a" * 2000, "-1", "0", "' OR 1=1 --"]
)
def test_an_unknown_session_gets_the_page_for_what_is_not_there(client, slug):
    answer = client.get(f"/sessions/{slug}/")

    assert answer.status_code == 404
    assert "There is nothing here" in text(answer)
