"""How fast what is due leaves: `python -m benchmarks.mail`.

10,000 reminders on a database file and on PostgreSQL, mailed by one worker to a mail server on the
loopback. Memory is what the worker's process has resident.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.databases import one_of_each
from tests.bookings.notifications.mail_server import MailServer, mail_server
from tests.serving import ROOT, environment, manage

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.live_settings", "LOG_LEVEL": "WARNING"}
BOOKINGS, REMINDERS = 400, 25
BEGUN = 500
"""After so many messages the worker has all that it ever needs in memory."""

MEGABYTE = 1_000_000


def fill() -> None:
    """Write bookings of the days ahead, each with reminders that are due."""
    import django

    django.setup()
    from bookings.enums import NotificationKind
    from bookings.models import Booking, Notification
    from bookings.scheduling.hours import to_instant
    from tests.clock import SEVEN_ON_MONDAY
    from tests.factories import make_bookable, make_booking, make_client

    studio, due = make_bookable(), to_instant(SEVEN_ON_MONDAY)
    for number in range(BOOKINGS):
        client = make_client(name=f"Clementine Client {number}")
        client.email = f"client-{number}@example.org"
        client.save()
        make_booking(
            therapist=studio.therapist,
            room=studio.room,
            session_type=studio.session_type,
            client=client,
            starts_at=due + timedelta(days=2, hours=2 * number),
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
        for booking in Booking.objects.all()
        for hours in range(1, REMINDERS + 1)
    )


def measure(engine: str, url: str, directory: Path) -> dict[str, float]:
    """Print a line for one database."""
    env = environment(url, directory, **SETTINGS)
    manage("migrate", "-v0", env=env)
    subprocess.run([sys.executable, "-m", "benchmarks.mail", "fill"], env=env, check=True)
    with mail_server() as server:
        seconds, begun, peak = drained(server, env)
    count = BOOKINGS * REMINDERS
    assert len({each.message_id for each in server.accepted}) == len(server.accepted) == count
    print(
        f"{engine:10} {count} messages in {seconds:.1f} s, {count / seconds:.0f} a second;"
        f" memory {begun / MEGABYTE:.1f} MB after {BEGUN}, {peak / MEGABYTE:.1f} MB at most"
    )
    return {"a_second": round(count / seconds), "peak_mb": round(peak / MEGABYTE, 1)}


def drained(server: MailServer, env: dict[str, str]) -> tuple[float, int, int]:
    """Send all that is due: the seconds it took, and the memory after a while and at most."""
    began, ended, begun, peak = 0.0, 0.0, 0, 0
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "sendnotifications", "--once"],
        cwd=ROOT,
        env=env | {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}"},
        stdout=subprocess.DEVNULL,
    )
    while worker.poll() is None:
        count = len(server.accepted)
        if count and not began:
            began = time.perf_counter()
        if count >= BEGUN:
            peak = max(peak, memory(worker.pid))
            begun = begun or peak
        if count == BOOKINGS * REMINDERS and not ended:
            ended = time.perf_counter()
        time.sleep(0.02)
    assert worker.returncode == 0
    return ended - began, begun, peak


def memory(pid: int) -> int:
    """Bytes that a process has resident; 0 when it has just ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> dict[str, Any]:
    """Print the figures, and give them by database."""
    print(f"{BOOKINGS * REMINDERS} notifications that are due:")
    with tempfile.TemporaryDirectory() as directory, one_of_each(Path(directory)) as urls:
        return {
            engine: measure(engine, url, Path(directory) / engine) for engine, url in urls.items()
        }


if __name__ == "__main__":
    fill() if sys.argv[1:] == ["fill"] else main()
