from datetime import date
from xml.etree import ElementTree as ET

import pytest

from studio.pages.models import Page
from tests.factories import (
    make_bookable,
    make_location,
    make_page,
    make_session_type,
    make_therapist,
)
from tests.reading import Reading

pytestmark = pytest.mark.django_db

NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
BASE = "https://feet.example"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = BASE


def entries(client, **headers):
    """By path: the entry of each address of the map."""
    tree = ET.fromstring(client.get("/sitemap.xml", headers=headers).content)
    found = {}
    for entry in tree.findall("map:url", NAMES):
        address = entry.findtext("map:loc", namespaces=NAMES) or ""
        assert address.startswith(f"{BASE}/")
        found[address.removeprefix(BASE)] = entry
    return found


def alternates(entry):
    links = entry.findall("xhtml:link", NAMES)
    return {link.get("hreflang"): link.get("href").removeprefix(BASE) for link in links}


def test_it_names_what_there_is_to_read_in_each_language(client):
    make_bookable()
    make_page(slug="home", kind="home")
    make_page(slug="oil")
    make_page(slug="oil", language="es")

    paths = [
        "/",
        "/oil/",
        "/contact/",
        "/sessions/",
        "/therapists/",
        "/sessions/session-1/",
        "/therapists/therapist-1/",
        "/locations/location-1/",
        "/privacy/",
        "/terms/",
    ]
    assert set(entries(client)) == {*paths, *(f"/es{path}" for path in paths)}


def test_several_places_are_listed_on_a_page_of_their_own(client):
    make_location()
    make_location()

    assert {"/locations/", "/locations/location-1/", "/locations/location-2/"} <= set(
        entries(client)
    )


def test_what_cannot_be_read_or_booked_is_not_named(client):
    make_page(slug="draft", published=False)
    make_location(slug="shut", active=False)
    make_therapist(slug="gone", active=False)
    make_session_type(slug="nowhere")

    named = " ".join(entries(client))

    for slug in ("draft", "shut", "gone", "nowhere"):
        assert slug not in named


def test_an_empty_studio_has_a_map_too(client):
    assert set(entries(client)) > {"/", "/es/", "/contact/", "/sessions/", "/terms/"}


def test_an_entry_leads_to_the_same_page_in_the_other_language(client):
    make_page(slug="oil")
    make_page(slug="oil", language="es")

    found = entries(client)

    assert alternates(found["/oil/"]) == alternates(found["/es/oil/"])
    assert alternates(found["/oil/"]) == {
        "en": "/oil/",
        "es": "/es/oil/",
        "x-default": "/oil/",
    }


def test_a_page_in_one_language_has_one_entry(client):
    make_page(slug="oil")

    found = entries(client)

    assert "/es/oil/" not in found
    assert alternates(found["/oil/"]) == {"en": "/oil/", "x-default": "/oil/"}


def test_it_says_when_a_page_was_written_where_that_is_known(client):
    make_page(slug="oil")
    make_page(slug="oil", language="es")
    Page.objects.filter(language="en").update(updated_at="2026-01-02 03:04Z")
    Page.objects.filter(language="es").update(updated_at="2026-05-06 07:08Z")

    found = entries(client)

    def changed(path):
        return found[path].findtext("map:lastmod", namespaces=NAMES)

    assert changed("/oil/") == date(2026, 1, 2).isoformat()
    assert changed("/es/oil/") == date(2026, 5, 6).isoformat()
    assert changed("/sessions/") is None


def test_the_host_that_was_asked_has_no_say_in_it(client):
    assert entries(client, host="127.0.0.1")


def test_it_is_sent_again_only_when_it_changed(client):
    first = client.get("/sitemap.xml")

    def again():
        return client.get("/sitemap.xml", headers={"If-None-Match": first["ETag"]})

    assert again().status_code == 304
    make_location()
    assert again().status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_five_times_however_much_there_is(client, count, django_assert_num_queries):
    for number in range(count):
        make_session_type(locations=(make_location(),))
        make_page(slug=f"page-{number}")

    with django_assert_num_queries(5):
        client.get("/sitemap.xml")


def test_each_address_in_it_is_a_page_with_that_address_and_a_title_of_its_own(client):
    make_bookable()
    make_location()
    make_page(slug="oil")
    make_page(slug="oil", language="es")

    titles: dict[tuple[bool, str], list[str]] = {}
    for path in entries(client):
        page = Reading(client.get(path))
        assert page.links("canonical") == [f"{BASE}{path}"]
        [description] = page.meta("description")
        assert 0 < len(description) <= 160
        titles.setdefault((path.startswith("/es/"), page.title), []).append(path)

    assert all(len(paths) == 1 for paths in titles.values()), titles
