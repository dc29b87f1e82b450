"""What a page says of itself to search engines, and to whoever is sent its address."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import get_language

from studio.addresses import absolute
from studio.pages.languages import address_in
from studio.structured import CARD

DEFAULT = "x-default"
"""What search engines call the page for readers of any other language."""

LOCALES = {"en": "en_US", "es": "es_ES"}
"""The languages as Open Graph names them."""

PAPER, DARK_PAPER = "#fbf8f2", "#191816"
"""The ground of the page, for the bars that a browser draws around it: `--paper` in tokens.css."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a language."""

    language: str
    address: str


class Head:
    """Reckoned when a template asks, for pages that want to be found."""

    paper, dark_paper = PAPER, DARK_PAPER
    card_width, card_height = 1200, 630

    def __init__(self, request: HttpRequest, languages: Collection[str] | None = None) -> None:
        """`languages` are those that the page is written in, where it is not in all of them."""
        self.path = request.path
        self.languages = [code for code, _ in settings.LANGUAGES if code in (languages or LOCALES)]

    @property
    def language(self) -> str:
        """What the page is written in."""
        spoken = get_language()
        return spoken if spoken in self.languages else self.languages[0]

    @cached_property
    def address(self) -> str:
        """The one address of what stands here; a query only chooses from it."""
        return self._in(self.language)

    @cached_property
    def alternates(self) -> list[Alternate]:
        """The page in each of its languages; the first serves all other readers."""
        found = [Alternate(code, self._in(code)) for code in self.languages]
        return [*found, Alternate(DEFAULT, found[0].address)]

    @property
    def locale(self) -> str:
        """The language as Open Graph names it."""
        return LOCALES[self.language]

    @property
    def other_locales(self) -> list[str]:
        """The other languages of the page."""
        return [LOCALES[code] for code in self.languages if code != self.language]

    @property
    def card(self) -> str:
        """The picture that goes with a shared address."""
        return absolute(static(CARD))

    def _in(self, code: str) -> str:
        return absolute(self.path if code == get_language() else address_in(code, self.path))


def head(request: HttpRequest) -> dict[str, Head]:
    """The context processor."""
    return {"head": Head(request)}
