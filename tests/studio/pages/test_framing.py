"""The header and the footer are kept, and still each page's own."""

import re

import pytest

from studio.pages.context import ReadableHouse
from studio.pages.framing import FRAMES, framed
from studio.premises.models import Studio
from tests.bookings.pages.visiting import manage_url
from tests.factories import make_bookable, make_booking, make_page, make_studio

pytestmark = pytest.mark.django_db

HEADER = re.compile(r"<header.*?</header>", re.DOTALL)
FOOTER = re.compile(r"<footer.*?</footer>", re.DOTALL)
CURRENT = re.compile(r'<a href="([^"]*)"[^>]* aria-current="page"')


def around(client, path):
    page = client.get(path).content.decode()
    return HEADER.findall(page)[0] + FOOTER.findall(page)[0]


@pytest.fixture
def private(db):
    make_studio(name="Barefoot")
    bookable = make_bookable()
    return manage_url(
        make_booking(
            therapist=bookable.therapist, room=bookable.room, session_type=bookable.session_type
        )
    )


def test_a_page_that_it_leads_to_is_marked_and_no_other(client, private):
    make_page(slug="questions", title="Questions", place="header")
    paths = ("/contact/", "/questions/", private, "/es/contact/", "/contact/")

    current = [set(CURRENT.findall(around(client, path))) for path in paths]

    assert current == [{"/contact/"}, {"/questions/"}, set(), {"/es/contact/"}, {"/contact/"}]


def test_the_way_to_the_other_language_is_each_page_s_own_and_not_kept(client, private):
    around(client, f"{private}?a=1&b=2")

    shown = around(client, private)

    assert f'href="/es{private}"' in shown
    assert f'href="/es{private}?a=1&amp;b=2"' in around(client, f"{private}?a=1&b=2")
    assert private not in repr(list(FRAMES))


def test_unchanged_it_costs_one_query(client, private, django_assert_num_queries):
    make_page(slug="questions", title="Questions", place="header")
    client.get("/nowhere/")

    with django_assert_num_queries(2):  # the marks; the studio, whose name is the title's
        client.get("/nowhere/either/")


def rename(client):
    Studio.objects.update(name="Of another name")


def write_page(client):
    make_page(slug="oil", title="Of another name", place="footer")


@pytest.mark.parametrize("change", [rename, write_page])
def test_a_change_is_seen_at_once(client, private, change):
    assert "Of another name" not in around(client, private)

    change(client)

    assert "Of another name" in around(client, private)


def test_a_house_that_was_read_before_the_marks_is_in_no_frame(rf, private):
    early, later = rf.get("/nowhere/"), rf.get("/nowhere/")
    assert ReadableHouse.of(early).studio.name == "Barefoot"
    Studio.objects.update(name="Of another name")

    framed(early, "includes/header.html", [])

    assert "Of another name" in framed(later, "includes/header.html", [])
