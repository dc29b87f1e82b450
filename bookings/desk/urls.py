"""The routes of the desk, inside the admin site."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, URLResolver, path

from bookings.desk.clients import find_client


def desk_urls(view: Callable[..., Any]) -> list[URLPattern | URLResolver]:
    """Every page of the desk; `view` lets in only those whom the admin lets in."""
    return [
        path("clients/find/", view(find_client), name="find_client"),
    ]
