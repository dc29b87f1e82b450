"""Workers that mail what is due, in processes of their own that can be killed.

Time runs fast for them: a lease is over in seconds.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import forking
from tests.serving import environment, eventually

MINUTES_A_SECOND = 2
TIMEOUT_SECONDS = 1.5
BOOKINGS, REMINDERS = 20, 25
NOBODY = "nobody@example.org"
"""Whom the server does not know. The last booking is hers."""


class Workers:
    """Workers on a database that mail by a server, and what its rows say."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env, self.since = env, time.monotonic()
        self.begun: list[forking.Fork] = []

    def begin(self) -> forking.Fork:
        """A new one at work."""
        self.begun.append(forking.begin(_work, self.since, env=self.env))
        return self.begun[-1]

    def ask[T](self, what: Callable[[], T]) -> T:
        """What a function finds in the database, or makes there."""
        return forking.run(what, env=self.env)


@contextlib.contextmanager
def workers(database_url: str, data_dir: Path, mail_port: int) -> Iterator[Workers]:
    """Who can start workers on a database, for a mail server. Those left over are killed."""
    data_dir.mkdir(exist_ok=True)
    mail = {"EMAIL_URL": f"smtp://127.0.0.1:{mail_port}", "LOG_LEVEL": "ERROR"}
    settings = {"DJANGO_SETTINGS_MODULE": "tests.live_settings"}
    crew = Workers(environment(database_url, data_dir, **settings, **mail))
    try:
        yield crew
    finally:
        for worker in crew.begun:
            worker.kill()


def _work(begun: float) -> None:
    """The worker of `sendnotifications`, in a hurry, who says which process it is."""
    from django.conf import settings
    from django.core.mail import DNS_NAME

    from bookings.management.commands.sendnotifications import stops
    from bookings.notifications import worker
    from tests.clock import SEVEN_ON_MONDAY

    settings.MAILERS["default"]["OPTIONS"]["timeout"] = TIMEOUT_SECONDS
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


def wait_until_nothing_is_queued() -> None:
    """Wait for the workers; fail when they do not come to an end."""
    eventually(lambda: "queued" not in states())
