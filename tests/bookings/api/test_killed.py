"""A 2xx answer means that the booking is on disk, whatever happens next (rule B10)."""

import contextlib
import os
import signal
import sqlite3
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.bookings.api.test_races import post
from tests.bookings.domain.racing import Attempt, racecourse
from tests.forking import manage
from tests.serving import Studio, environment, eventually

STARTS = [
    f"2026-08-{day:02}T{hour:02}:00:00-06:00" for day in range(4, 24) for hour in range(9, 16)
]
CLIENTS = 4
ENOUGH = 5
SLOW_SECONDS = 1.5  # longer than anything in the server waits between two looks at the world


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Where the studio keeps its files."""
    return tmp_path / "data"


@pytest.fixture
def wanted(live_database: str, data_dir: Path) -> dict[str, Any]:
    """What to book in a studio that is open all these days, but for the time."""
    with racecourse(live_database, str(data_dir)) as race:
        [names] = race(Attempt("write_studio"))
    location, session_type = names.split()
    client = {"name": "Ada L.", "email": "ada@example.org"}
    return {"location": location, "session_type": session_type, "client": client}


@pytest.fixture
def studio(
    live_database: str,
    wanted: dict[str, Any],
    start_studio: Callable[..., AbstractContextManager[Studio]],
) -> Iterator[Studio]:
    """The real server for it."""
    with start_studio(
        live_database, RATE_LIMITS="off", DJANGO_SETTINGS_MODULE="tests.live_settings"
    ) as started:
        eventually(lambda: started.log.count("Started worker") == len(started.workers))
        yield started


def test_b10_no_answered_booking_is_lost_when_everything_is_killed(
    live_database: str, data_dir: Path, wanted: dict[str, Any], studio: Studio
) -> None:
    answered: list[str] = []
    enough = threading.Event()

    def keep_booking(starts: list[str]) -> None:
        """Book one start after the other until nobody answers any more."""
        with contextlib.suppress(OSError, HTTPException):
            for start in starts:
                assert post(studio, "bookings/", wanted | {"starts_at": start}).status == 201
                answered.append(start)
                if len(answered) >= ENOUGH:
                    enough.set()

    with ThreadPoolExecutor(CLIENTS) as clients:
        booking = [
            clients.submit(keep_booking, STARTS[number::CLIENTS]) for number in range(CLIENTS)
        ]
        assert enough.wait(60)
        kill_everything(studio)
        for client in booking:
            client.result(60)

    kept = bookings_in(live_database, data_dir)
    assert len(answered) < len(STARTS)
    assert set(answered) <= set(kept)
    assert len(kept) == len(set(kept))
    manage("checkschedule", env=environment(live_database, data_dir))


@pytest.mark.parametrize("victim", ["nobody", "the server"])
def test_b10_a_booking_under_way_is_made_and_answered_before_the_server_leaves(
    live_database: str, data_dir: Path, wanted: dict[str, Any], studio: Studio, victim: str
) -> None:
    with ThreadPoolExecutor(1) as client:
        with no_writing(live_database):
            booking = client.submit(
                partial(post, studio, "bookings/", wanted | {"starts_at": STARTS[0]})
            )
            time.sleep(SLOW_SECONDS)
            studio.process.send_signal(signal.SIGKILL if victim == "the server" else signal.SIGTERM)
            time.sleep(SLOW_SECONDS)

        assert booking.result(60).status == 201

    eventually(lambda: not studio.workers)
    assert bookings_in(live_database, data_dir) == STARTS[:1]


def kill_everything(studio: Studio) -> None:
    """Kill the server and its workers where they stand, as a power cut does."""
    for pid in [studio.process.pid, *studio.workers]:
        os.kill(pid, signal.SIGKILL)
    studio.process.wait()
    eventually(lambda: not studio.workers)


@contextlib.contextmanager
def no_writing(database_url: str) -> Iterator[None]:
    """Let no process write a booking meanwhile."""
    if database_url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as file:
            file.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(database_url) as connection:
            connection.execute("LOCK TABLE bookings_booking IN EXCLUSIVE MODE")
            yield


def bookings_in(database_url: str, data_dir: Path) -> list[str]:
    """The starts of all bookings, as a process that comes afterwards reads them."""
    dumped = manage("dumpstudio", "--with-bookings", env=environment(database_url, data_dir))
    return [booking["starts_at"].isoformat() for booking in tomllib.loads(dumped)["bookings"]]
