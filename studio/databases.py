"""Which database a DATABASE_URL names, and how Django is to use it."""

from typing import Any

import dj_database_url

SCHEMES = ("sqlite", "postgres", "postgresql")

PATIENCE_SECONDS = 20
"""A writer waits for others on SQLite for so long, in their queue and at its lock."""

SQLITE = {
    # Two writers that begin as readers cannot both go on: SQLite refuses the second at once.
    # Writers that say so from the start queue up instead.
    "transaction_mode": "IMMEDIATE",
    "timeout": PATIENCE_SECONDS,
    # FULL: a booking that was answered with 2xx survives a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
}


def database(url: str) -> dict[str, Any]:
    """The one of Django's DATABASES that a URL names, with our own kind of its engine."""
    named = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    if named["ENGINE"] == "django.db.backends.sqlite3":
        return {**named, "ENGINE": "studio.sqlite", "OPTIONS": SQLITE}
    return {**named, "ENGINE": "studio.postgres"}
