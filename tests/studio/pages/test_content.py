"""The informational pages that are shipped: what every file must have, in both languages."""

import re

import pytest

from studio.drawings import drawings
from studio.pages.content_files import content_pages
from studio.pages.models import Language, Page
from studio.pages.rendering import text_of

SLUGS = {
    *("home", "ashiatsu", "what-to-expect", "how-it-is-done", "questions", "benefits", "when-not"),
}
PAGES = {(page.language, page.slug): page for page in content_pages()}

each_page = pytest.mark.parametrize(
    "page", [pytest.param(page, id="/".join(key)) for key, page in PAGES.items()]
)


def targets(page: Page, scheme: str) -> list[str]:
    """What links and images of one kind point to, in order."""
    return re.findall(rf"\]\({scheme}:([\w-]*)", page.body)


def headings(page: Page) -> list[str]:
    """The levels of the headings, in order."""
    return re.findall(r"^(#+) ", page.body, re.MULTILINE)


def test_every_page_is_there_in_every_language():
    assert PAGES.keys() == {(language, slug) for language in Language.values for slug in SLUGS}


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_a_page_is_the_same_in_both_languages(slug):
    english, spanish = PAGES["en", slug], PAGES["es", slug]

    for name in ("kind", "drawing", "place", "position"):
        assert getattr(spanish, name) == getattr(english, name)
    assert headings(spanish) == headings(english)
    for scheme in ("drawing", "film", "page", "site"):
        assert targets(spanish, scheme) == targets(english, scheme)


@each_page
def test_a_page_has_a_short_name_a_drawing_and_a_summary_worth_finding(page):
    assert page.menu
    assert page.drawing in drawings()
    assert len(page.summary) >= 100


@each_page
def test_everything_that_a_page_points_to_exists(page):
    assert text_of(page.body, SLUGS - {page.slug}).mistakes == ()


@each_page
def test_a_page_begins_with_a_section(page):
    assert page.body.startswith("## ")


@each_page
def test_every_drawing_says_what_it_shows(page):
    assert "![](drawing:" not in page.body


@pytest.mark.parametrize("language", Language.values)
def test_the_film_stands_on_the_first_page(language):
    assert text_of(PAGES[language, "home"].body, SLUGS).has_film
