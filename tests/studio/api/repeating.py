"""Processes that send one request with one key, on a database that they share."""

import multiprocessing
import os
import signal
from collections.abc import Mapping
from multiprocessing.synchronize import Event
from typing import Any

SPAWN = multiprocessing.get_context("spawn")


def sender(
    environment: Mapping[str, str],
    name: str,
    answers: Any,
    *,
    at_work: Event | None = None,
    go_on: Event | None = None,
    dies: bool = False,
    wait_milliseconds: int = 20_000,
) -> Any:
    """A process that sends the request and puts (name, what it was told) into `answers`.

    The one whose work it becomes says `at_work`, waits for `go_on`, and dies or answers.
    """
    return SPAWN.Process(
        target=_send,
        args=(dict(environment), name, answers, at_work, go_on, dies, wait_milliseconds),
    )


def _send(
    environment: dict[str, str],
    name: str,
    answers: Any,
    at_work: Event | None,
    go_on: Event | None,
    dies: bool,
    wait_milliseconds: int,
) -> None:
    os.environ.update(environment)
    import django

    django.setup()
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
        if at_work is not None and go_on is not None:
            at_work.set()
            go_on.wait(60)
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return idempotency.Answer(201, {"by": name})

    try:
        answers.put((name, idempotency.once(request, work, now=fixed()).body["by"]))
    except Problem as problem:
        answers.put((name, problem.code))


def names_of_clients(environment: Mapping[str, str]) -> list[str]:
    """Whose work is in the database."""
    with SPAWN.Pool(1) as pool:
        found: list[str] = pool.apply(_names_of_clients, [dict(environment)])
    return found


def _names_of_clients(environment: dict[str, str]) -> list[str]:
    os.environ.update(environment)
    import django

    django.setup()
    from bookings.models import Client

    return list(Client.objects.values_list("name", flat=True))
