"""Which drawing stands for a session, or for somebody without a photo."""

import zlib

from django import template

from bookings.models import SessionType
from studio.drawings import Drawing, drawings
from therapists.models import Therapist

register = template.Library()

PORTRAITS = 4
ANY_SESSION = "session-bar"


@register.filter
def session_drawing(session_type: SessionType) -> Drawing | None:
    """The drawing of its style, or that of any session."""
    there = drawings()
    return there.get(f"session-{session_type.style}", there.get(ANY_SESSION))


@register.filter
def portrait(therapist: Therapist) -> Drawing | None:
    """Her placeholder: always the same one of the few there are."""
    # The lower bits of short names that begin alike are often the same.
    steady = zlib.crc32(therapist.slug.encode()) >> 16
    return drawings().get(f"portrait-{steady % PORTRAITS + 1}")
