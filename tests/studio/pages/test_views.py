import pytest
from django.urls import reverse

from tests.factories import make_location, make_studio

pytestmark = pytest.mark.django_db


def test_the_first_page_says_who_we_are_and_where(client):
    make_studio(name="Soft <Feet>")
    make_location(slug="downtown")

    page = client.get("/").content.decode()

    assert "Soft &lt;Feet&gt;" in page
    assert "Soft <Feet>" not in page
    assert "1 Main Street" in page
    assert 'href="tel:+13035550100"' in page


def test_the_first_page_leads_to_sessions_therapists_and_booking(client):
    page = client.get("/").content.decode()

    for name in ("bookings:sessions", "bookings:therapists", "bookings:book"):
        assert f'href="{reverse(name)}"' in page


def test_a_studio_without_data_has_a_first_page(client):
    assert client.get("/").status_code == 200


def test_reading_sets_no_cookie(client):
    answer = client.get("/")

    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_closed_location_is_not_named(client):
    make_location(slug="uptown", active=False)

    assert "Uptown" not in client.get("/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_house_takes_two_queries_however_many_locations(
    client, count, django_assert_num_queries
):
    for _ in range(count):
        make_location()

    with django_assert_num_queries(2):
        client.get("/")


def test_only_reading_is_possible(client):
    assert client.post("/").status_code == 405


def test_pages_that_name_no_icon_have_one_too(client):
    assert client.get("/favicon.ico").url == "/static/studio/icon.svg"


def test_the_address_says_the_language_of_a_page(client):
    spanish = client.get("/es/", headers={"Accept-Language": "en"})
    english = client.get("/", headers={"Accept-Language": "es"})

    assert '<html lang="es"' in spanish.content.decode()
    assert '<html lang="en"' in english.content.decode()


def test_what_is_no_page_has_one_address_in_every_language(client):
    assert client.get("/es/favicon.ico").status_code == 404
