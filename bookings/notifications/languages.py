"""In which language somebody is written to."""

from django.conf import settings
from django.utils.translation import get_supported_language_variant

from bookings.models import Client


def spoken(code: str) -> str:
    """The language of ours that comes nearest: Spanish for `es-MX`, the studio's own for `pt`."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return settings.LANGUAGE_CODE


def language_of(client: Client | None) -> str:
    """The client's; without one, and for the staff, the studio's own."""
    return spoken(client.language) if client is not None else settings.LANGUAGE_CODE
