"""Processes that send one request with one key, on a database that they share."""

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection

from tests import forking

PATIENCE_SECONDS = 60


class Sender:
    """A process that sends the request, and what it says.

    The one whose work it becomes and that `pauses` says "at work", and waits to be told to go on.
    All say in the end whose answer they got, or the code of what they were refused with.
    """

    def __init__(
        self,
        environment: dict[str, str],
        name: str,
        *,
        pauses: bool = False,
        dies: bool = False,
        wait_milliseconds: int = 20_000,
    ) -> None:
        self.line, there = multiprocessing.Pipe()
        with there:
            self.process = forking.begin(
                _send, name, there, pauses, dies, wait_milliseconds, env=environment
            )

    def says(self) -> str:
        """The next that it says."""
        assert self.line.poll(PATIENCE_SECONDS), "it says nothing"
        said: str = self.line.recv()
        return said

    def waits(self, seconds: float) -> bool:
        """Whether it lives for so long and says nothing."""
        return not self.line.poll(seconds) and self.process.poll() is None

    def go_on(self) -> None:
        """Let it finish its work."""
        self.line.send("go on")


def _send(name: str, line: Connection, pauses: bool, dies: bool, wait_milliseconds: int) -> None:
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory
    from rest_framework.request import Request

    from studio.api import idempotency
    from studio.api.parsing import StrictJSONParser
    from studio.api.problems import Problem
    from tests.clock import fixed
    from tests.factories import make_client

    idempotency.WAIT_MILLISECONDS = wait_milliseconds
    http_request = RequestFactory().post(
        "/api/v1/bookings/", {}, "application/json", headers={"Idempotency-Key": "one"}
    )
    request = Request(http_request, parsers=[StrictJSONParser()])
    request.user = AnonymousUser()

    def work() -> idempotency.Answer:
        make_client(name=name)
        if pauses:
            line.send("at work")
            line.poll(PATIENCE_SECONDS)
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return idempotency.Answer(201, {"by": name})

    try:
        line.send(idempotency.once(request, work, now=fixed()).body["by"])
    except Problem as problem:
        line.send(problem.code)


def names_of_clients(environment: dict[str, str]) -> list[str]:
    """Whose work is in the database."""
    return forking.run(_names_of_clients, env=environment)


def _names_of_clients() -> list[str]:
    from bookings.models import Client

    return list(Client.objects.values_list("name", flat=True))
