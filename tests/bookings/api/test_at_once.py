"""Many at the same moment, at a real server with several workers (rules A3, B2, B9 and B10)."""

import json
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.bookings.domain.racing import Attempt, racecourse
from tests.calling import BASE, DENVER_TEN, ROBIN

MANY = 12


def post(url: str, body: object, **headers: str) -> tuple[int, Any]:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json", **headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


@pytest.fixture
def studio(live_database, tmp_path, start_studio):
    """Where a small studio takes bookings, and a booking to send there."""
    with racecourse(live_database, str(tmp_path / "written")) as race:
        [names] = race(Attempt("write_studio"))
    location, session_type = names.split()
    settings = {"DJANGO_SETTINGS_MODULE": "tests.live_settings", "RATE_LIMITS": "off"}
    with start_studio(live_database, WORKERS="2", THREADS="4", **settings) as running:
        yield (
            f"{running.url}{BASE}bookings/",
            {
                "location": location,
                "session_type": session_type,
                "starts_at": DENVER_TEN,
                "client": ROBIN,
            },
        )


def test_many_at_once(studio):
    url, body = studio
    noon = {**body, "starts_at": DENVER_TEN.replace("T10", "T12")}

    with ThreadPoolExecutor(MANY) as pool:
        with_one_key = list(
            pool.map(lambda _n: post(url, body, **{"Idempotency-Key": "one"}), range(MANY))
        )
        without = list(pool.map(lambda _n: post(url, noon), range(MANY)))

    # B9: one booking, and everybody is told of it.
    assert {status for status, _answer in with_one_key} == {201}
    assert len({answer["manage_token"] for _status, answer in with_one_key}) == 1
    # B2: one gets the slot, and everybody else hears what is free instead.
    assert Counter(status for status, _answer in without) == {201: 1, 409: MANY - 1}
    offered = [answer["alternatives"] for status, answer in without if status == 409]
    assert all(len(slots) == 5 for slots in offered)
