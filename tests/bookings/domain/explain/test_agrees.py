"""What is explained is what is decided: for studios of all kinds."""

from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import pytest
from django.db import transaction

from bookings.domain.bookable.availability import gather, open_slots
from bookings.domain.bookable.question import Question
from bookings.domain.explain import Explanation, explain
from bookings.models import SessionType
from bookings.scheduling.slots import OVERRIDABLE, Rule
from studio.premises.models import Location
from tests.bookings.domain.oracle import minutes_of
from tests.bookings.domain.random_studios import RandomStudio, random_studio, with_studios_at_random
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

SOFT = [Rule.WORKING, Rule.BAREFOOT_CAP, Rule.NOTICE_AND_HORIZON]
STARTS = 6


def some_starts(rng: Random, studio: RandomStudio) -> list[int]:
    on_the_grid = [
        minute for minute in minutes_of(studio.location.timezone, studio.day) if minute % 5 == 0
    ]
    return rng.sample(on_the_grid, k=STARTS)


def asked(studio: RandomStudio, therapist: Therapist | None, **values: Any) -> Question:
    question = Question(
        location=studio.location,
        session_type=studio.session_type,
        first=studio.day,
        last=studio.day,
        now=studio.now,
        therapist=therapist.slug if therapist else None,
    )
    return replace(question, **values)


def starts_open(question: Question) -> set[int]:
    return {slot.starts_at for slot in open_slots(question)}


def perhaps_retire_something(rng: Random, studio: RandomStudio) -> RandomStudio:
    """One studio in four has a place or a session type that is out of use, or that do not fit."""
    match rng.randrange(12):
        case 0:
            Location.objects.update(active=False)
        case 1:
            SessionType.objects.update(active=False)
        case 2:
            studio.session_type.locations.clear()
        case _:
            return studio
    location = Location.objects.get(pk=studio.location.pk)
    session_type = SessionType.objects.get(pk=studio.session_type.pk)
    return replace(studio, location=location, session_type=session_type)


@pytest.mark.both_engines
@with_studios_at_random(25)
def test_explained_as_bookable_is_what_is_listed(rng):
    with transaction.atomic():
        studio = perhaps_retire_something(rng, random_studio(rng))
        therapist = rng.choice([None, None, *Therapist.objects.all()])
        online = starts_open(asked(studio, therapist))
        at_desk = {
            rules: starts_open(asked(studio, therapist, is_staff=True, overridden=frozenset(rules)))
            for count in range(4)
            for rules in combinations(SOFT, count)
        }

        for start in some_starts(rng, studio):
            explanation = explained(studio, start, therapist)

            assert (explanation.online is not None) == (start in online)
            least = min(
                (len(rules) for rules, open_ in at_desk.items() if start in open_), default=None
            )
            if explanation.at_desk is None:
                assert least is None
            else:
                assert len(explanation.override) == least
                assert start in at_desk[explanation.override]
        transaction.set_rollback(True)


@with_studios_at_random(25)
def test_every_broken_rule_is_one_that_the_predicate_names(rng):
    with transaction.atomic():
        studio = perhaps_retire_something(rng, random_studio(rng))
        situation = gather(asked(studio, None, is_staff=True))
        length = situation.frame.question.length

        for start in some_starts(rng, studio):
            explanation = explained(studio, start)
            told = broken_by(explanation)
            cell = situation.cell_of(start)
            assert cell is not None

            resources = (*situation.search.therapists, *situation.search.rooms)
            assert {each.slug: each.refusals(length, cell) for each in resources}.items() <= (
                told.items()
            )
            rest = set(told) - {each.slug for each in resources}
            assert all(Rule.OFFERED in told[slug] for slug in rest)
        transaction.set_rollback(True)


@with_studios_at_random(25)
def test_the_rows_say_the_same_as_the_summary(rng):
    with transaction.atomic():
        studio = perhaps_retire_something(rng, random_studio(rng))

        for start in some_starts(rng, studio):
            explanation = explained(studio, start, sees_private=rng.choice([True, False]))

            somebody = any(each.ok for each in explanation.therapists)
            somewhere = any(each.ok for each in explanation.rooms)
            for_all = all(each.ok or each.for_clients for each in explanation.place)
            for_clients = all(each.ok for each in explanation.place)
            assert (explanation.online is not None) == (for_clients and somebody and somewhere)
            assert (explanation.at_desk is not None and not explanation.override) == (
                for_all and somebody and somewhere
            )
        transaction.set_rollback(True)


@with_studios_at_random(25)
def test_every_verdict_has_a_reason_and_no_broken_rule_sounds_kept(rng):
    with transaction.atomic():
        studio = perhaps_retire_something(rng, random_studio(rng))
        kept: set[Any] = set()
        broken: set[Any] = set()

        for start in some_starts(rng, studio):
            explanation = explained(studio, start)
            parts = (*explanation.therapists, *explanation.rooms)
            verdicts = [each for part in parts for each in part.verdicts]
            for verdict in (*verdicts, *explanation.place):
                assert verdict.reasons
                assert not verdict.soft or verdict.number in OVERRIDABLE
            for verdict in verdicts:
                (kept if verdict.ok else broken).add((verdict.number, last_words(verdict)))

        assert {each for each in kept & broken if each[0] not in MEASURED} == set()
        transaction.set_rollback(True)


MEASURED = {"S2", "S6", "S8"}
"""The rules whose sentences give the measure, and leave the reader to compare."""


def last_words(verdict):
    return tuple(reason.words for reason in verdict.reasons)


@with_studios_at_random(25)
def test_s7_is_not_given_away_by_anything_but_that_she_cannot(rng):
    with transaction.atomic():
        studio = random_studio(rng)

        for start in some_starts(rng, studio):
            for each in explained(studio, start, sees_private=False).therapists:
                assert "S7" not in {verdict.number for verdict in each.verdicts}
                assert "barefoot work" not in str(each.verdicts)
        transaction.set_rollback(True)


def explained(
    studio: RandomStudio,
    start: int,
    therapist: Therapist | None = None,
    *,
    sees_private: bool = True,
) -> Explanation:
    return explain(
        studio.location,
        studio.session_type,
        start,
        therapist,
        now=studio.now,
        sees_private=sees_private,
    )


def broken_by(explanation: Explanation) -> dict[str, list[str | None]]:
    parts: Any = (*explanation.therapists, *explanation.rooms)
    return {each.what.slug: [verdict.number for verdict in each.broken] for each in parts}
