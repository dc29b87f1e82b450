"""What is asked of a studio: the workloads, as whole HTTP messages."""

import http.client
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.driver import Unit
from benchmarks.studios import (
    DAYS_AHEAD,
    HORIZON_DAYS,
    LOCATION,
    SESSION_TYPE,
    STARTS,
    TODAY,
    ZONE,
)

AVAILABILITY, BOOKINGS = "/api/v1/availability/", "/api/v1/bookings/"
HOST = "127.0.0.1"
LAST = TODAY + timedelta(days=DAYS_AHEAD - 1)

# Every question that the demo's questionnaire requires at booking.
QUESTIONS = (
    *("pregnant", "implants", "eye_surgery", "surgery", "blood_thinners", "clots"),
    *("osteoporosis", "blood_pressure", "heart", "varicose_veins", "injury", "kidneys"),
    *("cancer_treatment", "autoimmune", "diabetes", "infection"),
)

type Port = int


@dataclass(frozen=True)
class Workload:
    """Something that is asked for again and again."""

    name: str
    short: str
    told: str
    units: Callable[[Port], Sequence[Unit]]
    """What is sent next to the server at a port, as often as there is time for."""

    part: str = "availability"
    status: int = 200
    commits: bool = False
    stepping: bool = False
    """Whether each request comes a minute before the last, so that no answer is at hand."""

    counts: tuple[int, int] | None = None
    """How many units one client and eight clients send, where each can be sent only once."""


def request(method: str, path: str, body: str = "", **headers: str) -> str:
    """An HTTP message."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body.encode())}")
    return "\r\n".join([*lines, "", body])


def availability(days: int, first: int = 0) -> str:
    """The path that says when any therapist has time."""
    begin = TODAY + timedelta(days=first)
    return f"{AVAILABILITY}?" + urlencode(
        {
            "location": LOCATION,
            "session_type": SESSION_TYPE,
            "from": begin,
            "until": begin + timedelta(days=days - 1),
        }
    )


def a_day(port: Port) -> list[Unit]:
    """W1, day after day of the month."""
    return [[request("GET", availability(1, first))] for first in range(DAYS_AHEAD)]


def the_same_day(port: Port) -> list[Unit]:
    """W1 over and over."""
    return [[request("GET", availability(1, first=3))]]


def an_unchanged_day(port: Port) -> list[Unit]:
    """W1 by who has the answer already."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", availability(1, first=3))
        etag = connection.getresponse().headers["ETag"]
    return [[request("GET", availability(1, first=3), If_None_Match=etag)]]


def a_month(port: Port) -> list[Unit]:
    """W2."""
    return [[request("GET", availability(DAYS_AHEAD))]]


def open_times(port: Port) -> int:
    """How many starts the month offers, each counted for each therapist."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", availability(DAYS_AHEAD))
        days = json.load(connection.getresponse())["days"]
    return sum(len(slot["therapists"]) for day in days for slot in day["slots"])


def hello(port: Port) -> list[Unit]:
    """The least that any answer costs."""
    return [[request("GET", "/hello/")]]


def bookings() -> Callable[[Port], list[Unit]]:
    """W3: every time somebody else, at a start that nobody has asked for yet."""
    units = _bookings()
    return lambda port: list(islice(units, max(BOOKINGS_AT_ONCE)))


def _bookings() -> Iterator[Unit]:
    starts = (
        (TODAY + timedelta(days=number), start)
        for number in range(DAYS_AHEAD, HORIZON_DAYS)
        for start in STARTS
    )
    for number, (day, start) in enumerate(starts):
        body = {
            "location": LOCATION,
            "session_type": SESSION_TYPE,
            "starts_at": datetime.combine(day, start, ZONE).isoformat(),
            "client": {
                "name": f"Newcomer {number}",
                "email": f"newcomer-{number}@example.com",
                "phone": "+13035550142",
            },
            "pressure": "medium",
            "health_screening": {
                "version": 1,
                "consent": True,
                "answers": {key: {"answer": "no"} for key in QUESTIONS},
            },
        }
        headers = {"Content_Type": "application/json", "Idempotency_Key": str(uuid4())}
        yield [request("POST", BOOKINGS, json.dumps(body), **headers)]


HELLO = Workload("hello", "hello", "a view that says hello, through the same middleware", hello)
BOOKINGS_AT_ONCE = (60, 160)


def workloads() -> list[Workload]:
    """All of them, new ones: what can be sent once only has not been sent yet."""
    return [
        Workload("W1", "one day", "one day, any therapist", a_day, stepping=True),
        Workload("W1 again", "the same day", "the same day again in the same minute", the_same_day),
        Workload(
            "W1 by ETag",
            "unchanged",
            "the same day, by who has the answer already",
            an_unchanged_day,
            status=304,
        ),
        Workload("W2", "30 days", "30 days, every slot, one request", a_month, stepping=True),
        Workload(
            "W2 again", "the same 30 days", "the same 30 days again in the same minute", a_month
        ),
        Workload(
            "W3",
            "booking",
            "book: client, screening, event, mail, all of it on disk",
            bookings(),
            part="booking",
            status=201,
            commits=True,
            counts=BOOKINGS_AT_ONCE,
        ),
    ]
