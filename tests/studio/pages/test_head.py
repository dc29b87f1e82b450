import re
from pathlib import Path

import pytest
from django.conf import settings as project

from studio.pages.head import DARK_PAPER, PAPER
from studio.premises.models import Location
from tests.factories import make_bookable, make_location, make_page, make_studio
from tests.reading import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = "https://feet.example"


def read(client, path):
    return Reading(client.get(path))


def test_a_title_names_the_studio_once(client):
    make_studio(name="Soft Feet")
    make_page(slug="oil", title="Oil & cloth")
    make_page(slug="us", title="The people of Soft Feet")

    assert read(client, "/oil/").title == "Oil & cloth · Soft Feet"
    assert read(client, "/us/").title == "The people of Soft Feet"


def test_a_page_has_its_summary_for_search_engines(client):
    make_page(slug="oil")

    page = read(client, "/oil/")

    assert page.meta("description") == page.meta("og:description") == ["In short"]
    assert page.meta("robots") == []


def test_a_long_description_ends_with_a_whole_word(client):
    location = make_location(slug="downtown")
    Location.objects.update(address="Behind the old mill " * 15)

    [description] = read(client, f"/locations/{location.slug}/").meta("description")

    assert description.startswith("Downtown, Behind the old mill Behind")
    assert description.removesuffix("…").split()[-1] in ("Behind", "the", "old", "mill")
    assert len(description) <= 160


def test_quotes_stay_inside_of_what_quotes_them(client):
    make_page(slug="oil", title='"Oil" <b>')

    page = read(client, "/oil/")

    assert page.title.startswith('"Oil" <b>')
    assert page.meta("og:title") == ['"Oil" <b>']


def test_the_address_of_a_page_is_whole_whatever_host_was_asked(client):
    make_page(slug="oil")

    page = Reading(client.get("/oil/?from=somewhere", headers={"Host": "127.0.0.1"}))

    assert page.links("canonical") == page.meta("og:url") == ["https://feet.example/oil/"]
    assert page.meta("og:image") == ["https://feet.example/static/studio/card.png"]


def test_one_style_of_the_menu_is_part_of_the_menu(client):
    make_bookable()

    page = read(client, "/es/sessions/?style=bar")

    assert page.links("canonical") == ["https://feet.example/es/sessions/"]


def test_a_page_leads_to_itself_in_each_of_its_languages(client):
    make_page(slug="oil")
    make_page(slug="oil", language="es")

    english, spanish = read(client, "/oil/"), read(client, "/es/oil/")

    assert english.alternates == spanish.alternates
    assert english.alternates == {
        "en": "https://feet.example/oil/",
        "es": "https://feet.example/es/oil/",
        "x-default": "https://feet.example/oil/",
    }
    assert spanish.meta("og:locale") == english.meta("og:locale:alternate") == ["es_ES"]
    assert english.meta("og:locale") == spanish.meta("og:locale:alternate") == ["en_US"]


def test_a_page_in_english_only_has_one_address(client):
    make_page(slug="oil")

    page = read(client, "/es/oil/")

    assert page.links("canonical") == ["https://feet.example/oil/"]
    assert set(page.alternates) == {"en", "x-default"}
    assert page.meta("og:locale") == ["en_US"]


def test_a_page_in_spanish_only_is_for_everybody_in_spanish(client):
    make_page(slug="oil", language="es")

    page = read(client, "/es/oil/")

    assert page.links("canonical") == ["https://feet.example/es/oil/"]
    assert page.alternates == {
        "es": "https://feet.example/es/oil/",
        "x-default": "https://feet.example/es/oil/",
    }


def test_what_is_shared_shows_the_studios_card(client):
    make_studio(name="Soft Feet")

    page = read(client, "/")

    assert page.meta("og:site_name") == ["Soft Feet"]
    assert page.meta("og:image:width") + page.meta("og:image:height") == ["1200", "630"]
    assert page.meta("twitter:card") == ["summary_large_image"]
    assert all(page.meta("og:image:alt"))


@pytest.mark.parametrize("path", ["/no/such/page/", "/book/location-1/session-1/"])
def test_what_nobody_should_find_is_not_listed(client, path):
    make_bookable()

    page = read(client, path)

    assert page.meta("robots") == ["noindex"]
    assert not page.meta("description") and not page.links("canonical")


def test_a_preview_is_not_listed(manager):
    typed = {
        "slug": "oil",
        "language": "en",
        "kind": "article",
        "title": "Oil",
        "summary": "Warm.",
        "position": "1",
        "place": "none",
    }

    page = Reading(manager.post("/admin/pages/page/preview/", typed))

    assert page.title.startswith("Oil")
    assert page.meta("robots") == ["noindex"]


def test_the_browsers_own_bars_have_the_colour_of_the_paper(client):
    tokens = (Path(project.BASE_DIR) / "studio/static/site/tokens.css").read_text()
    paper = re.search(r"--paper: light-dark\((\S+), (\S+)\)", tokens)

    assert paper is not None
    assert paper.groups() == (PAPER, DARK_PAPER)
    assert read(client, "/").meta("theme-color") == [PAPER, DARK_PAPER]
