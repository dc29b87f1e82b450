"""Bookings that a person has to look at first (rules H0 and H2)."""

from datetime import date

import pytest

from bookings.domain.booking import book, confirm
from bookings.domain.requests import AnswersGiven, Details
from bookings.enums import Status
from bookings.errors import QuestionnaireOutdated
from bookings.models import Question, Questionnaire
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import ADA, CLIENT, NOW, booked, minute, wish
from tests.factories import at, make_bookable

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"


def _questionnaire(*, signed: bool) -> Questionnaire:
    questionnaire = Questionnaire.objects.create(
        version=3,
        signed_off_by="Mei" if signed else "",
        signed_off_on=date(2026, 1, 1) if signed else None,
    )
    Question.objects.create(
        questionnaire=questionnaire,
        position=1,
        key="pregnant",
        text="Are you pregnant?",
        kind=Question.Kind.YES_NO,
        outcomes=[{"outcome": "unsuitable"}],
    )
    return questionnaire


def test_h0_a_draft_of_the_questionnaire_asks_nothing():
    _questionnaire(signed=False)

    assert booked(make_bookable(), TEN).status == Status.CONFIRMED


def test_h2_an_unanswered_required_question_means_review_with_a_deadline():
    _questionnaire(signed=True)

    booking = booked(make_bookable(), TEN)

    assert booking.status == Status.PENDING_REVIEW
    assert booking.expires_at == to_instant(NOW + 24 * 60)
    assert booking.questionnaire_version == 3


def test_h2_the_review_ends_at_the_latest_an_hour_before_the_start():
    _questionnaire(signed=True)

    booking = booked(make_bookable(), TEN, now=minute("2026-08-03 07:00"))

    assert booking.expires_at == at("2026-08-03 09:00")


def test_h2_within_the_last_hour_the_review_may_take_until_the_start():
    _questionnaire(signed=True)
    studio = make_bookable()
    studio.location.min_notice_minutes = 0
    studio.location.save()

    booking = booked(studio, TEN, now=minute("2026-08-03 09:30"))

    assert (booking.status, booking.expires_at) == (Status.PENDING_REVIEW, at(TEN))


def test_b3_a_review_past_its_deadline_is_asked_for_again_as_an_expired_one_would_be():
    _questionnaire(signed=True)
    booking = booked(make_bookable(), TEN)
    later = NOW + 25 * 60

    again = confirm(booking, Details(), caller=CLIENT, now=later)

    assert (again.status, again.expires_at) == (
        Status.PENDING_REVIEW,
        to_instant(later + 24 * 60),
    )


def test_answers_to_an_older_questionnaire_are_refused():
    _questionnaire(signed=True)
    details = Details(ADA, answers=AnswersGiven(2, {}, consent=True))

    with pytest.raises(QuestionnaireOutdated):
        book(wish(make_bookable(), TEN), details, caller=CLIENT, now=NOW)
