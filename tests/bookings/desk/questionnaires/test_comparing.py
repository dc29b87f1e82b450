"""What a version of the health questions changes, in words (rule H1)."""

import pytest

from tests.bookings.domain.health.answering import DAY, OTHER, SURGERY, THINNERS, VEINS
from tests.bookings.pages.visiting import text
from tests.factories import make_questionnaire

pytestmark = pytest.mark.django_db

CHANGES = "/admin/health-questions/4/changes/"
STRICTER = {"outcomes": [{"within_days": 90, "outcome": "unsuitable"}, {"outcome": "review"}]}


def test_h1_a_draft_is_compared_with_the_version_in_force(manager):
    make_questionnaire(SURGERY, THINNERS, VEINS, version=3)
    make_questionnaire(
        VEINS | {"text_es": "¿Várices?"},
        SURGERY | STRICTER,
        DAY | {"required": False},
        version=4,
        is_signed_off=False,
    )

    page = text(manager.get(CHANGES))

    assert "From version 3 to version 4" in page
    assert "Added Pain killers? Yes: a person decides" in page
    assert "Removed Blood thinners? Yes: a person decides" in page
    assert "Question in Spanish nothing ¿Várices?" in page
    before, after = page.split("Yes, longer ago: fine")
    assert "What follows Yes, at most 42 days before the session: unsuitable" in before
    assert "Yes, at most 90 days before the session: unsuitable" in after
    assert "(was number 2, is number 1 of those in both)" in page


def test_h1_any_two_versions_are_compared(manager):
    make_questionnaire(SURGERY, version=2)
    make_questionnaire(SURGERY, THINNERS, version=3)
    make_questionnaire(SURGERY, OTHER, version=4, is_signed_off=False)

    page = text(manager.get(CHANGES, {"since": "2"}))

    assert "From version 2 to version 4" in page
    assert "Added Anything else? Something is written: a person decides" in page
    assert "Removed" not in page


def test_h1_equal_versions_differ_in_nothing(manager):
    make_questionnaire(SURGERY, version=3)
    make_questionnaire(SURGERY, version=4, is_signed_off=False)

    assert "Nothing: the same questions" in text(manager.get(CHANGES))


def test_h1_an_only_version_has_nothing_to_be_compared_with(manager):
    make_questionnaire(SURGERY, version=4, is_signed_off=False)

    assert "There is no other version" in text(manager.get(CHANGES, {"since": "x"}))
