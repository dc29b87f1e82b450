import gzip
import importlib
import re
from pathlib import Path

import pytest
from django.urls import clear_url_caches

import studio.urls
from studio.pages import files
from studio.pages.styleguide import colours, contrast, pairs

SHEETS = Path("studio/static/site")


@pytest.fixture
def in_development(settings):
    def read_routes():
        importlib.reload(files)
        importlib.reload(studio.urls)
        clear_url_caches()

    settings.DEBUG = True
    read_routes()
    yield
    settings.DEBUG = False
    read_routes()


@pytest.mark.django_db
def test_in_development_the_style_guide_shows_the_tokens_and_their_contrast(client, in_development):
    page = client.get("/styleguide/").content.decode()

    assert "<code>--accent-soft</code>" in page
    assert page.count('<td class="to-right">4.5</td>') > 20


@pytest.mark.django_db
def test_in_service_there_is_no_style_guide(client):
    assert client.get("/styleguide/").status_code == 404


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_every_colour_is_told_from_the_ground_it_is_used_on():
    weak = [pair for pair in pairs() if min(pair.light, pair.dark) < pair.least]

    assert weak == []


def test_every_colour_of_the_tokens_has_two_values():
    names = re.findall(r"--([\w-]+): light-dark", (SHEETS / "tokens.css").read_text())

    assert names == list(colours())


def test_no_sheet_uses_what_is_no_token():
    sheets = {sheet.name: sheet.read_text() for sheet in SHEETS.glob("*.css")}
    known = set(re.findall(r"(--[\w-]+):", "".join(sheets.values()))) | {"--left"}

    used = {name: set(re.findall(r"var\((--[\w-]+)", sheet)) for name, sheet in sheets.items()}

    assert {name: names - known for name, names in used.items() if names - known} == {}


def test_what_every_page_loads_of_sheets_is_small():
    everywhere = [SHEETS / f"{name}.css" for name in ("tokens", "base", "frame", "components")]

    assert sum(len(gzip.compress(sheet.read_bytes())) for sheet in everywhere) < 12_000
