"""Which drawing stands for a session, or for somebody without a photo."""

import zlib
from functools import cache

from django import template
from django.contrib.staticfiles.finders import find
from django.templatetags.static import static

from bookings.models import SessionType
from therapists.models import Therapist

register = template.Library()

PORTRAITS = 4
ANY_SESSION = "session-bar"


@register.filter
def session_drawing(session_type: SessionType) -> str:
    """Where the drawing of its style is served, or that of any session."""
    named = f"session-{session_type.style}"
    return _address(named if _is_there(named) else ANY_SESSION)


@register.filter
def portrait(therapist: Therapist) -> str:
    """Where her placeholder is served: always the same one of the few there are."""
    # The lower bits of short names that begin alike are often the same.
    steady = zlib.crc32(therapist.slug.encode()) >> 16
    return _address(f"portrait-{steady % PORTRAITS + 1}")


def _address(name: str) -> str:
    return static(_path(name)) if _is_there(name) else ""


def _path(name: str) -> str:
    return f"drawings/{name}.svg"


@cache
def _is_there(name: str) -> bool:
    return find(_path(name)) is not None
