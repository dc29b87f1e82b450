"""Who answers what about their health in the domain's tests."""

from datetime import date
from typing import Any

from django.contrib.auth.models import Permission

from bookings.domain.callers import Caller, at_desk
from bookings.domain.health.evaluation import Given
from bookings.domain.health.looking import read
from bookings.domain.reception import step
from bookings.domain.requests import AnswersGiven
from bookings.enums import Ask, EventKind, LookPage
from bookings.models import Booking, Questionnaire
from bookings.scheduling.timeline import Minute
from tests.factories import make_questionnaire, make_user

DAY = {"key": "pain_killers", "ask": "day_before"}
WINDOWS = [
    {"within_days": 42, "outcome": "unsuitable"},
    {"within_days": 275, "outcome": "review"},
    {"outcome": "fine"},
]
SURGERY = {"key": "surgery", "kind": "yes_no_date", "outcomes": WINDOWS}
VEINS = {"key": "veins", "outcomes": [{"outcome": "note"}]}
THINNERS = {"key": "blood_thinners"}
OTHER = {"key": "anything_else", "kind": "text", "required": False}


def usual_questions(*more: dict[str, Any], version: int = 3) -> Questionnaire:
    """Surgery with its windows, blood thinners for review, veins for a note, anything else."""
    return make_questionnaire(SURGERY, THINNERS, VEINS, OTHER, *more, version=version)


def answers(
    *,
    version: int = 3,
    surgery: str | date = "no",
    asks: tuple[Ask, ...] = (Ask.BOOKING,),
    **others: str,
) -> AnswersGiven:
    """Answers of somebody who is well, but for what is given; a date is when the surgery was."""
    operated = Given("yes", surgery) if isinstance(surgery, date) else Given(surgery)
    given = {"surgery": operated, "blood_thinners": Given("no"), "veins": Given("no")}
    for key, value in others.items():
        given[key] = Given(text=value) if key == "anything_else" else Given(value)
    kept = {key: value for key, value in given.items() if not value.is_blank}
    return AnswersGiven(version, kept, consent=True, asks=asks)


def reviewer(name: str = "reviewer") -> Caller:
    """A manager at the desk, who may look and decide."""
    user = make_user(username=name)
    user.user_permissions.add(Permission.objects.get(codename="view_answers"))
    return at_desk(user)


def approved(booking: Booking, by: Caller | None = None, *, now: Minute, note: str = "") -> Booking:
    """The booking as a reviewer has read and approved it."""
    by = by or reviewer()
    read(booking, page=LookPage.REVIEW, caller=by, now=now)
    return step(booking, EventKind.APPROVED, caller=by, now=now, reason=note)
