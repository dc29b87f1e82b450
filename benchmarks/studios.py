"""The studios that are measured, as studio files: what loads them is what loads anybody's.

The clock stands at seven on a Monday morning (`benchmarks.server.clock`). The 30 days from then on
are half full; what is missing until the number of bookings lies behind, on full days.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import tomli_w

from tests.serving import ROOT

DEMO = ROOT / "studio/studio_file/examples/demo.toml"
LOCATION, SESSION_TYPE = "main", "bar-60"
ZONE = ZoneInfo("America/Denver")
TODAY = date(2026, 8, 3)
DAYS_AHEAD = 30
OPEN, CLOSE = "09:00", "19:00"
STARTS = [time(9 + minutes // 60, minutes % 60) for minutes in range(0, 600, 75)]
"""A session of an hour and the quarter after it, from opening to closing."""

HORIZON_DAYS = 365
VISITS = 10
"""So often has a client come, more or less."""


@dataclass(frozen=True)
class Size:
    """How large a studio is."""

    therapists: int
    bookings: int
    branches: int = 0
    """Other locations, each with a room and a therapist of its own whom nobody has booked."""

    def __str__(self) -> str:
        told = f"{self.therapists} therapists, {self.bookings:,} bookings"
        return f"{told}, {self.branches:,} branches" if self.branches else told


SMALL, LARGE = Size(5, 1_000), Size(50, 100_000)


@dataclass(frozen=True)
class Session:
    """One booking: whose, and when on the location's wall clock."""

    therapist: int
    day: date
    start: time

    @property
    def starts_at(self) -> datetime:
        """The instant."""
        return datetime.combine(self.day, self.start, ZONE)


def sessions(size: Size) -> Iterator[Session]:
    """Every booking, the same ones in every run; those ahead first, then further and further back.

    Half of a day's starts ahead are taken for each therapist, by chance.
    """
    chance = random.Random(6)
    left = size.bookings
    for number in range(DAYS_AHEAD):
        for therapist in range(size.therapists):
            for start in sorted(chance.sample(STARTS, len(STARTS) // 2)):
                yield Session(therapist, TODAY + timedelta(days=number), start)
                left -= 1
    for number in range(left):
        back, index = divmod(number, size.therapists * len(STARTS))
        therapist, at = divmod(index, len(STARTS))
        yield Session(therapist, TODAY - timedelta(days=1 + back), STARTS[at])


def studio_file(size: Size) -> dict[str, Any]:
    """The studio as `loadstudio` reads it; what it asks about health is what the demo asks."""
    demo = tomllib.loads(DEMO.read_text())
    qualifications = [each["slug"] for each in demo["qualifications"] if each["slug"] != "mat"]
    branches = [f"branch-{number}" for number in range(size.branches)]
    return {
        "studio": {"name": "A measured studio", "currency": "USD"},
        "equipment": demo["equipment"],
        "qualifications": demo["qualifications"],
        "locations": [
            _location(LOCATION, [f"room-{number}" for number in range(size.therapists)]),
            *(_location(slug, [slug]) for slug in branches),
        ],
        "session_types": [_session_type([LOCATION, *branches])],
        "therapists": [
            *(
                _therapist(slug_of_therapist(number), LOCATION, qualifications)
                for number in range(size.therapists)
            ),
            *(_therapist(slug, slug, qualifications) for slug in branches),
        ],
        "bookings": [_booking(number, each) for number, each in enumerate(sessions(size))],
        "questionnaire": demo["questionnaire"],
    }


def write(size: Size, directory: Path) -> Path:
    """The file of a studio, in that directory."""
    file = directory / f"{size.therapists}-therapists-{size.bookings}-bookings.toml"
    with file.open("wb") as opened:
        tomli_w.dump(studio_file(size), opened)
    return file


def slug_of_therapist(number: int) -> str:
    """Such as `therapist-7`."""
    return f"therapist-{number}"


def _location(slug: str, rooms: list[str]) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": "Main Street",
        "timezone": ZONE.key,
        "address": "1 Main Street, Denver",
        "phone": "+1 303 555 0100",
        "email": "hello@studio.example",
        "slot_step_minutes": 15,
        "min_notice_minutes": 120,
        "horizon_days": HORIZON_DAYS,
        "free_cancellation_hours": 24,
        "rooms": [
            {"slug": room, "name": room.title(), "equipment": ["ceiling-bars"]} for room in rooms
        ],
    }


def _session_type(locations: list[str]) -> dict[str, Any]:
    return {
        "slug": SESSION_TYPE,
        "name": "Ashiatsu bar session, 60 minutes",
        "style": "bar",
        "barefoot": True,
        "duration_minutes": 60,
        "buffer_after_minutes": 15,
        "price": "100.00",
        "locations": locations,
        "requires_equipment": ["ceiling-bars"],
        "requires_qualifications": ["bar-one-foot", "massage-licence", "barefoot-insurance"],
    }


def _therapist(slug: str, location: str, qualifications: list[str]) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": slug.title(),
        "session_types": [SESSION_TYPE],
        "max_barefoot_minutes_per_day": 480,
        "certifications": [
            {
                "qualification": qualification,
                "issuing_body": "Front Range Barefoot School",
                "number": f"FR-{slug}",
                "issued_on": date(2010, 3, 1),
                "verified_on": date(2010, 3, 5),
            }
            for qualification in qualifications
        ],
        "shifts": [
            {
                "location": location,
                "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                "from": OPEN,
                "until": CLOSE,
            }
        ],
    }


def _booking(number: int, session: Session) -> dict[str, Any]:
    client = number // VISITS
    return {
        "location": LOCATION,
        "session_type": SESSION_TYPE,
        "therapist": slug_of_therapist(session.therapist),
        "room": f"room-{session.therapist}",
        "starts_at": session.starts_at,
        "client": {"name": f"Client {client}", "email": f"client-{client}@example.com"},
        "status": "confirmed" if session.day >= TODAY else "completed",
    }
