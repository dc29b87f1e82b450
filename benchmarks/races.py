"""Fifty clients after the same time, again and again: `python -m benchmarks races`.

The real server on a database file and on PostgreSQL. Each round is about a time of its own: as many
get it as there are therapists for it, all others a refusal with alternatives. At the end the
database is asked whether anything was sold twice, or is there that nobody was told of.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from benchmarks.at_once import Answer, at_once
from benchmarks.databases import one_of_each
from benchmarks.workloads import BOOKINGS, request
from tests.serving import environment, manage, running_studio

CLIENTS, MOVERS = 50, 25
ROUNDS = 1000
GOAL_SECONDS = 0.5
"""All fifty have their answers by then, in the median round."""

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tests.live_settings",
    "RATE_LIMITS": "off",
    "LOG_LEVEL": "WARNING",
}
ZONE = ZoneInfo("America/Denver")
FIRST = date(2026, 8, 5)
HOURS = (8, 10, 12, 14, 16, 18)
"""Of each day; what overlaps a session at one of them ends before the next."""

HORIZON_DAYS = 365
THERAPISTS = 3
PLACE, SESSION, NAMED = "place", "session", "therapist-1"


@dataclass(frozen=True)
class Mover:
    """A booking that somebody would rather have at another time."""

    reference: str
    token: str


@dataclass
class Course:
    """A studio that is raced for, and who wants to move there."""

    port: int
    movers: list[Mover] = field(default_factory=list)

    def book(self, start: datetime, therapist: str | None = None) -> str:
        """The message of a client who wants a time."""
        body = {
            "location": PLACE,
            "session_type": SESSION,
            "starts_at": start.isoformat(),
            "therapist": therapist,
            "client": {"name": "Ada L.", "email": "ada@example.org"},
        }
        return request("POST", BOOKINGS, json.dumps(body), Content_Type="application/json")

    def move(self, mover: Mover, start: datetime) -> str:
        """The message of one who has a booking, and wants that time for it."""
        return request(
            "POST",
            f"{BOOKINGS}{mover.reference}/reschedule/",
            json.dumps({"starts_at": start.isoformat()}),
            Content_Type="application/json",
            Authorization=f"Booking {mover.token}",
        )

    def park(self, starts: Iterator[datetime]) -> None:
        """Book what will be moved, where nobody races."""
        messages = [
            self.book(start)
            for start in islice(starts, -(-MOVERS // THERAPISTS))
            for _ in range(THERAPISTS)
        ]
        for message in messages[:MOVERS]:
            [answer] = at_once(self.port, [message])
            assert answer.status == 201, answer
            self.movers.append(Mover(answer.body["reference"], answer.body["manage_token"]))


type Race = Callable[[Course, datetime], list[str]]
"""What all of a round say at once, who are after a start."""


def equal(course: Course, start: datetime) -> list[str]:
    """The same start with the same therapist."""
    return [course.book(start, NAMED)] * CLIENTS


def overlapping(course: Course, start: datetime) -> list[str]:
    """Starts of one therapist of which each lies in the sessions of the others."""
    starts = cycle(start + timedelta(minutes=late) for late in (0, 15, 30, 45))
    return [course.book(each, NAMED) for each in islice(starts, CLIENTS)]


def any_therapist(course: Course, start: datetime) -> list[str]:
    """The same start with whoever has time."""
    return [course.book(start)] * CLIENTS


def moves(course: Course, start: datetime) -> list[str]:
    """Some who have a booking and some who have none, by turns."""
    moving = [course.move(mover, start) for mover in course.movers]
    booking = [course.book(start)] * (CLIENTS - MOVERS)
    return [message for both in zip(moving, booking, strict=True) for message in both]


RACES: dict[str, tuple[Race, int]] = {
    "one start, one therapist": (equal, 1),
    "overlapping starts": (overlapping, 1),
    "one start, any therapist": (any_therapist, THERAPISTS),
    "moves against bookings": (moves, THERAPISTS),
}
"""With how many get a time."""

ALL = "all rounds"


@dataclass
class Result:
    """What came of the rounds on a database."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def every(self) -> list[float]:
        """Seconds until all of a round were answered, of every round."""
        return [each for race in self.seconds.values() for each in race]

    def told(self) -> dict[str, Any]:
        """For a file: seconds by race, and how many were given each status."""
        races = {**self.seconds, ALL: self.every}
        return {
            "rounds": len(self.every),
            "seconds": {
                name: {
                    "median": round(statistics.median(seconds), 3),
                    "slowest": round(max(seconds), 3),
                }
                for name, seconds in races.items()
            },
            "statuses": {str(status): count for status, count in sorted(self.statuses.items())},
        }

    def add(self, name: str, answers: list[Answer], winners: int) -> None:
        """Count a round; everybody was told either what they have or what is free instead."""
        told = Counter(answer.status for answer in answers)
        refusals = [answer.body for answer in answers if answer.status == 409]
        assert told[200] + told[201] == winners, (name, told)
        assert len(refusals) == CLIENTS - winners, (name, told)
        assert {each["code"] for each in refusals} == {"slot_unavailable"}, name
        assert all(each["alternatives"] for each in refusals), name
        self.seconds[name].append(max(answer.seconds for answer in answers))
        self.statuses += told


def starts() -> Iterator[datetime]:
    """Times that lie apart."""
    for number in range(HORIZON_DAYS - 5):
        for hour in HOURS:
            yield datetime.combine(FIRST + timedelta(days=number), time(hour), ZONE)


def measure(engine: str, url: str, directory: Path, rounds: int) -> Result:
    """Race on one database, and look at what is left."""
    env = environment(url, directory, **SETTINGS)
    manage("migrate", "-v0", env=env)
    told(env, "fill")
    times, result = starts(), Result()
    with running_studio(url, directory, None, **SETTINGS) as studio:
        port = urlsplit(studio.url).port
        assert port is not None
        course = Course(port)
        course.park(times)
        logged = len(studio.log)
        for number, (name, (race, winners)) in enumerate(islice(cycle(RACES.items()), rounds), 1):
            result.add(name, at_once(port, race(course, next(times))), winners)
            if number % 50 == 0 or number == rounds:
                progress = f"{engine}: {number} of {rounds} rounds, median"
                progress += f" {statistics.median(result.every):.3f} s"
                print(f"\r{progress}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        assert studio.log[logged:] == "", studio.log[logged:]
    sold = MOVERS + result.statuses[201]
    assert told(env, "look") == f"{sold} bookings, none overlap"
    manage("checkschedule", env=env)
    return result


def told(env: dict[str, str], part: str) -> str:
    """What a part of this says that works on the database."""
    command = [sys.executable, "-m", "benchmarks.races", part]
    return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def fill() -> None:
    """Write a studio with therapists and rooms enough for some of a round."""
    from tests.factories import (
        make_location,
        make_room,
        make_session_type,
        make_shift,
        make_studio,
        make_therapist,
    )

    make_studio()
    place = make_location(slug=PLACE, horizon_days=HORIZON_DAYS)
    therapists = [make_therapist() for _ in range(THERAPISTS)]
    for therapist in therapists:
        make_room(location=place)
        for weekday in range(7):
            make_shift(
                therapist=therapist,
                location=place,
                weekday=weekday,
                time_from="08:00",
                time_until="20:00",
            )
    make_session_type(slug=SESSION, locations=(place,), therapists=tuple(therapists))


def look() -> None:
    """Say how many bookings stand, and whether any two share a therapist or a room."""
    from bookings.models import Booking

    rows = Booking.objects.live().values_list(
        "therapist", "room", "occupied_from", "occupied_until"
    )
    taken = defaultdict[tuple[str, int], list[tuple[int, int]]](list)
    for therapist, room, start, end in rows:
        taken["therapist", therapist].append((start, end))
        taken["room", room].append((start, end))
    for whose, times in taken.items():
        times.sort()
        for (_, end), (start, _) in pairwise(times):
            assert end <= start, (whose, start)
    print(f"{len(rows)} bookings, none overlap", end="")


def main(rounds: int = ROUNDS) -> dict[str, Any]:
    """Print the figures, and give them by database."""
    found = {}
    print(f"{rounds} rounds of {CLIENTS} clients at once, seconds until the last has an answer:")
    with (
        tempfile.TemporaryDirectory() as directory,
        one_of_each(Path(directory), durable=True) as urls,
    ):
        for engine, url in urls.items():
            result = measure(engine, url, Path(directory) / engine, rounds)
            found[engine] = result.told()
            for name, took in found[engine]["seconds"].items():
                print(f"  {engine:10} {name:25} median {took['median']}, slowest {took['slowest']}")
            print(f"  {engine:10} {dict(result.statuses)}")
    return found


def slow(found: Mapping[str, Any]) -> list[str]:
    """A line for each database on which the median round takes too long."""
    return [
        f"races, {engine}: {took:.3f} s until all {CLIENTS} have an answer, in the median round;"
        f" it is to be {GOAL_SECONDS} at most"
        for engine, result in found.items()
        if (took := result["seconds"][ALL]["median"]) > GOAL_SECONDS
    ]


if __name__ == "__main__":
    import django

    django.setup()
    {"fill": fill, "look": look}[sys.argv[1]]()
