"""Many bookings judged at once are judged as each would be alone."""

from datetime import date
from random import Random

import pytest
from django.db import transaction

from bookings.domain.bookable.assignment import Assignment, assignments, refused_by
from bookings.domain.bookable.availability import gather
from bookings.domain.bookable.month import Month
from bookings.domain.bookable.question import Question
from bookings.scheduling.hours import local_date
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute
from studio.premises.models import Room
from tests.bookings.domain.random_studios import RandomStudio, random_studio, with_studios_at_random
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@with_studios_at_random(25)
def test_every_start_is_judged_as_for_reception(rng: Random) -> None:
    with transaction.atomic():
        studio = random_studio(rng)
        people = list(Therapist.objects.all())
        rooms = [None, *Room.objects.all()]
        for _ in range(20):
            start = studio.now + 5 * rng.randrange(36 * 12)
            start -= start % 5
            therapist, room = rng.choice(people), rng.choice(rooms)

            assert placed(studio, start, therapist, room) == judged(studio, start, therapist, room)
        transaction.set_rollback(True)


def placed(
    studio: RandomStudio, start: Minute, therapist: Therapist, room: Room | None
) -> Assignment | Rule:
    month = Month(studio.location, [day_of(studio, start)], [therapist.pk], now=studio.now)
    return month.place(studio.session_type, start, therapist, room)


def judged(
    studio: RandomStudio, start: Minute, therapist: Therapist, room: Room | None
) -> Assignment | Rule:
    """What reception is told, who books nothing before now."""
    situation = gather(
        Question(
            location=studio.location,
            session_type=studio.session_type,
            first=day_of(studio, start),
            last=day_of(studio, start),
            now=studio.now,
            is_staff=True,
            therapist=therapist.slug,
            room=room.slug if room else None,
        )
    )
    return next(assignments(situation, start), None) or refused_by(situation, start)


def day_of(studio: RandomStudio, start: Minute) -> date:
    return local_date(studio.location.timezone, start)
