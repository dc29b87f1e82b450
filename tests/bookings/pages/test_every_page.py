"""What goes for every page on which there is nothing to send."""

import pytest
from django.core.cache import caches

from studio.pages.models import Page
from tests.bookings.pages.visiting import times_url
from tests.factories import (
    MONDAY,
    make_bookable,
    make_certification,
    make_closure_of_dates,
    make_inspection,
    make_location,
    make_qualification,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
)

pytestmark = pytest.mark.django_db

PAGES = [
    "/sessions/",
    "/sessions/?style=bar",
    "/sessions/session-1/",
    "/therapists/",
    "/therapists/therapist-1/",
    "/locations/",
    "/locations/location-1/",
    "/privacy/",
    "/terms/",
    "/book/",
    "/book/location-1/",
]

MOST_QUERIES = 6


@pytest.fixture
def studio():
    """Two places, of which one can be booked, and a page to read."""
    bookable = make_bookable()
    make_location()
    Page.objects.create(slug="questions", language="en", title="Questions", published=True)
    return bookable


def test_names_and_descriptions_are_escaped(client, studio):
    evil = "<script>alert(1)</script>"
    for row, fields in (
        (studio.session_type, ("name", "summary", "description")),
        (studio.therapist, ("name", "bio", "pronouns")),
        (studio.location, ("name", "address")),
        (studio.room, ("name",)),
    ):
        for field in fields:
            setattr(row, field, evil[: 40 if field == "pronouns" else None])
        row.save()
    make_closure_of_dates(location=studio.location, first_day=MONDAY, last_day=MONDAY)
    studio.location.closures.update(reason=evil)

    for path in (*PAGES, times_url(studio)):
        assert evil.encode() not in client.get(path, follow=True).content, path


@pytest.mark.parametrize("path", PAGES)
def test_reading_sets_no_cookie(client, studio, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_six_times_at_most_however_many_rows_there_are(
    client, studio, path, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(MOST_QUERIES) as before:
        client.get(path)
    for _ in range(3):
        therapist, location = make_therapist(), make_location()
        licence = make_qualification(slug=therapist.slug)
        make_certification(therapist=therapist, qualification=licence)
        make_certification(therapist=studio.therapist, qualification=licence)
        for place in (location, studio.location):
            make_shift(therapist=therapist, location=place)
            room = make_room(location=place, equipment=(studio.room.equipment.get(),))
            make_inspection(room=room, equipment=studio.room.equipment.get(), due_on=MONDAY)
            make_closure_of_dates(location=place, first_day=MONDAY, last_day=MONDAY)
        make_session_type(
            locations=(studio.location, location),
            therapists=(studio.therapist, therapist),
            requires_qualifications=(licence,),
        )
        studio.session_type.therapists.add(therapist)
    caches["schedule"].clear()

    with django_assert_num_queries(len(before)):
        client.get(path)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_spanish(client, studio, path):
    page = client.get(f"/es{path}").content.decode()

    assert '<html lang="es"' in page
    assert 'href="/es/sessions/"' in page
