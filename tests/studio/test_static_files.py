import gzip
import re

import brotli
import pytest
from django.test import Client

from tests.serving import ROOT

IMPORTED = re.compile(r"""(?:\bfrom|^import)\s*["'](\.\.?/[^"']+)["']""", re.MULTILINE)
TAKEN = re.compile(r"""^import \{([^}]+)\} from ["'](\.[^"']+)["']""", re.MULTILINE)
GIVEN = re.compile(r"^export (?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def test_modules_import_one_another_by_names_that_are_kept_for_good(static_files):
    modules = [file for file in static_files.rglob("*.js") if HASHED.search(file.name)]

    imported = [
        file.parent / path for file in modules for path in IMPORTED.findall(file.read_text())
    ]

    assert imported != []
    assert [file.name for file in imported if not HASHED.search(file.name)] == []
    assert [file.name for file in imported if not file.is_file()] == []


PACKED = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("way", PACKED)
def test_what_pages_name_lies_ready_in_every_form(static_files, settings, way):
    settings.STATIC_ROOT = static_files
    [file] = static_files.glob("site/base.????????????.css")
    browser, path = Client(headers={"Accept-Encoding": way}), f"/static/site/{file.name}"

    sent = browser.get(path)
    body = b"".join(sent)
    again = browser.get(path, headers={"If-None-Match": sent["ETag"]})

    assert sent["Content-Encoding"] == way
    assert PACKED[way](body) == file.read_bytes()
    assert len(body) == int(sent["Content-Length"]) < file.stat().st_size / 2
    assert sent["Vary"] == "Accept-Encoding"
    assert again.status_code == 304


def test_a_form_that_is_refused_is_not_sent(static_files, settings):
    settings.STATIC_ROOT = static_files
    [file] = static_files.glob("site/base.????????????.css")
    path = f"/static/site/{file.name}"

    sent = Client().get(path, headers={"Accept-Encoding": "br;q=0, gzip"})

    assert gzip.decompress(b"".join(sent)) == file.read_bytes()


def test_modules_take_from_one_another_only_what_is_given():
    missing = [
        f"{file.name}: {name}"
        for file in (ROOT / "studio" / "static").rglob("*.js")
        for names, path in TAKEN.findall(file.read_text())
        for name in re.findall(r"\w+", names)
        if name not in GIVEN.findall((file.parent / path).read_text())
    ]

    assert missing == []


@pytest.fixture
def sent_headers(settings, tmp_path):
    """The headers of the answer when a static file of this name is asked for."""
    settings.STATIC_ROOT = tmp_path

    def headers(name):
        (tmp_path / name).write_text("<svg/>")
        return Client().head(f"/static/{name}").headers

    return headers


def test_a_drawing_may_use_its_own_style_and_nothing_else(sent_headers):
    policy = sent_headers("bar.svg")["Content-Security-Policy"]

    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_other_files_keep_the_policy_of_pages(sent_headers):
    policy = sent_headers("board.js")["Content-Security-Policy"]

    assert "default-src 'self'" in policy and "unsafe-inline" not in policy


def test_captions_say_that_they_are_captions(sent_headers):
    assert sent_headers("captions.en.vtt")["Content-Type"].startswith("text/vtt")
