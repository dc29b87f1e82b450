"""What the log says."""

import logging

REFUSALS = "django.security."


class WithoutTrace(logging.Filter):
    """A line for what was refused, such as a body that is too large: nothing is broken here."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record; a refused request has no trace to show."""
        if record.name.startswith(REFUSALS):
            record.exc_info = None
        return True
