"""A 2xx answer means that the booking is on disk, whatever happens next (rule B10)."""

import os
import signal
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from tests.bookings.api.test_races import post
from tests.bookings.domain.racing import Attempt, race
from tests.serving import Studio, environment, manage

STARTS = [f"2026-08-{day:02}T10:00:00-06:00" for day in range(4, 9)]


def test_b10_no_answered_booking_is_lost_when_the_server_is_killed(
    live_database: str,
    tmp_path: Path,
    start_studio: Callable[..., AbstractContextManager[Studio]],
) -> None:
    data_dir = tmp_path / "data"
    [names] = race(live_database, str(data_dir), [Attempt("write_studio", ())], guarded=True)
    location, session_type = names.split()
    wanted = {"location": location, "session_type": session_type}

    with start_studio(
        live_database, RATE_LIMITS="off", DJANGO_SETTINGS_MODULE="tests.live_settings"
    ) as studio:
        answers = [book(studio, wanted | {"starts_at": start}) for start in STARTS]
        os.killpg(studio.process.pid, signal.SIGKILL)
        studio.process.wait()

    assert answers == [201] * len(STARTS)
    assert bookings_in(live_database, data_dir) == STARTS


def book(studio: Studio, body: dict[str, Any]) -> int:
    """Book for somebody, and give the status of the answer."""
    client = {"name": "Ada L.", "email": "ada@example.org"}
    return post(studio, "bookings/", body | {"client": client}).status


def bookings_in(database_url: str, data_dir: Path) -> list[str]:
    """The starts of all bookings, as a process that comes afterwards reads them."""
    dumped = manage("dumpstudio", "--with-bookings", env=environment(database_url, data_dir))
    return [booking["starts_at"].isoformat() for booking in tomllib.loads(dumped)["bookings"]]
