"""The informational pages, for search engines."""

from typing import Any

from django.urls import reverse

from studio.pages.models import HOME, Page
from studio.sitemaps import Part

FIRST, CONTACT = "pages:home", "pages:contact"


class PagesPart(Part):
    """Each page in the languages that it is written in; home and contact are always there."""

    def __init__(self) -> None:
        self.pages = {
            (page.slug, page.language): page for page in Page.objects.published().defer("body")
        }

    def items(self) -> list[str]:
        """Slugs, and the names of the routes that no manager takes away."""
        slugs = dict.fromkeys(slug for slug, _ in sorted(self.pages) if slug != HOME)
        return [FIRST, *slugs, CONTACT]

    def location(self, item: str) -> str:
        """Where it is read in the language that is spoken now."""
        return reverse(item) if item in (FIRST, CONTACT) else reverse("pages:page", args=[item])

    def get_languages_for_item(self, item: str) -> list[str]:
        """Those in which somebody has published it."""
        codes = super().get_languages_for_item(item)
        if item in (FIRST, CONTACT):
            return codes
        return [code for code in codes if (item, code) in self.pages]

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        """With the day on which somebody last wrote in the page, in that very language.

        The home page shows more than is written in it.
        """
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            if found := self.pages.get(url["item"]):
                url["lastmod"] = found.updated_at
        return urls
