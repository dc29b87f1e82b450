"""A manager signs the health questions off, knowing whom it concerns (rules H0, H1 and H5)."""

from datetime import date

import pytest

from bookings.domain.booking import book
from bookings.domain.health.screening import in_force
from bookings.domain.requests import Details
from bookings.models import Question
from tests.bookings.admin.filling import fields_of
from tests.bookings.domain.asking import ADA, CLIENT, wish
from tests.bookings.domain.health.answering import SURGERY, THINNERS, answers, usual_questions
from tests.bookings.pages.visiting import text
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_bookable, make_questionnaire

pytestmark = pytest.mark.django_db

SIGN = "/admin/health-questions/4/sign-off/"


@pytest.fixture
def draft():
    """Version 4, a draft; version 3 is in force."""
    usual_questions()
    return make_questionnaire(SURGERY, THINNERS, version=4, is_signed_off=False)


def send(browser, **typed):
    return browser.post(SIGN, fields_of(browser.get(SIGN)) | typed)


def test_h1_who_signs_stands_on_it_with_the_day(manager, draft):
    answer = send(manager, by="Dr. Ada Moore")

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.signed_off_by, draft.signed_off_on) == ("Dr. Ada Moore", date(2026, 8, 3))
    assert in_force() == draft
    assert "Signed off by Dr. Ada Moore." in text(manager.get(answer["Location"]))


def test_h5_whose_answers_become_outdated_is_said_before(manager, draft):
    studio = make_bookable()
    for wall in ("2026-08-03 10:00", "2026-08-05 10:00"):
        book(wish(studio, wall), Details(ADA, answers=answers()), caller=CLIENT, now=NOW - 60)
    book(wish(studio, "2026-08-06 10:00"), Details(ADA), caller=CLIENT, now=NOW - 60)

    page = text(manager.get(SIGN))

    assert "2 coming bookings have been answered." in page
    assert "1 of them begins within 24 hours" in page
    assert "Removed Veins? Yes: fine, and the therapist is told" in page


def test_h0_the_first_version_asks_nobody_again(manager):
    make_questionnaire(SURGERY, version=4, is_signed_off=False)

    page = text(manager.get(SIGN))

    assert "Nothing is asked now" in page
    assert "asked again" not in page


def test_h0_a_version_without_questions_says_so(manager):
    make_questionnaire(version=4, is_signed_off=False)

    assert "nobody is asked anything" in text(manager.get(SIGN))


def test_h1_who_signs_can_look_at_it_as_clients_will(manager, draft):
    page = manager.get(SIGN).content.decode()

    for address in ("/health-questions/4/", "/health-questions/4/?ask=day_before"):
        assert f'href="{address}"' in page
        assert manager.get(address).status_code == 200
    assert 'href="/admin/health-questions/4/trial/"' in page


def test_h1_nobody_signs_without_a_name(manager, draft):
    answer = send(manager, by=" ")

    assert answer.status_code == 422
    assert "Say who has read the questions through." in text(answer)


def test_h1_nobody_signs_what_was_changed_meanwhile(manager, draft):
    opened = fields_of(manager.get(SIGN))
    Question.objects.filter(questionnaire=draft, key="surgery").update(text="Any operation?")

    answer = manager.post(SIGN, opened)

    assert answer.status_code == 409
    assert "Nothing has been signed. Somebody has changed the questions" in text(answer)
    assert send(manager).status_code == 302


def test_h1_nobody_signs_an_overtaken_draft(manager, draft):
    make_questionnaire(SURGERY, version=5)

    answer = send(manager)

    assert answer.status_code == 409
    assert "A newer version is in force" in text(answer)


def test_h1_nobody_signs_twice(manager, draft):
    send(manager, by="Dr. Ada Moore")

    again = manager.post(SIGN, {"by": "Somebody", "read": "x"}, follow=True)

    draft.refresh_from_db()
    assert "has been signed off and stays as it is" in text(again)
    assert draft.signed_off_by == "Dr. Ada Moore"
