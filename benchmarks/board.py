"""How long the day board of a large studio takes: `python -m benchmarks.board`.

Three locations, 20 therapists, 200 bookings on the day among 100,000 in all, on a database file
and on PostgreSQL. The times are those of the whole request, without the network.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from benchmarks.core import median_ms
from benchmarks.races import databases
from tests.serving import environment, manage

if TYPE_CHECKING:  # Django is set up in the processes that measure
    from django.http import HttpResponse

    from bookings.models import Booking, Client, SessionType
    from studio.premises.models import Room
    from therapists.models import Therapist

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.live_settings"}
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


def measure(engine: str) -> None:
    """Print what the pages of the Monday take."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    begun = time.perf_counter()
    fill()
    print(
        f"{engine}: {THERAPISTS * SESSIONS * DAYS} bookings in {time.perf_counter() - begun:.0f} s"
    )
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
    for name, ask in pages.items():
        ask()
        with CaptureQueriesContext(connection) as captured:
            page = cast("HttpResponse", ask())
        print(
            f"  {name:12} {page.status_code}, {len(captured):2} queries,"
            f" {len(page.content) / 1000:3.0f} kB, median {median_ms(ask, ROUNDS):5.1f} ms"
        )


def main() -> None:
    """Print the figures."""
    print(f"The day board, {THERAPISTS} therapists, {THERAPISTS * SESSIONS} bookings on the day:")
    with tempfile.TemporaryDirectory() as directory, databases(Path(directory)) as urls:
        for engine, url in urls.items():
            env = environment(url, Path(directory) / engine, **SETTINGS)
            manage("migrate", "-v0", env=env)
            manage("collectstatic", "-v0", "--noinput", env=env)
            subprocess.run([sys.executable, "-m", "benchmarks.board", engine], env=env, check=True)


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
