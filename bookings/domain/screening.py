"""When a person must look at a booking before it stands (rules H0 and H2)."""

from django.conf import settings

from bookings.errors import QuestionnaireOutdated
from bookings.models import Question, Questionnaire
from bookings.scheduling.timeline import Minute

LAST_REVIEW_MINUTES = 60
"""A review is decided at the latest an hour before the start."""


def in_force() -> Questionnaire | None:
    """The newest signed-off questionnaire; without one nothing is asked (rule H0)."""
    return Questionnaire.objects.filter(signed_off_on__isnull=False).order_by("-version").first()


def needs_review(questionnaire: Questionnaire | None) -> bool:
    """Whether a booking without answers must be reviewed: a required question is open (H2)."""
    if questionnaire is None:
        return False
    return questionnaire.questions.filter(required=True, ask=Question.Ask.BOOKING).exists()


def check_version(answered: int | None, questionnaire: Questionnaire | None) -> None:
    """Raise QuestionnaireOutdated for answers to a version other than the one in force.

    Where none is in force nothing is asked, and what is answered all the same goes nowhere (H0).
    """
    if questionnaire and answered is not None and answered != questionnaire.version:
        raise QuestionnaireOutdated


def review_deadline(start: Minute, *, booked: Minute, now: Minute) -> Minute:
    """Until when a review must be decided (rule H2).

    Some hours after booking and at the latest an hour before the start; where that hour has
    begun already, until the start. A result that is not ahead of `now` means: too late.
    """
    last = start - LAST_REVIEW_MINUTES
    return min(booked + settings.REVIEW_HOURS * 60, last if last > now else max(start, now + 1))
