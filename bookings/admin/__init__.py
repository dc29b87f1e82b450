"""Reception's and the managers' pages: one module a subject."""

from bookings.admin import (
    bookings,
    clients,
    premises,
    questionnaires,
    session_types,
    studio,
    therapists,
    tokens,
)

__all__ = [
    "bookings",
    "clients",
    "premises",
    "questionnaires",
    "session_types",
    "studio",
    "therapists",
    "tokens",
]
