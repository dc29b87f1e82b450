"""What the names in a page's text mean on this site, and the pages as they are shown."""

from collections.abc import Collection
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from studio.drawings import drawings
from studio.pages.models import HOME
from studio.pages.reading import PAGE, SITE, read
from studio.pages.text import Mistake, Picture, Text

PLACES = {
    "home": "pages:home",
    "sessions": "bookings:sessions",
    "therapists": "bookings:therapists",
    "locations": "bookings:locations",
    "contact": "pages:contact",
    "privacy": "bookings:privacy",
    "terms": "bookings:terms",
    "book": "bookings:book",
    "for-me": "bookings:for-me",
}
"""What `site:` leads to."""

LEADING = ("https", "http", "mailto", "tel")


class SiteNames:
    """The names as they are known here, in the language that is spoken now."""

    def __init__(self, slugs: Collection[str]) -> None:
        self.slugs = slugs
        self.table = gettext("Table")

    def link(self, typed: str) -> str | None:
        """The address behind `page:`, `site:` or an address itself; None where there is none."""
        name, mark, fragment = typed.partition("#")
        if name.startswith(PAGE):
            url = self._page(name.removeprefix(PAGE))
        elif name.startswith(SITE):
            url = _place(name.removeprefix(SITE))
        else:
            try:
                scheme = urlsplit(typed).scheme
            except ValueError:
                return None
            is_ours = not scheme and typed.startswith(("/", "#"))
            return typed if is_ours or scheme in LEADING else None
        return f"{url}{mark}{fragment}" if url else None

    def leaves(self, url: str) -> bool:
        """Whether it leads to another host than ours."""
        host = urlsplit(url).netloc
        return bool(host) and host != urlsplit(settings.BASE_URL).netloc

    def picture(self, name: str, *, alt: str, caption: str) -> Picture | None:
        """The drawing of that name."""
        found = drawings().get(name)
        if found is None:
            return None
        return Picture(name, found.url, found.width, found.height, alt, caption)

    def _page(self, slug: str) -> str | None:
        if slug not in self.slugs:
            return None
        return reverse("pages:home") if slug == HOME else reverse("pages:page", args=[slug])


def text_of(body: str, slugs: Collection[str]) -> Text:
    """A page's text as it is shown, with links to those of the pages that can be read."""
    return _read(body, frozenset(slugs), get_language())


def mistakes_in(body: str, slugs: Collection[str]) -> tuple[Mistake, ...]:
    """What in a text means nothing, where pages of these slugs are known."""
    return text_of(body, slugs).mistakes


@lru_cache(maxsize=256)
def _read(body: str, slugs: frozenset[str], _language: str) -> Text:
    return read(body, SiteNames(slugs))


def _place(name: str) -> str | None:
    try:
        return reverse(PLACES[name])
    except (KeyError, NoReverseMatch):
        return None
