"""Reception's and the managers' pages: one module a subject."""

from bookings.admin import (
    accounts,
    bookings,
    clients,
    feeds,
    looks,
    mail_texts,
    notifications,
    premises,
    session_types,
    studio,
    therapists,
    tokens,
)

__all__ = [
    "accounts",
    "bookings",
    "clients",
    "feeds",
    "looks",
    "mail_texts",
    "notifications",
    "premises",
    "session_types",
    "studio",
    "therapists",
    "tokens",
]
