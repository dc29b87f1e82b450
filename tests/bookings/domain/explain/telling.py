"""Explanations of one session in tests. It is seven on a Monday in Denver."""

from datetime import timedelta
from typing import Any

from bookings.domain.explain import Explanation, explain
from tests.bookings.domain.asking import minute
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import MONDAY, Bookable
from therapists.models import Therapist

SUNDAY = MONDAY - timedelta(days=1)

type Told = tuple[bool, str]
"""Whether a rule is kept, and what is said of it."""


def asked(
    made: Bookable,
    wall: str = "2026-08-03 10:00",
    *,
    therapist: Therapist | None = None,
    sees_private: bool = True,
) -> Explanation:
    """Why its session can start at a wall-clock time, or cannot."""
    return explain(
        made.location,
        made.session_type,
        minute(wall),
        therapist,
        now=SEVEN_ON_MONDAY,
        sees_private=sees_private,
    )


def told(verdicts: Any) -> dict[Any, Told]:
    """What is said under each number."""
    return {
        each.number: (each.ok, " ".join(reason.words for reason in each.reasons))
        for each in verdicts
    }


def of_therapist(explanation: Explanation, number: str) -> Told:
    """What is said of the only therapist."""
    [explained] = explanation.therapists
    return told(explained.verdicts)[number]


def of_room(explanation: Explanation, number: str) -> Told:
    """What is said of the only room."""
    [explained] = explanation.rooms
    return told(explained.verdicts)[number]


def of_place(explanation: Explanation, number: str) -> Told:
    """What is said of the location."""
    return told(explanation.place)[number]
