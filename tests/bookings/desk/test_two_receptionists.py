"""Two receptionists at once, each at a browser of her own, at a real server (rules B2, B5, B10)."""

import contextlib
import http.client
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit

import pytest

from bookings.domain.links import new_reference
from bookings.scheduling.hours import to_minute
from tests.factories import at
from tests.forking import manage
from tests.serving import Studio, environment

PASSWORD = "barefoot-on-oiled-backs"
EACH_MAKES = 100
MOST_TRIES = 1000
DAYS = [date(2026, 8, 3) + timedelta(days=number) for number in range(21)]
TIMES = [f"{hour:02}:{minute:02}" for hour in range(9, 17) for minute in (0, 30)]
THERAPISTS = ("ana", "bea", "cy", "dee")

WRITE_STUDIO = f"""
from bookings.domain.staff import Role, create_staff
from tests.factories import make_location, make_room, make_session_type, make_shift, make_therapist
here = make_location(slug="here")
therapists = tuple(make_therapist(slug=slug) for slug in {THERAPISTS!r})
for therapist in therapists:
    for weekday in range(7):
        make_shift(therapist=therapist, location=here, weekday=weekday)
for slug in ("north", "south", "west"):
    make_room(location=here, slug=slug)
make_session_type(slug="session", locations=(here,), therapists=therapists)
for name in ("one", "two"):
    create_staff(name, "{PASSWORD}", Role.RECEPTIONIST)
"""

READ_BOOKINGS = """
import json
from bookings.models import Booking, Event
from bookings.scheduling.hours import to_minute
from datetime import datetime
moved = Event.objects.filter(kind="moved").values_list("booking__reference", "details__after")
moves = [
    [reference, to_minute(datetime.fromisoformat(after["starts_at"])), after["therapist"]]
    for reference, after in moved
]
states = dict(Booking.objects.values_list("reference", "status"))
places = {b.reference: [to_minute(b.starts_at), b.therapist.slug] for b in Booking.objects.all()}
print(json.dumps({"moves": moves, "states": states, "places": places}))
"""


@dataclass
class Diary:
    """What the server has acknowledged to either of them, by the bookings' references."""

    numbers: dict[str, int] = field(default_factory=dict)
    places: dict[str, tuple[int, str]] = field(default_factory=dict)
    moves: list[tuple[str, int, str]] = field(default_factory=list)
    cancelled: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Receptionist:
    """A browser in which somebody has signed in, and what she does all morning."""

    def __init__(self, studio: Studio, name: str, diary: Diary, rng: Random) -> None:
        self.line = http.client.HTTPConnection(urlsplit(studio.url).netloc, timeout=60)
        self.cookies: dict[str, str] = {}
        self.diary, self.rng = diary, rng
        self.get("/admin/login/")
        signed_in = self.post("/admin/login/", username=name, password=PASSWORD)
        assert signed_in.status == 302

    def work(self) -> None:
        """Book a hundred sessions, and between them move and cancel whatever there is."""
        made, tries = 0, 0
        with contextlib.closing(self.line):
            while made < EACH_MAKES:
                tries += 1
                assert tries < MOST_TRIES
                if self.rng.random() < 0.6 or not self.diary.places:
                    made += self.book()
                elif self.rng.random() < 0.75:
                    self.move()
                else:
                    self.cancel()

    def book(self) -> bool:
        start, therapist = self.somewhere()
        answer = self.post(
            "/admin/book/",
            do="book",
            location="here",
            session_type="session",
            day=start[:10],
            time=start[11:],
            therapist=therapist,
            client_name="Robin Client",
            client_phone="+1 303 555 0142",
            pressure="medium",
            reference=new_reference(),
        )
        self.note("book", answer.status)
        if answer.status == 200:
            assert re.search(r"\(S[234]\)", self.body)
            return False
        reference = answer.headers["Location"].split("/")[-2]
        with self.diary.lock:
            self.diary.places[reference] = (to_minute(at(start)), therapist)
        return True

    def move(self) -> None:
        reference, (seen_start, seen_column) = self.any_booking()
        start, therapist = self.somewhere()
        answer = self.post(
            "/admin/board/move/",
            booking=self.number_of(reference),
            by="therapist",
            start=to_minute(at(start)),
            column=therapist,
            seen_start=seen_start,
            seen_column=seen_column,
        )
        self.note("move", answer.status)
        said = json.loads(self.body)
        assert said["words"]
        if answer.status == 200:
            place = (said["start"], said["column"])
            with self.diary.lock:
                self.diary.places[reference] = place
                if place != (seen_start, seen_column):
                    self.diary.moves.append((reference, *place))

    def cancel(self) -> None:
        reference, _place = self.any_booking()
        answer = self.post(f"/admin/booking/{reference}/step/cancel/", reason="She has a cold")
        self.note("cancel", answer.status)
        with self.diary.lock:
            self.diary.cancelled.add(reference)

    def any_booking(self) -> tuple[str, tuple[int, str]]:
        """One of all, whoever made it; what she knows of it may be a moment old."""
        with self.diary.lock:
            return self.rng.choice(sorted(self.diary.places.items()))

    def number_of(self, reference: str) -> int:
        """What the board calls it, as its page links there."""
        if reference not in self.diary.numbers:
            self.get(f"/admin/booking/{reference}/")
            found = re.findall(r"#booking-(\d+)", self.body)
            self.diary.numbers[reference] = int(found[0])
        return self.diary.numbers[reference]

    def somewhere(self) -> tuple[str, str]:
        start = f"{self.rng.choice(DAYS)} {self.rng.choice(TIMES)}"
        return start, self.rng.choice(THERAPISTS)

    def note(self, what: str, status: int) -> None:
        with self.diary.lock:
            self.diary.answers[f"{what} {status}"] += 1

    def get(self, path: str) -> http.client.HTTPResponse:
        return self._send("GET", path, None)

    def post(self, path: str, **fields: object) -> http.client.HTTPResponse:
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        return self._send("POST", path, urlencode(token | fields))

    def _send(self, method: str, path: str, body: str | None) -> http.client.HTTPResponse:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        self.body = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


@pytest.fixture
def env(live_database: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a small studio with two receptionists, seven on a Monday."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.live_settings", "RATE_LIMITS": "off"}
    found = environment(live_database, tmp_path / "data", **settings)
    manage("shell", "-v0", "-c", WRITE_STUDIO, env=found)
    return found


@pytest.fixture
def studio(
    live_database: str,
    env: dict[str, str],
    start_studio: Callable[..., AbstractContextManager[Studio]],
) -> Iterator[Studio]:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.live_settings", "RATE_LIMITS": "off"}
    with start_studio(live_database, WORKERS="2", **settings) as running:
        yield running


def test_two_hundred_bookings_by_two_at_once_leave_everything_consistent(studio, env):
    diary = Diary()
    both = [Receptionist(studio, name, diary, Random(name)) for name in ("one", "two")]

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(each.work) for each in both]:
            done.result()

    found = json.loads(manage("shell", "-v0", "-c", READ_BOOKINGS, env=env))
    assert len(found["states"]) == 2 * EACH_MAKES == len(diary.places)
    # B10: every change that was acknowledged is there, and no other.
    assert Counter(map(tuple, found["moves"])) == Counter(diary.moves)
    cancelled = {each for each, state in found["states"].items() if state == "cancelled"}
    assert cancelled == diary.cancelled
    assert {each: tuple(place) for each, place in found["places"].items()} == diary.places
    # They were in each other's way, and were told so in good order.
    assert set(diary.answers) == {"book 302", "book 200", "move 200", "move 409", "cancel 302"}
    assert "Nothing is wrong; 200 bookings" in manage("checkschedule", env=env)
