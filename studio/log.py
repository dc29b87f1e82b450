"""What the log says."""

import logging
import re
from typing import Any

REFUSALS = "django.security."

SECRET = re.compile(r"(?<![-\w])(?=[-_a-z]*[A-Z0-9])[-\w]{43,}")
"""What opens somebody's own pages: 32 bytes as URL-safe base64, in paths, queries and messages.

Long names of the code have neither capitals nor digits before their end, and stay readable.
"""

HIDDEN = "[hidden]"


class WithoutTrace(logging.Filter):
    """A line for what was refused, such as a body that is too large: nothing is broken here."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record; a refused request has no trace to show."""
        if record.name.startswith(REFUSALS):
            record.exc_info = None
        return True


class WithoutSecrets(logging.Formatter):
    """Lines without the secrets of links, wherever they come from: who reads a log is no client.

    It looks at what is written, message and trace: the path of a refused form, the page that it
    came from, an error that names what it was called with.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as it is written."""
        return SECRET.sub(HIDDEN, super().format(record))


def to_stderr(level: str) -> dict[str, Any]:
    """Django's LOGGING: a line for whatever is worth it at a level."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": WithoutSecrets,
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            },
        },
        "filters": {"without_trace": {"()": WithoutTrace}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["without_trace"],
            },
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would print each line twice and mail traces to ADMINS.
            "django": {"handlers": [], "level": level, "propagate": True},
            # Its warnings are 4xx answers, which are no trouble of ours.
            "django.request": {"level": "ERROR"},
            # At DEBUG it writes all that a page knows for every name that one lacks: answers, too.
            "django.template": {"level": "INFO"},
            # `manage.py runserver` writes a line for each request, past all of this.
            "django.server": {"handlers": [], "level": level, "propagate": True},
        },
    }
