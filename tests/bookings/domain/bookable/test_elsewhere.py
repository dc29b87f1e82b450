"""Who works elsewhere is not read for clients, who keep working time (S2), and nobody notices."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from bookings.domain.bookable.assignment import assignments
from bookings.domain.bookable.availability import Situation, gather
from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.gathering import gathered, gathered_by
from bookings.domain.bookable.question import Question
from bookings.domain.bookable.rooms import rooms_for
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import cells_of
from studio.premises.models import Location
from tests.bookings.domain.asking import NOW
from tests.bookings.domain.random_studios import random_studio, with_studios_at_random
from tests.factories import (
    MONDAY,
    make_bookable,
    make_extra_shift,
    make_location,
    make_shift,
    make_therapist,
)
from therapists.models import ExtraShift, Shift, Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

STUDIOS = 60 if connection.vendor == "sqlite" else 20


@with_studios_at_random(STUDIOS)
def test_what_is_found_is_what_would_be_found_among_all_who_give_the_session(rng: Random) -> None:
    with transaction.atomic():
        studio = random_studio(rng)
        _work_elsewhere_too(rng)
        question = Question(
            studio.location, studio.session_type, studio.day, studio.day, studio.now
        )

        found, wide = gather(question), _among_all(question)

        assert list(found.search.slots()) == list(wide.search.slots())
        for cell in cells_of(found.frame.dates(studio.day, studio.day)):
            start = found.frame.window.instant_of(cell)
            assert list(assignments(found, start)) == list(assignments(wide, start))
        transaction.set_rollback(True)


def _work_elsewhere_too(rng: Random) -> None:
    """Move some of the shifts, each to the other place or not at all."""
    elsewhere = Location.objects.get(slug="elsewhere")
    for shifts in (Shift, ExtraShift):
        for shift in shifts.objects.order_by("pk"):
            if rng.random() < 0.4:
                shift.location = elsewhere
                shift.save()


def _among_all(question: Question) -> Situation:
    frame = Frame.of(question)
    found = gathered_by(frame, _whoever_gives, rooms_for)
    return Situation.of(frame, found.therapists, found.rooms, found.taken)


def _whoever_gives(frame: Frame) -> QuerySet[Therapist]:
    return Therapist.objects.filter(session_types=frame.question.session_type)


@pytest.fixture
def question() -> Question:
    """Asks for a Monday on which one therapist works there, and three who give the session not."""
    studio = make_bookable()
    here, uptown = studio.location, make_location(slug="uptown")
    for slug, location, first, last in (
        ("away", uptown, None, None),
        ("later", here, MONDAY + timedelta(weeks=2), None),
        ("not-any-more", here, None, MONDAY - timedelta(weeks=2)),
    ):
        therapist = make_therapist(slug=slug)
        studio.session_type.therapists.add(therapist)
        make_shift(therapist=therapist, location=location, first=first, last=last)
    return Question(here, studio.session_type, MONDAY, MONDAY, NOW)


def names(question: Question) -> list[str]:
    return [each.candidate.slug for each in gathered(Frame.of(question)).therapists]


def test_s2_clients_are_answered_by_those_who_work_there_then(question):
    assert names(question) == ["therapist-1"]


def test_s2_an_extra_shift_is_work_too(question):
    make_extra_shift(
        therapist=Therapist.objects.get(slug="away"),
        location=question.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 12:00",
    )

    assert names(question) == ["away", "therapist-1"]


def test_who_is_named_is_read_wherever_she_works(question):
    assert names(replace(question, therapist="away")) == ["away"]


@pytest.mark.parametrize("asked", [{"is_staff": True}, {"overridden": frozenset({Rule.WORKING})}])
def test_s2_reception_is_answered_by_whoever_gives_the_session(question, asked):
    everybody = ["away", "later", "not-any-more", "therapist-1"]

    assert names(replace(question, **asked)) == everybody
