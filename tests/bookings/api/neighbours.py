"""Two processes of a server, each with what it remembers, on a database that they share."""

import contextlib
import json
import multiprocessing
import os
import re
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

ANSWER_SECONDS = 60


class Neighbour:
    """One of them. What it is told to do, it does as if it were that minute."""

    def __init__(self, process: Any, connection: Connection) -> None:
        self._process, self._connection = process, connection

    def __call__(self, work: str, now: int, *arguments: Any) -> Any:
        """What one of the functions below says there; its error is ours."""
        self._connection.send((work, now, arguments))
        assert self._connection.poll(ANSWER_SECONDS), work
        done, said = self._connection.recv()
        assert done, said
        return said

    def stop(self) -> None:
        """Let it end."""
        self._connection.send(None)
        self._process.join(ANSWER_SECONDS)


@contextlib.contextmanager
def neighbours(database_url: str, data_dir: str) -> Iterator[list[Neighbour]]:
    """Both, once they are ready."""
    spawn = multiprocessing.get_context("spawn")
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.live_settings",
        "DATABASE_URL": database_url,
        "DATA_DIR": data_dir,
        "RATE_LIMITS": "off",
        "ALLOWED_HOSTS": "testserver",
    }
    found = []
    for _ in range(2):
        here, there = spawn.Pipe()
        process = spawn.Process(target=_serve, args=(environment, there))
        process.start()
        there.close()
        found.append(Neighbour(process, here))
    try:
        yield found
    finally:
        for each in found:
            each.stop()


def _serve(environment: dict[str, str], connection: Connection) -> None:
    os.environ.update(environment)
    import django
    from django.conf import settings

    # No files are collected for a server that nobody's browser visits.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"] = {"BACKEND": plain}
    django.setup()
    from tests import clock

    while (told := connection.recv()) is not None:
        name, now, arguments = told
        clock.fixed = partial(int, now)
        try:
            work: Callable[..., Any] = globals()[name]
            connection.send((True, work(*arguments)))
        except Exception:  # whoever told it fails with this
            connection.send((False, traceback.format_exc()))


def furnish() -> None:
    """Two places with a therapist each, and one who works at both."""
    from tests.factories import (
        make_certification,
        make_location,
        make_qualification,
        make_room,
        make_session_type,
        make_shift,
        make_studio,
        make_therapist,
    )

    make_studio()
    places = [make_location(slug=slug) for slug in ("downtown", "uptown")]
    for place in places:
        for number in range(2):
            make_room(location=place, slug=f"{place.slug}-{number}")
    people = [make_therapist(slug=slug) for slug in ("ana", "mei", "zoe")]
    licence = make_qualification()
    for number, therapist in enumerate(people):
        make_certification(therapist=therapist, qualification=licence)
        for weekday in range(7):
            hours = ("09:00", "13:00"), ("13:00", "17:00")
            for place, (start, until) in zip(places, hours, strict=True):
                if number != 1 - places.index(place):  # ana here, mei there, zoe at both
                    make_shift(
                        therapist=therapist,
                        location=place,
                        weekday=weekday,
                        time_from=start,
                        time_until=until,
                    )
    for slug, minutes in (("bar-60", 60), ("bar-90", 90)):
        make_session_type(
            slug=slug,
            duration_minutes=minutes,
            locations=tuple(places),
            therapists=tuple(people),
            requires_qualifications=(licence,),
        )


def ask(query: dict[str, str]) -> tuple[int, Any, Any]:
    """What anybody is told, and what is found when every row is read anew."""
    from bookings.api.views.availability import body_of
    from bookings.domain.bookable.availability import listing
    from tests.calling import anyone

    answer = anyone().get("availability/", query)
    again = anyone().get("availability/", query, If_None_Match=answer["ETag"])
    assert again.status_code == 304
    question = _question(query)
    return answer.status_code, answer.json(), json.loads(body_of(question, listing(question)))


def foresee(query: dict[str, str]) -> bool:
    """Whether who would book sees ahead of the lock what is found when every row is read anew."""
    from bookings.domain.bookable.ahead import look_ahead
    from bookings.domain.bookable.availability import gather
    from studio.premises.unchanged import one_moment

    question = _question(query)
    with one_moment():
        ahead = look_ahead(question)
    assert ahead is not None
    seen, found = ahead.situation, gather(question)
    return (seen.search, seen.taken) == (found.search, found.taken)


def _question(query: dict[str, str]) -> Any:
    from bookings.domain.bookable.question import Question
    from bookings.models import SessionType
    from studio.premises.models import Location
    from tests.clock import fixed

    return Question(
        location=Location.objects.get(slug=query["location"]),
        session_type=SessionType.objects.get(slug=query["session_type"]),
        first=date.fromisoformat(query["from"]),
        last=date.fromisoformat(query["until"]),
        now=fixed(),
        therapist=query.get("therapist"),
    )


def look(query: dict[str, str]) -> tuple[dict[str, int], list[str]]:
    """What the page of a month says: how much is free on its dates, and the times of the first."""
    from tests.calling import anyone

    page = anyone().client.get(
        f"/book/{query['location']}/{query['session_type']}/",
        {"day": query["from"], "therapist": query.get("therapist", "")},
    )
    text = page.content.decode()
    free = re.findall(r'day=([-0-9]+)[^"]*#times" aria-label="[^"]*: ([0-9]+) times? free"', text)
    times = re.findall(r'name="starts_at" value="(2[^"]+)"', text)
    return {day: int(count) for day, count in free}, times


def post(path: str, body: Any, authorization: str = "") -> tuple[int, Any]:
    """What somebody wants changed, and the answer."""
    from tests.calling import Api

    answer = Api(authorization).post(path, body)
    return answer.status_code, answer.json()


def change(kind: str, day: str, slug: str) -> None:
    """A change of what bookings are judged by, told of those whom it touches as the admin does."""
    from bookings.domain.schedule import changing_schedule
    from bookings.models import SessionType
    from studio.premises.models import Closure, Location, RoomBlock
    from tests import factories
    from tests.clock import fixed
    from therapists.models import Certification, Shift, Therapist, TimeOff

    hours: Any = {"wall_from": f"{day} 10:00", "wall_until": f"{day} 15:00"}
    place = Location.objects.get(slug=slug)
    with changing_schedule() as change:
        touches = partial(change.touches, now=fixed())
        match kind:
            case "closure":
                touches(factories.make_closure_of_times(location=place, **hours))
            case "block":
                touches(factories.make_room_block(room=place.rooms.earliest("slug"), **hours))
            case "time off":
                zoe = Therapist.objects.get(slug="zoe")
                touches(factories.make_time_off(therapist=zoe, location=place, **hours))
            case "proof":
                proof = Certification.objects.get(therapist__slug="zoe")
                proof.revoked_on = None if proof.revoked_on else date.fromisoformat(day)
                proof.save()
                touches(proof)
            case "length":
                session = SessionType.objects.get(slug="bar-60")
                session.duration_minutes = 135 - session.duration_minutes
                session.save()
                touches(session)
            case "place of a session":
                session = SessionType.objects.get(slug="bar-90")
                touches(session)
                if place in session.locations.all():
                    session.locations.remove(place)
                else:
                    session.locations.add(place)
                touches(session)
            case "place of a shift":
                weekday = date.fromisoformat(day).weekday()
                shift = Shift.objects.filter(therapist__slug="ana", weekday=weekday).earliest("pk")
                touches(shift)
                shift.location = place
                shift.save()
                touches(shift)
            case "retired or back":
                mei = Therapist.objects.get(slug="mei")
                touches(mei)
                mei.active = not mei.active
                mei.save()
                touches(mei)
            case "open again":
                for row in [*Closure.objects.all(), *RoomBlock.objects.all()]:
                    touches(row)
                    row.delete()
                for off in TimeOff.objects.all():
                    touches(off)
                    off.delete()
