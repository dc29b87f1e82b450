"""Where outgoing mail goes: a mail server, the terminal, or a directory of .eml files.

`python -m studio.mail FILE ...` shows such files, without their encodings.
"""

import email
import email.policy
import secrets
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

SCHEMES = ("file", "console", "smtp", "smtps")
SMTP_TIMEOUT_SECONDS = 60
"""Servers look into a message before they accept it; who hangs up meanwhile sends it twice."""

AT_ONCE = "at-once"
"""The mailer for what somebody waits for while a page loads."""
AT_ONCE_TIMEOUT_SECONDS = 10
"""For each answer of the server: who waits can ask again, and a page that hangs says nothing."""


def mailers(email_url: str) -> dict[str, dict[str, Any]]:
    """Django's MAILERS: the one that an EMAIL_URL names, and the same with less patience."""
    return {
        "default": mailer(email_url),
        AT_ONCE: mailer(email_url, timeout_seconds=AT_ONCE_TIMEOUT_SECONDS),
    }


def mailer(email_url: str, *, timeout_seconds: float = SMTP_TIMEOUT_SECONDS) -> dict[str, Any]:
    """The mailer an EMAIL_URL names; smtp:// with a user name in it turns to TLS (STARTTLS)."""
    address = urlsplit(email_url)
    if address.scheme == "console":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if address.scheme == "file":
        return {"BACKEND": "studio.mail.EmlFiles", "OPTIONS": {"directory": unquote(address.path)}}
    tls_from_the_start = address.scheme == "smtps"
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": address.hostname or "localhost",
            "port": address.port
            or (465 if tls_from_the_start else 587 if address.username else 25),
            "username": unquote(address.username or ""),
            "password": unquote(address.password or ""),
            "use_ssl": tls_from_the_start,
            "use_tls": bool(address.username) and not tls_from_the_start,
            "timeout": timeout_seconds,
        },
    }


class EmlFiles(BaseEmailBackend):
    """Writes each message into a file of its own, which any mail program opens."""

    def __init__(self, *, directory: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.directory = Path(directory)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages; named by time, so that a listing shows them in order."""
        self.directory.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            written_at = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
            file = self.directory / f"{written_at}-{secrets.token_hex(4)}.eml"
            file.write_bytes(message.message().as_bytes())
        return len(email_messages)


def readable(file: Path) -> str:
    """A message as its reader sees it, without what is written for programs."""
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    heads = [f"{name}: {message[name]}" for name in ("Date", "From", "To", "Subject")]
    return "\n".join([*heads, "", body.get_content() if body else ""])


if __name__ == "__main__":
    sys.stdout.write("\n\n".join(readable(Path(name)) for name in sys.argv[1:]))
