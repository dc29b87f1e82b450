"""The informational pages that are shipped: what every file must have, in every language."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

CONTENT = Path(__file__).parents[3] / "studio/pages/content"
SLUGS = {
    *("home", "ashiatsu", "what-to-expect", "how-it-is-done", "questions", "benefits", "when-not"),
}
KINDS = {"home", "article", "steps", "questions"}
PLACES = {"header", "footer", "none"}
SITE = {"home", "sessions", "therapists", "locations", "contact", "privacy", "terms", "book"}
DRAWINGS = {
    *("bar", "feet", "strokes", "pressure", "benefits", "when-not", "hands-and-feet", "place"),
    *("styles", "style-india", "style-japan", "style-thailand", "style-china"),
    *("style-philippines", "session-bar", "session-mat", "session-hands"),
    *("step-talk", "step-oil", "step-first-stroke", "step-walk", "step-turn", "step-rest"),
}
KEYS = {"kind", "title", "menu", "summary", "drawing", "place", "position"}
SUMMARY_LENGTH = 160

TARGET = re.compile(r"\]\((?P<scheme>\w+):(?P<name>[\w-]*)[^)]*\)")


class Page(NamedTuple):
    """One file: its front matter and what follows."""

    head: dict[str, Any]
    body: str

    def targets(self, scheme: str) -> list[str]:
        """What its links and images of one kind point to, in order."""
        return [found["name"] for found in TARGET.finditer(self.body) if found["scheme"] == scheme]

    def headings(self) -> list[str]:
        """The levels of its headings, in order."""
        return re.findall(r"^(#+) ", self.body, re.MULTILINE)


def read(path: Path) -> Page:
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return Page(tomllib.loads(head), body)


def slugs(language: str) -> set[str]:
    return {path.stem for path in (CONTENT / language).glob("*.md")}


PATHS = sorted(CONTENT.glob("*/*.md"))
each_file = pytest.mark.parametrize(
    "page", [pytest.param(read(path), id=f"{path.parent.name}/{path.stem}") for path in PATHS]
)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_there(language):
    assert slugs(language) == SLUGS


@each_file
def test_the_front_matter_is_complete(page):
    assert page.head.keys() == KEYS
    assert page.head["kind"] in KINDS
    assert page.head["place"] in PLACES
    assert page.head["drawing"] in DRAWINGS
    assert page.head["title"]
    assert page.head["menu"]


@each_file
def test_the_summary_fits_a_search_result(page):
    assert 60 <= len(page.head["summary"]) <= SUMMARY_LENGTH


@each_file
def test_everything_that_is_pointed_to_exists(page):
    assert set(page.targets("drawing")) <= DRAWINGS
    assert set(page.targets("page")) <= SLUGS
    assert set(page.targets("site")) <= SITE
    assert len(re.findall(r"\]\(", page.body)) == len(TARGET.findall(page.body))


@each_file
def test_a_page_begins_with_a_section(page):
    assert page.body.lstrip().startswith("## ")


@each_file
def test_every_drawing_says_what_it_shows(page):
    assert "![](drawing:" not in page.body


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_a_page_is_the_same_in_both_languages(slug):
    english, spanish = (read(CONTENT / language / f"{slug}.md") for language in ("en", "es"))

    for key in ("kind", "drawing", "place", "position"):
        assert spanish.head[key] == english.head[key]
    assert spanish.headings() == english.headings()
    for scheme in ("drawing", "film", "page", "site"):
        assert spanish.targets(scheme) == english.targets(scheme)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_film_stands_on_the_first_page(language):
    body = read(CONTENT / language / "home.md").body

    assert "\n\n![](film:)\n\n" in body
