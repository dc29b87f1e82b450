"""The way from a page to the same one in another language."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override


@dataclass(frozen=True)
class Language:
    """Another language, and where it says what the page at hand says."""

    code: str
    name: str
    address: str


def other_languages(request: HttpRequest) -> list[Language]:
    """Those that the page is not in."""
    return [
        Language(code, name, address_in(code, request.get_full_path()))
        for code, name in settings.LANGUAGES
        if code != get_language()
    ]


def address_in(code: str, here: str) -> str:
    """A page in another language, or the first page where it has no address there."""
    there = translate_url(here, code)
    if there != here:
        return there
    with override(code):
        return reverse("pages:home")
