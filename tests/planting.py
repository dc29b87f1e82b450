"""Health answers with words that stand nowhere else, and everything they could get out by."""

import logging
import traceback
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection

SAID = "Xylophonitis since the zither fell on my calliope"
NOTED = "Quagmirosis excuses no glockenspiel"
OPERATED = date(2019, 2, 27)

PLANTED = (
    *("xylophonitis", "zither", "calliope", "quagmirosis", "glockenspiel"),
    # The date of the operation, as people and programs write it.
    *("2019-02-27", "27 feb", "feb. 27", "february 27", "27 de feb", "02/27/2019", "27/02/2019"),
    "date(2019, 2, 27)",
)
"""In small letters; none of them may be found, whatever the case."""


SCREENING = {
    "version": 3,
    "answers": {
        "surgery": {"answer": "yes", "date": OPERATED.isoformat()},
        "blood_thinners": {"answer": "yes"},
        "anything_else": {"text": SAID},
    },
    "consent": True,
}
"""As the API is sent it."""


class Gathered(logging.Handler):
    """All that a run has said, by where it said it. As a handler it gathers every line logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """A line of the log, with its trace and with what was to be filled in."""
        trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
        self.add(f"log {record.name}", f"{record.getMessage()} {record.args!r} {trace}")

    def add(self, where: str, what: object) -> None:
        """Something that was said."""
        self.said.append((where, what if isinstance(what, str) else repr(what)))

    def answer(self, where: str, answer: Any) -> Any:
        """A response, with its headers, cookies and body."""
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self.add(f"headers of {where}", f"{dict(answer.headers)!r} {answer.cookies!r}")
        self.add(where, body.decode(errors="replace"))
        return answer

    def mail(self, message: EmailMessage) -> None:
        """A mail as it travels, and with its parts decoded."""
        whole = message.message()
        self.add(f"mail {message.subject}", whole.as_string())
        for part in whole.walk():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                self.add(f"mail {message.subject}", payload.decode(errors="replace"))

    def given_away(self) -> list[tuple[str, str]]:
        """Where a planted word was said, and which."""
        return [
            (where, word) for where, what in self.said for word in PLANTED if word in what.lower()
        ]


def stored() -> Iterator[tuple[str, str]]:
    """Each value in each column of the database; and of SQLite's file, every byte of it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield f"table {table}", repr(row)
    for session in Session.objects.all():
        yield "a session", repr(session.get_decoded())
    if connection.vendor == "sqlite":
        yield "the database file", connection.connection.serialize().decode(errors="replace")
