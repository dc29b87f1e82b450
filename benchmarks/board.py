"""How long the day board of a large studio takes: `python -m benchmarks.board`.

Three locations, 20 therapists, 200 bookings on the day among 100,000 in all, on a database file
and on PostgreSQL. The times are those of the processor for the whole request, without the network
and what PostgreSQL works, beside those of a view that says hello: a page takes so long that by the
clock whatever else runs would come in between.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from benchmarks.core import median_ms
from benchmarks.databases import one_of_each
from tests.serving import environment, manage

if TYPE_CHECKING:  # Django is set up in the processes that measure
    from django.http import HttpResponse

    from bookings.models import Booking, Client, SessionType
    from studio.premises.models import Room
    from therapists.models import Therapist

SETTINGS = {"DJANGO_SETTINGS_MODULE": "benchmarks.server.settings"}
MONDAY = date(2026, 8, 3)
THERAPISTS, SESSIONS, DAYS = 20, 10, 500
"""Sessions of each therapist on each day; 400 days lie behind the Monday, the others ahead."""
ROUNDS = 40
EIGHT_IN_DENVER = timedelta(hours=14)
STRIDE = timedelta(minutes=75)


def fill() -> None:
    """Write the studio, as fast as the database's own rules allow."""
    from bookings.domain.staff import Role, create_staff
    from bookings.models import Booking, Client
    from tests.factories import (
        make_location,
        make_room,
        make_session_type,
        make_shift,
        make_studio,
        make_therapist,
    )

    make_studio()
    locations = [make_location(slug=f"location-{number}") for number in range(3)]
    rooms = [[make_room(location=each) for _ in range(THERAPISTS)] for each in locations]
    therapists = [make_therapist() for _ in range(THERAPISTS)]
    for therapist in therapists:
        for weekday in range(7):
            make_shift(
                therapist=therapist,
                location=locations[0],
                weekday=weekday,
                time_from="08:00",
                time_until="21:00",
            )
    session_type = make_session_type(buffer_after_minutes=15)
    clients = Client.objects.bulk_create(
        Client(name=f"Clementine Client {number}") for number in range(2000)
    )
    create_staff("reception", "barefoot-on-oiled-backs", Role.RECEPTIONIST)
    Booking.objects.bulk_create(bookings(rooms, therapists, session_type, clients), batch_size=2000)


def bookings(
    rooms: list[list["Room"]],
    therapists: list["Therapist"],
    session_type: "SessionType",
    clients: list["Client"],
) -> Iterator["Booking"]:
    """Full days; on the Monday everybody is at the first location, on others here and there."""
    from tests.factories import make_booking

    for number in range(DAYS):
        day = MONDAY + timedelta(days=number - 400)
        eight = datetime(day.year, day.month, day.day, tzinfo=UTC) + EIGHT_IN_DENVER
        for person, therapist in enumerate(therapists):
            place = 0 if day == MONDAY else (number + person) % 3
            for index in range(SESSIONS):
                yield make_booking(
                    therapist=therapist,
                    room=rooms[place][person],
                    session_type=session_type,
                    client=clients[(number * 7 + person * SESSIONS + index) % len(clients)],
                    starts_at=eight + index * STRIDE,
                    stored=False,
                )


def measure() -> None:
    """Print what the pages of the Monday take, for the process that has asked for it."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    fill()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(User.objects.get(username="reception"))
    get = partial(browser.get, query_params={"location": "location-0", "date": "2026-08-03"})
    etag = get("/admin/board/now/")["ETag"]
    pages = {
        "by therapist": partial(get, "/admin/board/"),
        "by room": partial(browser.get, "/admin/board/?location=location-0&by=room"),
        "a week": partial(browser.get, "/admin/board/week/?therapist=therapist-1"),
        "unchanged": partial(get, "/admin/board/now/", headers={"If-None-Match": etag}),
    }
    hello = partial(browser.get, "/hello/")
    found = {}
    for name, ask in pages.items():
        hello()
        ask()
        with CaptureQueriesContext(connection) as captured:
            page = cast("HttpResponse", ask())
        queries = len(captured)  # the next request forgets them
        took = median_ms(ask, ROUNDS, time.process_time)
        found[name] = {
            "status": page.status_code,
            "queries": queries,
            "kB": round(len(page.content) / 1000),
            "processor_ms": round(took, 1),
            "processor_ratio": round(took / median_ms(hello, ROUNDS, time.process_time), 1),
        }
    print(json.dumps(found))


def main() -> dict[str, Any]:
    """Print the figures, and give them by database and page."""
    found = {}
    print(
        f"The day board, {THERAPISTS} therapists, {THERAPISTS * SESSIONS} bookings on the day among"
        f" {THERAPISTS * SESSIONS * DAYS:,}:"
    )
    with tempfile.TemporaryDirectory() as directory, one_of_each(Path(directory)) as urls:
        for engine, url in urls.items():
            env = environment(url, Path(directory) / engine, **SETTINGS)
            manage("migrate", "-v0", env=env)
            manage("collectstatic", "-v0", "--noinput", env=env)
            measuring = [sys.executable, "-m", "benchmarks.board", "measure"]
            told = subprocess.run(measuring, env=env, check=True, stdout=subprocess.PIPE, text=True)
            found[engine] = json.loads(told.stdout)
            for name, page in found[engine].items():
                print(
                    f"  {engine:10} {name:12} {page['status']}, {page['queries']:2} queries,"
                    f" {page['kB']:3} kB, {page['processor_ms']:5.1f} ms of the processor,"
                    f" {page['processor_ratio']:5.1f} x hello"
                )
    return found


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
