"""Fifty clients at one slot, through the real server (rules B2, A3 and B10)."""

import contextlib
import http.client
import itertools
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.bookings.domain.racing import Attempt, Race, racecourse
from tests.serving import Studio

CLIENTS = 50
DAYS = [f"2026-08-{day:02}" for day in range(3, 8)]


@dataclass(frozen=True)
class Answer:
    """What one client got."""

    status: int
    content_type: str
    body: dict[str, Any]


def post(studio: Studio, path: str, body: dict[str, Any], token: str | None = None) -> Answer:
    """POST a JSON body and read the answer."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Booking {token}"
    connection = http.client.HTTPConnection(urlsplit(studio.url).netloc, timeout=60)
    with contextlib.closing(connection):
        connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
        response = connection.getresponse()
        content = json.loads(response.read())
    return Answer(response.status, response.headers["Content-Type"], content)


def at_once[T](requests: Sequence[Callable[[], T]]) -> list[T]:
    """Send every request at the same moment."""
    start = threading.Barrier(len(requests))

    def send(request: Callable[[], T]) -> T:
        start.wait()
        return request()

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


@pytest.fixture
def race(live_database: str, tmp_path: Path) -> Iterator[Race]:
    with racecourse(live_database, str(tmp_path / "data")) as race:
        yield race


@pytest.fixture
def booking(race: Race) -> dict[str, Any]:
    """The body of a booking in a studio that has been written to the live database."""
    [names] = race(Attempt("write_studio"))
    location, session_type = names.split()
    return {
        "location": location,
        "session_type": session_type,
        "client": {"name": "Ada L.", "email": "ada@example.org"},
    }


@pytest.fixture
def studio(
    live_database: str,
    booking: dict[str, Any],
    start_studio: Callable[..., AbstractContextManager[Studio]],
) -> Iterator[Studio]:
    with start_studio(
        live_database, RATE_LIMITS="off", DJANGO_SETTINGS_MODULE="tests.live_settings"
    ) as running:
        yield running


@pytest.fixture
def is_sound(live_database: str, race: Race) -> Callable[[], bool]:
    """Whether `checkschedule` finds nothing wrong, and PostgreSQL has met no deadlock."""

    def look() -> bool:
        assert race(Attempt("look_over")) == ["sound"]
        return not live_database.startswith("postgres") or deadlocks(live_database) == 0

    return look


def deadlocks(database_url: str) -> int:
    """How many deadlocks a PostgreSQL database has had to break up, a second of stalling each."""
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
    assert row is not None
    return int(row[0])


def requests_for(studio: Studio, bodies: list[dict[str, Any]]) -> list[Callable[[], Answer]]:
    """One request to book for each body."""
    return [partial(post, studio, "bookings/", body) for body in bodies]


def assert_one_won(answers: list[Answer]) -> None:
    """One client has the slot; every other got a clean refusal with alternatives."""
    assert Counter(answer.status for answer in answers) == {201: 1, 409: len(answers) - 1}
    refusals = [answer for answer in answers if answer.status == 409]
    assert {answer.content_type for answer in refusals} == {"application/problem+json"}
    assert {answer.body["code"] for answer in refusals} == {"slot_unavailable"}
    assert all(answer.body["alternatives"] for answer in refusals)


def test_b2_of_fifty_clients_at_one_slot_one_wins_five_times(
    studio: Studio, booking: dict[str, Any], is_sound: Callable[[], bool]
) -> None:
    for day in DAYS:
        bodies = [booking | {"starts_at": f"{day}T10:00:00-06:00"}] * CLIENTS

        answers = at_once(requests_for(studio, bodies))

        assert_one_won(answers)
    assert is_sound()


def test_b2_of_fifty_clients_at_overlapping_slots_one_wins_five_times(
    studio: Studio, booking: dict[str, Any], is_sound: Callable[[], bool]
) -> None:
    for day in DAYS:
        starts = [f"{day}T10:{quarter:02}:00-06:00" for quarter in (0, 15, 30, 45)]
        wishes = itertools.islice(itertools.cycle(starts), CLIENTS)

        answers = at_once(
            requests_for(studio, [booking | {"starts_at": start} for start in wishes])
        )

        assert_one_won(answers)
    assert is_sound()


def test_b5_two_moves_into_each_others_slot_fail_cleanly(
    studio: Studio, booking: dict[str, Any], is_sound: Callable[[], bool]
) -> None:
    starts = ["2026-08-03T10:00:00-06:00", "2026-08-03T13:00:00-06:00"]
    made = [post(studio, "bookings/", booking | {"starts_at": start}) for start in starts]
    moves = [
        partial(
            post,
            studio,
            f"bookings/{answer.body['reference']}/reschedule/",
            {"starts_at": start},
            answer.body["manage_token"],
        )
        for answer, start in zip(made, reversed(starts), strict=True)
    ]

    answers = at_once(moves)

    assert [answer.status for answer in answers] == [409, 409]
    assert is_sound()
