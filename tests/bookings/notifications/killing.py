"""Workers that mail what is due, in processes of their own that can be killed.

One process sets Django up, never asks the database anything, and forks into the workers, so that a
new one is there at once. Time runs fast for them: a lease is over in seconds.
"""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

MINUTES_A_SECOND = 2
TIMEOUT_SECONDS = 1.5
BOOKINGS, REMINDERS = 20, 25
NOBODY = "nobody@example.org"
"""Whom the server does not know. The last booking is hers."""

JOIN_SECONDS = 30


KILL, STOP = signal.SIGKILL, signal.SIGTERM


class Workers:
    """What can be asked for: rows that are due, workers, and how far they are."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe

    def ask(self, what: str, *arguments: Any) -> Any:
        """Have it done in a process of its own, and give what it says."""
        self.pipe.send((what, arguments))
        assert self.pipe.poll(JOIN_SECONDS)
        return self.pipe.recv()


@contextlib.contextmanager
def workers(database_url: str, data_dir: str, mail_port: int) -> Iterator[Workers]:
    """Who can start workers on a database, for a mail server. Those left over are killed."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.live_settings",
        "DATABASE_URL": database_url,
        "DATA_DIR": data_dir,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "LOG_LEVEL": "ERROR",
    }
    starter = spawn.Process(target=_start, args=(environment, there))
    starter.start()
    there.close()
    try:
        yield Workers(here)
    finally:
        here.close()
        starter.join(JOIN_SECONDS)


def _start(environment: dict[str, str], asked: Connection) -> None:
    os.environ.update(environment)
    import django
    from django.conf import settings

    django.setup()
    settings.MAILERS["default"]["OPTIONS"]["timeout"] = TIMEOUT_SECONDS
    fork = multiprocessing.get_context("fork")
    begun, started = time.monotonic(), {}
    # Until the other end is closed.
    with contextlib.suppress(EOFError):
        while True:
            what, arguments = asked.recv()
            if what == "work":
                worker = fork.Process(target=_work, args=(begun,))
                worker.start()
                started[worker.pid] = worker
                asked.send(worker.pid)
            elif what == "end":
                pid, number = arguments
                os.kill(pid, number)
                started[pid].join(JOIN_SECONDS)
                asked.send(started.pop(pid).exitcode)
            else:
                said = fork.SimpleQueue()
                process = fork.Process(target=_say, args=(globals()[what], said))
                process.start()
                asked.send(said.get())
                process.join()
    for worker in started.values():
        worker.kill()


def _say(work: Callable[[], Any], said: Any) -> None:
    said.put(work())


def _work(begun: float) -> None:
    """The worker of `sendnotifications`, in a hurry, who says which process it is."""
    from django.core.mail import DNS_NAME

    from bookings.management.commands.sendnotifications import stops
    from bookings.notifications import worker
    from tests.clock import SEVEN_ON_MONDAY

    DNS_NAME._fqdn = f"worker-{os.getpid()}"
    worker.IDLE_SECONDS = 0.1  # type: ignore[assignment]
    worker.RESTS = (0.1,)  # type: ignore[assignment]

    def clock() -> int:
        return SEVEN_ON_MONDAY + int((time.monotonic() - begun) * MINUTES_A_SECOND)

    with stops() as stop:
        worker.Worker(clock=clock, is_stopping=stop.is_asked).run()


def fill() -> tuple[set[str], set[str]]:
    """Write bookings with reminders that are due; the mails that should arrive, and the others."""
    from datetime import timedelta

    from bookings.enums import NotificationKind
    from bookings.models import Notification
    from bookings.notifications.identity import message_id
    from bookings.scheduling.hours import to_instant
    from tests.clock import SEVEN_ON_MONDAY
    from tests.factories import make_bookable, make_booking, make_client

    studio, due = make_bookable(), to_instant(SEVEN_ON_MONDAY)
    for number in range(BOOKINGS):
        client = make_client(name=f"Client {number}")
        client.email = NOBODY if number == BOOKINGS - 1 else f"client-{number}@example.org"
        client.save()
        booking = make_booking(
            therapist=studio.therapist,
            room=studio.room,
            session_type=studio.session_type,
            client=client,
            starts_at=due + timedelta(days=2 + number),
        )
        Notification.objects.bulk_create(
            Notification(
                booking=booking,
                kind=NotificationKind.REMINDER,
                start=booking.starts_at,
                lead_hours=hours,
                due_at=due,
                queued_at=due,
            )
            for hours in range(1, REMINDERS + 1)
        )
    rows = list(Notification.objects.select_related("booking__client"))
    known = {message_id(row) for row in rows if row.booking.client.email != NOBODY}  # type: ignore[union-attr]
    return known, {message_id(row) for row in rows} - known


def states() -> dict[str, int]:
    """How many rows are in each state."""
    from django.db.models import Count

    from bookings.models import Notification

    counted = Notification.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict(counted)
