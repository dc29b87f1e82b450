"""The versions of the health questions at the desk (rules H0 and H1)."""

import pytest

from bookings.models import Questionnaire
from tests.bookings.domain.health.answering import DAY, OTHER, SURGERY, usual_questions
from tests.bookings.pages.visiting import text
from tests.factories import make_questionnaire

pytestmark = pytest.mark.django_db

LIST = "/admin/health-questions/"
DRAFT = f"{LIST}4/"


@pytest.fixture
def draft():
    """Version 4, a draft; version 3 is in force."""
    usual_questions()
    return make_questionnaire(SURGERY, OTHER, DAY, version=4, is_signed_off=False)


def test_h1_the_list_says_how_each_version_stands(manager, draft):
    make_questionnaire(version=2)

    page = text(manager.get(LIST))

    assert "Draft: asks nothing yet. 3 questions." in page
    assert "In force, signed off by Dr. Ames on 1 Jan 2026. 4 questions." in page
    assert "Replaced, signed off by Dr. Ames on 1 Jan 2026. 0 questions." in page
    assert page.index("Draft:") < page.index("In force") < page.index("Replaced")


def test_h0_the_list_says_that_nothing_is_asked(manager):
    assert "no version has been signed off" in text(manager.get(LIST))


def test_h1_the_first_version_is_written_from_nothing(manager):
    page = text(manager.post(LIST, follow=True))

    assert "Version 1 is a draft: it asks nothing until it is signed off." in page
    assert Questionnaire.objects.get().signed_off_on is None


def test_h1_a_new_version_is_made_of_one_that_was_signed_off(manager):
    usual_questions()

    answer = manager.post(LIST, {"like": "3"}, follow=True)

    assert answer.redirect_chain == [(DRAFT, 302)]
    assert "Drafted." in text(answer)
    assert Questionnaire.objects.get(version=4).questions.count() == 4


@pytest.mark.parametrize("like", ["9", "x", "-1"])
def test_a_new_version_of_none_is_not_made(manager, draft, like):
    assert manager.post(LIST, {"like": like}).status_code == 404
    assert Questionnaire.objects.count() == 2


def test_h1_a_version_says_what_follows_from_which_answer(manager, draft):
    page = text(manager.get(DRAFT))

    assert "Yes, at most 42 days before the session: unsuitable for barefoot work" in page
    assert "Yes, at most 275 days before the session: a person decides" in page
    assert "Yes, longer ago: fine" in page
    assert "Something is written: a person decides" in page
    assert page.index("Asked the day before") < page.index("Pain killers?")


def test_h1_what_was_signed_off_offers_no_change(manager, draft):
    page = manager.get(f"{LIST}3/").content.decode()

    assert "Make a new version of it" in page
    assert "sign-off" not in page
    assert "/question/" not in page
    assert "new-question" not in page


def test_h1_a_draft_is_deleted(manager, draft):
    page = text(manager.post(f"{DRAFT}delete/", follow=True))

    assert "The draft of version 4 is deleted." in page
    assert [row.version for row in Questionnaire.objects.all()] == [3]


def test_h1_what_was_signed_off_is_not_deleted(manager, draft):
    page = text(manager.post(f"{LIST}3/delete/", follow=True))

    assert "has been signed off and stays as it is" in page
    assert Questionnaire.objects.count() == 2
