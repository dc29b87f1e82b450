"""A 2xx answer means that the booking is on disk, whatever happens next (rule B10)."""

import contextlib
import http.client
import json
import os
import signal
import threading
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.bookings.domain.racing import Attempt, race
from tests.serving import Studio, environment, manage

STARTS = [
    f"2026-08-{day:02}T{hour:02}:00:00-06:00" for day in range(4, 24) for hour in range(9, 16)
]
ENOUGH = 5


def test_b10_no_answered_booking_is_lost_when_the_server_is_killed(
    live_database: str,
    tmp_path: Path,
    start_studio: Callable[..., AbstractContextManager[Studio]],
) -> None:
    data_dir = tmp_path / "data"
    [names] = race(live_database, str(data_dir), [Attempt("write_studio", ())], guarded=True)
    location, session_type = names.split()
    wanted = {"location": location, "session_type": session_type}
    answered: list[str] = []
    enough = threading.Event()

    def keep_booking(studio: Studio, starts: list[str]) -> None:
        """Book one start after the other until nobody answers any more."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            for start in starts:
                assert book(studio, wanted | {"starts_at": start}) == 201
                answered.append(start)
                if len(answered) >= ENOUGH:
                    enough.set()

    with start_studio(
        live_database, RATE_LIMITS="off", DJANGO_SETTINGS_MODULE="tests.live_settings"
    ) as studio:
        clients = [
            threading.Thread(target=keep_booking, args=(studio, STARTS[number::4]))
            for number in range(4)
        ]
        for client in clients:
            client.start()
        assert enough.wait(60)
        os.killpg(studio.process.pid, signal.SIGKILL)
        for client in clients:
            client.join(60)

    kept = bookings_in(live_database, data_dir)
    assert len(answered) < len(STARTS)
    assert set(answered) <= set(kept)
    assert len(kept) == len(set(kept))
    manage("checkschedule", env=environment(live_database, data_dir))


def book(studio: Studio, body: dict[str, Any]) -> int:
    """Book for somebody, and give the status of the answer."""
    connection = http.client.HTTPConnection(urlsplit(studio.url).netloc, timeout=60)
    client = {"name": "Ada L.", "email": "ada@example.org"}
    connection.request(
        "POST",
        "/api/v1/bookings/",
        json.dumps(body | {"client": client}),
        {"Content-Type": "application/json"},
    )
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def bookings_in(database_url: str, data_dir: Path) -> list[str]:
    """The starts of all bookings, as a process that comes afterwards reads them."""
    dumped = manage("dumpstudio", "--with-bookings", env=environment(database_url, data_dir))
    return [booking["starts_at"].isoformat() for booking in tomllib.loads(dumped)["bookings"]]
