"""In which language somebody is written to."""

from django.utils.translation import get_supported_language_variant

from bookings.models import Client
from studio.premises.house import studio_language


def spoken(code: str) -> str:
    """The language of ours that comes nearest: Spanish for `es-MX`, the studio's own for `pt`."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return studio_language()


def language_of(client: Client | None) -> str:
    """The client's; without one, and for the staff, the studio's own."""
    return spoken(client.language) if client is not None else studio_language()
