"""Studios that nobody would design, for comparing the listing with the oracle."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bookings.enums import Status
from bookings.models import SessionType
from bookings.scheduling.hours import to_instant
from studio.premises.fields import format_day_minute
from studio.premises.models import Equipment, Location, Room
from tests import factories
from tests.bookings.domain import oracle
from therapists.models import Qualification, Therapist

DAYS = [
    ("America/Denver", date(2026, 8, 5)),
    ("America/Denver", date(2026, 11, 1)),  # 25 hours
    ("America/Denver", date(2027, 3, 14)),  # 23 hours
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Asia/Kathmandu", date(2026, 8, 5)),  # UTC+5:45
    ("Pacific/Chatham", date(2026, 9, 27)),  # UTC+12:45 to +13:45
    ("Pacific/Chatham", date(2027, 4, 4)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),  # half an hour forward
    ("Australia/Lord_Howe", date(2027, 4, 4)),  # half an hour back
    ("Africa/Cairo", date(2026, 4, 24)),  # midnight does not exist
    ("Africa/Cairo", date(2026, 10, 29)),  # 23:00 twice
    ("America/Havana", date(2026, 11, 1)),  # midnight twice
]


def with_studios_at_random(
    count: int, **drawn: st.SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test so often, each time with an `rng` for `random_studio` and what else is drawn.

    Those of one run are those of every run.
    """

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        return settings(
            max_examples=count,
            deadline=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )(given(rng=st.randoms(use_true_random=True), **drawn)(test))

    return decorate


@dataclass(frozen=True)
class RandomStudio:
    """What is asked about a studio that `random_studios` wrote."""

    location: Location
    session_type: SessionType
    day: date
    now: int


def _steps(rng: Random, least: int, most: int) -> int:
    """A multiple of 5 minutes."""
    return rng.randrange(least, most + 5, 5)


def _rarely(rng: Random) -> bool:
    """True one time in eight, so that most studios have something to book."""
    return rng.random() < 1 / 8


def random_studio(rng: Random) -> RandomStudio:
    """Write the rows of a random studio and choose what to ask about it."""
    zone, day = rng.choice(DAYS)
    other_zone = rng.choice(["Europe/Berlin", "Asia/Kathmandu"])
    location = factories.make_location(
        slug="here",
        timezone=zone,
        slot_step_minutes=rng.choice([20, 30, 45, 60]),
        min_notice_minutes=rng.choice([0, 7, 120]),
        horizon_days=rng.choice([90, 90, 90, 2, 1]),
    )
    elsewhere = factories.make_location(slug="elsewhere", timezone=other_zone)
    bars, mat = (factories.make_equipment(slug=slug) for slug in ("bars", "mat"))
    licence = factories.make_qualification(slug="licence")
    one_foot = factories.make_qualification(slug="one-foot", style="bar", level=1)
    two_foot = factories.make_qualification(slug="two-foot", style="bar", level=2)
    therapists = tuple(
        factories.make_therapist(
            slug=slug,
            max_barefoot_minutes_per_day=rng.choice([None, 240, 120]),
            active=not _rarely(rng),
        )
        for slug in ("ana", "bea", "cy")[: rng.randint(1, 3)]
    )
    session_type = factories.make_session_type(
        slug="session",
        duration_minutes=_steps(rng, 30, 90),
        buffer_before_minutes=rng.choice([0, 0, 10, 25]),
        buffer_after_minutes=rng.choice([0, 0, 15, 60]),
        barefoot=(rng.random() < 0.5),
        locations=(location, elsewhere),
        therapists=tuple(t for t in therapists if not _rarely(rng)),
        requires_equipment=tuple(e for e in (bars, mat) if (rng.random() < 0.5)),
        requires_qualifications=tuple(q for q in (licence, one_foot) if (rng.random() < 0.5)),
    )
    rooms = [_room(rng, slug, location, (bars, mat), day) for slug in ("north", "south")]
    for therapist in therapists:
        _working_time(rng, therapist, location, elsewhere, day)
        for qualification in (licence, one_foot, two_foot):
            _certification(rng, therapist, qualification, day)
    _closures(rng, location, day)
    today_noon = oracle.start_of(zone, datetime(day.year, day.month, day.day, 12))
    now = today_noon - rng.choice([24 * 60, 36 * 60, 300, 0])
    _bookings(rng, session_type, therapists, rooms, elsewhere, today_noon, now)
    return RandomStudio(location, session_type, day, now)


def _wall(rng: Random, day: date) -> tuple[datetime, datetime]:
    start = datetime(day.year, day.month, day.day) + timedelta(minutes=_steps(rng, -600, 1500))
    return start, start + timedelta(minutes=_steps(rng, 5, 900))


def _spelled(walls: tuple[datetime, datetime]) -> dict[str, str]:
    return {"wall_from": walls[0].isoformat(), "wall_until": walls[1].isoformat()}


def _working_time(
    rng: Random, therapist: Therapist, here: Location, elsewhere: Location, day: date
) -> None:
    usual = (day, _steps(rng, 0, 600), _steps(rng, 900, 1440))
    shifts = [usual]
    for offset in (-1, 0, 1):
        if rng.random() < 0.5:
            start, until = _steps(rng, 0, 1435), _steps(rng, 0, 1440)
            shifts.append((day + timedelta(days=offset), start, until))
    for starts_on, start, until in shifts:
        if start == until:
            continue
        factories.make_shift(
            therapist=therapist,
            location=here,
            weekday=starts_on.weekday(),
            time_from=format_day_minute(start),
            time_until=format_day_minute(until),
            first=day if _rarely(rng) else None,
            last=day if _rarely(rng) else None,
        )
    if rng.random() < 0.5:
        factories.make_extra_shift(therapist=therapist, location=here, **_spelled(_wall(rng, day)))
    if rng.random() < 0.5:
        factories.make_time_off(
            therapist=therapist,
            location=rng.choice([here, elsewhere]),
            barefoot_only=(rng.random() < 0.5),
            **_spelled(_wall(rng, day)),
        )


def _certification(
    rng: Random, therapist: Therapist, qualification: Qualification, day: date
) -> None:
    if _rarely(rng):
        return
    issued = day - timedelta(days=rng.choice([300, 0]))
    if _rarely(rng):
        issued = day + timedelta(days=1)
    ends = [None, None, None, day - timedelta(days=1), day, day + timedelta(days=1)]
    ends = [end for end in ends if end is None or end >= issued]
    factories.make_certification(
        therapist=therapist,
        qualification=qualification,
        issued_on=issued,
        expires_on=rng.choice(ends),
        revoked_on=rng.choice(ends) if _rarely(rng) else None,
        verified_on=None if _rarely(rng) else issued,
    )


def _room(
    rng: Random,
    slug: str,
    location: Location,
    equipment: tuple[Equipment, ...],
    day: date,
) -> Room:
    inside = tuple(piece for piece in equipment if not _rarely(rng))
    room = factories.make_room(
        location=location, slug=slug, equipment=inside, active=not _rarely(rng)
    )
    for piece in inside:
        if rng.random() < 0.5:
            due = day + timedelta(days=-1 if _rarely(rng) else rng.randint(0, 1))
            factories.make_inspection(room=room, equipment=piece, due_on=due)
    if rng.random() < 0.5:
        factories.make_room_block(room=room, **_spelled(_wall(rng, day)))
    return room


def _closures(rng: Random, location: Location, day: date) -> None:
    kind = rng.choice(["none", "none", "none", "times", "none", "dates"])
    if kind == "dates":
        first = day + timedelta(days=rng.randint(-2, 1))
        last = first + timedelta(days=rng.randint(0, 2))
        factories.make_closure_of_dates(location=location, first_day=first, last_day=last)
    if kind == "times":
        factories.make_closure_of_times(location=location, **_spelled(_wall(rng, day)))


def _bookings(
    rng: Random,
    session_type: SessionType,
    therapists: tuple[Therapist, ...],
    rooms: list[Room],
    elsewhere: Location,
    noon: int,
    now: int,
) -> None:
    away = factories.make_room(location=elsewhere, slug="away")
    for number in range(rng.randint(0, 6)):
        status = rng.choice([Status.CONFIRMED, Status.HELD, Status.CANCELLED])
        limit = now + rng.choice([-3, 0, 1, 5]) if status == Status.HELD else None
        booking = factories.make_booking(
            reference=f"MADE-{number}",
            therapist=rng.choice(therapists),
            room=rng.choice([*rooms, away]),
            session_type=session_type,
            starts_at=to_instant(noon + _steps(rng, -900, 900)),
            status=status,
            expires_at=None if limit is None else to_instant(limit),
            barefoot=(rng.random() < 0.5),
            stored=False,
        )
        try:
            with transaction.atomic():
                booking.save()
        except IntegrityError:
            continue  # the database keeps rule B2; the studio has one booking less
