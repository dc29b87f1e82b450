"""What the names in a text mean on this site."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from studio.drawings import drawings
from studio.pages.rendering import PLACES, SiteNames, text_of

NAMES = SiteNames({"home", "oil"})


@pytest.mark.parametrize("name", PLACES)
def test_every_place_of_the_site_is_there(name):
    assert NAMES.link(f"site:{name}")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("page:oil", "/oil/"),
        ("page:oil#warm", "/oil/#warm"),
        ("page:home", "/"),
        ("page:feet", None),
        ("page:", None),
        ("site:moon", None),
        ("https://x.example/a?b#c", "https://x.example/a?b#c"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("/sessions/", "/sessions/"),
        ("#warm", "#warm"),
        ("sessions", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://[", None),
    ],
)
def test_a_link_means_an_address_or_nothing(typed, address):
    assert NAMES.link(typed) == address


@given(
    st.sampled_from(["", "page:oil#", "site:book#", "https:", "https://", "//", "/", "#"]),
    st.text(),
)
def test_whatever_is_typed_as_a_link_is_read(begin, typed):
    address = NAMES.link(begin + typed)

    assert address is None or NAMES.leaves(address) in (True, False)


@pytest.mark.parametrize(
    ("address", "leaves"),
    [
        ("/oil/", False),
        ("#warm", False),
        ("mailto:a@example.org", False),
        ("http://127.0.0.1:8000/oil/", False),
        ("https://x.example/", True),
        ("//x.example/", True),
    ],
)
def test_an_address_of_another_host_leaves(address, leaves):
    assert NAMES.leaves(address) is leaves


def test_a_text_is_read_for_each_language_by_itself():
    with override("es"):
        assert 'href="/es/oil/"' in text_of("[a](page:oil)", {"oil"}).opening.html
    with override("en"):
        assert 'href="/oil/"' in text_of("[a](page:oil)", {"oil"}).opening.html


def test_every_drawing_keeps_its_place_while_it_loads():
    assert {"bar", "feet", "step-talk"} <= set(drawings())
    assert all(drawing.width and drawing.height for drawing in drawings().values())
