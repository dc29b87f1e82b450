"""What every page shows of the house: what can be read in it, and in what other languages."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial

from django.http import HttpRequest
from django.utils.translation import get_language

from studio.pages import models
from studio.pages.languages import Language, other_languages
from studio.pages.models import Page, Place, best_of
from studio.premises.house import House


class ReadableHouse(House):
    """The house with its informational pages."""

    @cached_property
    def published(self) -> list[Page]:
        """The pages in each language that they are written in."""
        return list(Page.objects.published().defer("body"))

    def languages_of(self, slug: str) -> list[str]:
        """Those that a page can be read in."""
        return [page.language for page in self.published if page.slug == slug]

    @cached_property
    def pages(self) -> list[Page]:
        """What can be read, in the language of the reader where it is written in it."""
        language = get_language()
        readable = (
            page for page in self.published if page.language in (language, models.Language.ENGLISH)
        )
        pages = best_of(readable, language)
        return sorted(pages.values(), key=lambda page: (page.position, page.slug))

    @property
    def header_pages(self) -> list[Page]:
        """Those that the header leads to."""
        return [page for page in self.pages if page.place == Place.HEADER]

    @property
    def footer_pages(self) -> list[Page]:
        """Those that the footer leads to."""
        return [page for page in self.pages if page.place == Place.FOOTER]


def house(request: HttpRequest) -> Mapping[str, House | Callable[[], list[Language]]]:
    """The context processor."""
    return {
        "house": ReadableHouse.of(request),
        "other_languages": partial(other_languages, request),
    }
