"""The pages that anybody may read."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern

ARTICLES = (
    "ashiatsu",
    "what-to-expect",
    "how-it-is-done",
    "questions",
    "benefits",
    "when-not",
)
TIMES = "bookings:book-time"
TIMES_FOR_TWO = "bookings:book-together"
OF_A_BOOKING = (
    *(
        "details",
        "repeat",
        "dates",
        "together-details",
        "move-together",
        "take-over",
        "manage",
        "move",
        "move-following",
        "cancel",
        "undo",
        "again",
        "mail-choice",
    ),
    *("answers", "tablet"),
)
OF_WHO_WAITS = ("join", "waiting", "take-offer", "decline-offer", "withdraw")
OF_AN_ACCOUNT = (
    *("bookings", "sign-in", "code", "proof", "sign-out"),
    *("choices", "address", "data", "erase"),
)
OF_EDITORS = ("health-preview",)
OWN = {f"bookings:{name}" for name in (*OF_A_BOOKING, *OF_WHO_WAITS, *OF_EDITORS)} | {
    f"bookings:my-{name}" for name in OF_AN_ACCOUNT
}
"""Routes that show a booking to the one who made it, or the bookings of who is signed in; and what
only staff see.
"""


def public_pages(
    *, location: str, session_type: str, therapist: str, article: str
) -> dict[str, str]:
    """The address of a page of each kind, by the name of its route."""
    slugs = {
        "pages:page": [article],
        "bookings:session": [session_type],
        "bookings:therapist": [therapist],
        "bookings:location": [location],
        "bookings:book-session": [location],
        TIMES: [location, session_type],
        TIMES_FOR_TWO: [location, session_type],
    }
    return {name: reverse(name, args=slugs.get(name)) for name in sorted(set(page_routes()) - OWN)}


def page_routes() -> Iterator[str]:
    """The names of all routes that have a language: those of pages."""
    patterns: list[Any] = get_resolver().url_patterns
    for resolver in patterns:
        if isinstance(resolver.pattern, LocalePrefixPattern):
            for app in resolver.url_patterns:
                yield from (f"{app.namespace}:{route.name}" for route in app.url_patterns)
