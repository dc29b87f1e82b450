"""What goes for every page that anybody may read."""

import pytest

from tests.factories import (
    MONDAY,
    make_bookable,
    make_certification,
    make_closure_of_dates,
    make_inspection,
    make_location,
    make_page,
    make_qualification,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
)
from tests.public_pages import TIMES, TIMES_FOR_TWO, public_pages
from tests.remembering import forget

pytestmark = pytest.mark.django_db

SLUGS = {
    "location": "location-1",
    "session_type": "session-1",
    "therapist": "therapist-1",
    "article": "questions",
}
PAGES = [*public_pages(**SLUGS).values(), "/sessions/?style=bar"]
TIMES_PAGES = [public_pages(**SLUGS)[name] for name in (TIMES, TIMES_FOR_TWO)]
MOST_QUERIES = 6


@pytest.fixture
def studio():
    """Two places, of which one can be booked, and a page to read."""
    bookable = make_bookable()
    make_location()
    make_page(slug="home", kind="home", title="Home")
    make_page(slug="questions", title="Questions")
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

    for path in PAGES:
        assert evil.encode() not in client.get(path, follow=True).content, path


@pytest.mark.parametrize("path", [path for path in PAGES if path not in TIMES_PAGES])
def test_reading_sets_no_cookie(client, studio, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_as_often_however_many_rows_there_are(
    client, studio, path, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(MOST_QUERIES) as before:
        client.get(path)
    more_of_everything(studio)
    forget()

    with django_assert_num_queries(len(before)):
        client.get(path)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(path)


def more_of_everything(studio):
    for number in range(3):
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
        make_page(slug=f"page-{number}", body="[on](page:page-0)", place="header")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_spanish(client, studio, path):
    page = client.get(f"/es{path}").content.decode()

    assert '<html lang="es"' in page
    assert 'href="/es/sessions/"' in page
