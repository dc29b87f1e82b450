"""Prints how many statements each workload sends to the database: `benchmarks.counting PORT`.

In a process of its own on the database of the server at that port, through Django's test client.
BEGIN and COMMIT count too: they are round trips like others.
"""

import sys

import django

from benchmarks.driver import Unit
from benchmarks.workloads import Workload, workloads


def ask(unit: Unit, status: int) -> None:
    """Send the messages of a unit without a network."""
    from django.test import Client

    for message in unit:
        head, _, body = message.partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        method, path, _ = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        kind = headers.pop("Content-Type", "application/octet-stream")
        client = Client(headers=headers)
        answer = client.generic(method, path, body, content_type=kind)
        assert answer.status_code == status, answer.content


def statements(workload: Workload, port: int) -> int:
    """Those of one unit, after another one that warmed everything up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext, override_settings

    first, *rest = workload.units(port)
    clock = "stepping" if workload.stepping else "standing"
    with override_settings(CLOCK=f"benchmarks.server.clock.{clock}"):
        ask(first, workload.status)
        with CaptureQueriesContext(connection) as captured:
            ask(rest[0] if rest else first, workload.status)
    return len(captured)


def main(port: int) -> None:
    """Print a line for each."""
    django.setup()
    for workload in workloads():
        print(workload.name, statements(workload, port))


if __name__ == "__main__":
    main(int(sys.argv[1]))
