"""A mail server on the loopback that notes what it accepts, and has its moods."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.postgres import free_port

ACCEPT = "250 Accepted"
STALL = "stall"
DROP = "drop"
"""Beside these a mood is what the server answers: "451 Try again later"."""


DROPPED = "421 Gone"
"""Nobody is there to hear it."""

LONG_SECONDS = 5
"""Longer than anybody waits here."""


@dataclass(frozen=True)
class Accepted:
    """A message that the server has taken: from whom it says it is, and what it is."""

    host: str
    message_id: str
    source: bytes


@dataclass
class MailServer:
    """Its moods are asked with the recipient, when she is named and when the words have come."""

    port: int
    of_recipient: Callable[[str], str] = lambda address: ACCEPT
    of_words: Callable[[str], str] = lambda address: ACCEPT
    accepted: list[Accepted] = field(default_factory=list)
    connections: int = 0
    slow_seconds: float = 0
    """How long it takes before it accepts a message, and once more before it says so."""

    async def handle_EHLO(  # noqa: N802 - called so by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, name: str, said: list[str]
    ) -> list[str]:
        """Somebody begins."""
        self.connections += 1
        session.host_name = name
        return said

    async def handle_RCPT(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Whom it is for."""
        answer = await self._act(self.of_recipient(address), server)
        if answer == ACCEPT:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """The words; once they are noted, the message is accepted."""
        answer = await self._act(self.of_words(envelope.rcpt_tos[0]), server)
        if answer == ACCEPT:
            await asyncio.sleep(self.slow_seconds)
            assert isinstance(envelope.original_content, bytes)
            source = envelope.original_content
            message_id = message_from_bytes(source)["Message-ID"]
            self.accepted.append(Accepted(str(session.host_name), message_id, source))
            await asyncio.sleep(self.slow_seconds)
        return answer

    async def _act(self, mood: str, server: SMTP) -> str:
        if mood == STALL:
            await asyncio.sleep(LONG_SECONDS)
            return DROPPED
        if mood == DROP:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return DROPPED
        return mood


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """One that listens, in a thread of its own."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # it tells every address
    server = MailServer(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
