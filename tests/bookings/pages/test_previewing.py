"""A draft of the health questions as clients will meet it, for its editors alone (rule H1)."""

import pytest

from bookings.domain.staff import Role
from bookings.models import Answers
from tests.bookings.conftest import SignIn
from tests.bookings.domain.health.answering import DAY, VEINS, usual_questions
from tests.bookings.pages.visiting import text
from tests.factories import make_questionnaire

pytestmark = pytest.mark.django_db

PREVIEW = "/health-questions/4/"


@pytest.fixture(autouse=True)
def draft():
    """Version 4, a draft; version 3 is in force."""
    usual_questions()
    strict = {"text_es": "¿Várices?", "outcomes": [{"outcome": "unsuitable"}]}
    return make_questionnaire(VEINS | strict, DAY, version=4, is_signed_off=False)


def test_h1_an_editor_sees_the_draft_as_clients_will(manager):
    page = manager.get(PREVIEW)

    assert "Preview of version 4" in text(page)
    assert "Veins?" in text(page)
    assert "Surgery?" not in text(page)
    assert "Pain killers?" not in text(page)
    assert "noindex" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_h1_an_editor_sees_it_in_spanish_and_those_of_the_day(manager):
    assert "¿Várices?" in text(manager.get(f"/es{PREVIEW}"))
    assert "Pain killers?" in text(manager.get(PREVIEW, {"ask": "day_before"}))


def test_h1_what_is_answered_there_is_judged_by_the_draft_and_forgotten(manager):
    sent = {"screen": "1", "answer-veins": "yes", "session": "barefoot", "day": "2026-08-06"}

    page = text(manager.post(PREVIEW, sent))

    assert "Rather not with the feet on that day" in page
    assert not Answers.objects.exists()


def test_h1_nobody_else_sees_a_draft(client, sign_in: SignIn):
    browsers = [client, sign_in(Role.RECEPTIONIST), sign_in(Role.THERAPIST)]

    answers = [browser.get(PREVIEW).status_code for browser in browsers]

    assert answers == [404, 404, 404]


def test_there_is_no_preview_of_a_version_that_is_not_there(manager):
    assert manager.get("/health-questions/9/").status_code == 404
