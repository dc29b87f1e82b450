"""A change of the schedule ends the answers of the locations that it matters to, and no others."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.domain.callers import Caller
from bookings.domain.certifying import verify
from bookings.enums import Source
from studio.premises.models import ScheduleVersion
from tests.bookings.admin.filling import change, save
from tests.calling import anyone
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    at,
    make_booking,
    make_certification,
    make_closure_of_dates,
    make_location,
    make_qualification,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
)

pytestmark = pytest.mark.django_db

TIMES = {"wall_from": "2026-08-05T10:00", "wall_until": "2026-08-05T12:00"}


@pytest.fixture
def studio() -> SimpleNamespace:
    """Ana works downtown, Mei uptown, Zoe at both, and nobody at the lake."""
    downtown, uptown, lake = (make_location(slug=slug) for slug in ("downtown", "uptown", "lake"))
    ana, mei, zoe = (make_therapist(slug=slug) for slug in ("ana", "mei", "zoe"))
    for therapist, places in ((ana, [downtown]), (mei, [uptown]), (zoe, [downtown, uptown])):
        for weekday, place in enumerate(places):
            make_shift(therapist=therapist, location=place, weekday=weekday)
    return SimpleNamespace(
        downtown=downtown,
        uptown=uptown,
        lake=lake,
        ana=ana,
        mei=mei,
        zoe=zoe,
        room=make_room(location=downtown, slug="cedar"),
        session=make_session_type(
            slug="bar-60", locations=(downtown, uptown), therapists=(ana, mei, zoe)
        ),
    )


def add(model: str) -> str:
    return reverse(f"admin:{model}_add")


def close(studio: Any, manager: Client) -> Any:
    days = {"first_day": "2026-08-05", "last_day": "2026-08-05"}
    return save(manager, add("premises_closure"), location=studio.downtown.pk, **days)


def open_again(studio: Any, manager: Client) -> Any:
    day = date(2026, 8, 5)
    closure = make_closure_of_dates(location=studio.downtown, first_day=day, last_day=day)
    return manager.post(reverse("admin:premises_closure_delete", args=[closure.pk]), {"post": "y"})


def block(studio: Any, manager: Client) -> Any:
    return save(manager, add("premises_roomblock"), room=studio.room.pk, **TIMES)


def retire_a_room(studio: Any, manager: Client) -> Any:
    return save(manager, change(studio.room), active=None)


def take_a_room_elsewhere(studio: Any, manager: Client) -> Any:
    return save(manager, change(studio.room), location=studio.lake.pk)


def time_off_of_ana(studio: Any, manager: Client) -> Any:
    off = {"therapist": studio.ana.pk, "location": studio.lake.pk}
    return save(manager, add("therapists_timeoff"), **off, **TIMES)


def time_off_of_zoe(studio: Any, manager: Client) -> Any:
    off = {"therapist": studio.zoe.pk, "location": studio.lake.pk}
    return save(manager, add("therapists_timeoff"), **off, **TIMES)


def time_off_of_who_helps_out(studio: Any, manager: Client) -> Any:
    make_booking(
        therapist=studio.ana,
        room=make_room(location=studio.lake),
        session_type=studio.session,
        starts_at=at("2026-08-05 10:00"),
    )
    return time_off_of_ana(studio, manager)


def another_shift_of_ana(studio: Any, manager: Client) -> Any:
    shift = {"weekday": "4", "time_from": "09:00", "time_until": "12:00"}
    who = {"therapist": studio.ana.pk, "location": studio.downtown.pk}
    return save(manager, add("therapists_shift"), **who, **shift)


def the_shift_of_ana_elsewhere(studio: Any, manager: Client) -> Any:
    return save(manager, change(studio.ana.shifts.get()), location=studio.lake.pk)


def the_only_shift_of_ana_away(studio: Any, manager: Client) -> Any:
    return save(manager, change(studio.ana), **{"shifts-0-DELETE": "on"})


def a_proof_of_zoe(studio: Any, manager: Client) -> Any:
    proof = make_certification(
        therapist=studio.zoe, qualification=make_qualification(), verified_on=None
    )
    caller = Caller(source=Source.DESK)
    return verify(proof, date(2026, 8, 3), caller=caller, now=SEVEN_ON_MONDAY)


def the_cap_of_mei(studio: Any, manager: Client) -> Any:
    return save(manager, change(studio.mei), max_barefoot_minutes_per_day="120")


def a_longer_session(studio: Any, manager: Client) -> Any:
    return save(manager, change(studio.session), duration_minutes="75")


def a_session_uptown_no_more(studio: Any, manager: Client) -> Any:
    return save(manager, change(studio.session), locations=[studio.downtown.pk])


def retire_ana(studio: Any, manager: Client) -> Any:
    return save(manager, change(studio.ana), active=None)


def retire_the_session(studio: Any, manager: Client) -> Any:
    return save(manager, change(studio.session), active=None)


def somebody_new(studio: Any, manager: Client) -> Any:
    return save(manager, add("therapists_therapist"), name="Kai", slug="kai")


def a_qualification(studio: Any, manager: Client) -> Any:
    return save(manager, change(make_qualification()), name="Licence")


def the_notice_of_a_place(studio: Any, manager: Client) -> Any:
    return save(manager, change(studio.uptown), min_notice_minutes="60")


DOWNTOWN, BOTH, ALL = {"downtown"}, {"downtown", "uptown"}, {"downtown", "uptown", "lake"}


@pytest.mark.parametrize(
    ("write", "ended"),
    [
        (close, DOWNTOWN),
        (open_again, DOWNTOWN),
        (block, DOWNTOWN),
        (retire_a_room, DOWNTOWN),
        (take_a_room_elsewhere, {"downtown", "lake"}),
        (time_off_of_ana, DOWNTOWN),
        (time_off_of_zoe, BOTH),
        (time_off_of_who_helps_out, {"downtown", "lake"}),
        (another_shift_of_ana, DOWNTOWN),
        (the_shift_of_ana_elsewhere, {"downtown", "lake"}),
        (the_only_shift_of_ana_away, DOWNTOWN),
        (a_proof_of_zoe, BOTH),
        (the_cap_of_mei, {"uptown"}),
        (a_longer_session, BOTH),
        (a_session_uptown_no_more, BOTH),
        (retire_ana, ALL),
        (retire_the_session, ALL),
        (somebody_new, ALL),
        (a_qualification, ALL),
        (the_notice_of_a_place, ALL),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_change_ends_the_answers_of_those_it_matters_to(
    manager: Client, studio: Any, write: Callable[..., Any], ended: set[str]
):
    write(studio, manager)

    changed = ScheduleVersion.objects.filter(number=1, rules=1)
    assert set(changed.values_list("location__slug", flat=True)) == ended


def ask(place: str, **headers: str) -> Any:
    dates = {"from": "2026-08-03", "until": "2026-08-09"}
    return anyone().get(
        "availability/", {"location": place, "session_type": "bar-60", **dates}, **headers
    )


def test_what_is_known_of_one_place_stays_when_another_is_closed(
    manager, studio, django_assert_num_queries
):
    known = ask("uptown")["ETag"]

    close(studio, manager)

    with django_assert_num_queries(1):  # the version of the schedule
        assert ask("uptown", If_None_Match=known).status_code == 304


def test_who_works_at_two_places_ends_what_is_known_of_both(manager, studio):
    make_room(location=studio.uptown)
    before = {place: ask(place)["ETag"] for place in ("downtown", "uptown")}

    for shift in studio.zoe.shifts.all():
        save(manager, change(shift), weekday=str(shift.weekday + 3))

    for place, known in before.items():
        assert ask(place, If_None_Match=known).status_code == 200
