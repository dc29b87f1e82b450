"""Many clients who ask at the same moment, each over a connection of its own."""

import contextlib
import json
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What one of them was told, and how many seconds after all had begun."""

    status: int
    body: dict[str, Any]
    seconds: float


def at_once(port: int, messages: Sequence[str]) -> list[Answer]:
    """Connect, send every message, and wait for all answers, which come in the messages' order.

    One thread waits for all: fifty would wait for one another, and measure that.
    """
    answers: dict[int, Answer] = {}
    with contextlib.ExitStack() as stack, selectors.DefaultSelector() as selector:
        begun = time.perf_counter()
        for number, message in enumerate(messages):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(message.encode())
            selector.register(connection, selectors.EVENT_READ, (number, bytearray()))
        while selector.get_map():
            ready = selector.select(PATIENCE_SECONDS)
            assert ready, f"{len(messages) - len(answers)} clients were told nothing"
            for key, _ in ready:
                number, received = key.data
                assert isinstance(key.fileobj, socket.socket)
                chunk = key.fileobj.recv(1 << 16)
                assert chunk, "The server hung up."
                received += chunk
                if found := _whole(bytes(received)):
                    answers[number] = Answer(*found, time.perf_counter() - begun)
                    selector.unregister(key.fileobj)
    return [answers[number] for number in range(len(messages))]


def _whole(received: bytes) -> tuple[int, dict[str, Any]] | None:
    """Status and body of an answer, once all of it is there."""
    head, found, body = received.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
    if not found or len(body) < length:
        return None
    return int(head[9:12]), json.loads(body)
