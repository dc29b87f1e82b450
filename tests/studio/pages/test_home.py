import pytest

from tests.factories import make_location, make_page, make_session_type

pytestmark = pytest.mark.django_db


def test_one_session_of_each_style_is_offered_with_its_price(client):
    there = (make_location(),)
    make_session_type(slug="bar-90", style="bar", duration_minutes=90, locations=there)
    make_session_type(slug="bar-60", style="bar", duration_minutes=60, locations=there)
    make_session_type(slug="mat-75", style="mat", duration_minutes=75, locations=there)

    page = client.get("/").content.decode()

    assert 'href="/sessions/bar-60/"' in page
    assert 'href="/sessions/mat-75/"' in page
    assert 'href="/sessions/bar-90/"' not in page
    assert "$120" in page


def test_a_section_stands_beside_its_drawing(client):
    make_page(slug="home", kind="home", body="## Warm\n\nAlways.\n")

    page = client.get("/").content.decode()

    assert '<section class="answer undrawn" aria-labelledby="warm">' in page
    assert "<p>Always.</p>" in page


def test_sections_in_english_say_so_on_the_spanish_page(client):
    make_page(slug="home", kind="home", body="## Warm\n\nAlways.\n")

    page = client.get("/es/").content.decode()

    assert '<section class="answer undrawn" aria-labelledby="warm" lang="en">' in page
