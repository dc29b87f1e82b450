"""Addresses as other hosts need them: whole, however a request came in."""

from django.conf import settings


def absolute(path: str) -> str:
    """The address of one of our paths."""
    return f"{settings.BASE_URL}{path}"
