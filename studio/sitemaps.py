"""What every part of the sitemap has in common: `studio.urls` joins the parts of the doors."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap


class Part(Sitemap):  # type: ignore[type-arg]  # takes one only in the stubs
    """Addresses begin with BASE_URL, whatever host was asked; each names its other languages."""

    i18n = True
    alternates = True
    x_default = True

    def get_protocol(self, protocol: str | None = None) -> str:
        """That of BASE_URL."""
        scheme, _, _ = str(settings.BASE_URL).partition("://")
        return scheme

    def get_domain(self, site: Any = None) -> str:
        """The host of BASE_URL, and its port."""
        _, _, host = str(settings.BASE_URL).partition("://")
        return host

    def get_languages_for_item(self, item: Any) -> list[str]:
        """All of them, unless a part knows better."""
        return [code for code, _ in settings.LANGUAGES]
