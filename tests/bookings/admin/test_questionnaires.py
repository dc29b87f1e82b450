"""The health questionnaire, as a manager edits it and signs it off (rules H0 and H1)."""

from datetime import date

import pytest
from django.urls import reverse

from bookings.models import Question, Questionnaire
from tests.bookings.admin.filling import errors_of, messages_of, save

pytestmark = pytest.mark.django_db

ADD = reverse("admin:bookings_questionnaire_add")
QUESTION = {
    "questions-TOTAL_FORMS": "1",
    "questions-0-position": "1",
    "questions-0-key": "eye_surgery",
    "questions-0-text": "Have you had eye surgery?",
    "questions-0-kind": "yes_no",
    "questions-0-required": "on",
    "questions-0-ask": "booking",
    "questions-0-outcomes": '[{"outcome": "review"}]',
}


def change(questionnaire):
    return reverse("admin:bookings_questionnaire_change", args=[questionnaire.pk])


@pytest.fixture
def signed_off(db):
    """A version that is asked."""
    questionnaire = Questionnaire.objects.create(
        version=1, signed_off_by="Mei Tanaka", signed_off_on=date(2026, 8, 1)
    )
    Question.objects.create(
        questionnaire=questionnaire,
        position=1,
        key="eye_surgery",
        text="Have you had eye surgery?",
        kind=Question.Kind.YES_NO,
        outcomes=[{"outcome": "review"}],
    )
    return questionnaire


def test_h1_a_draft_is_written_with_its_questions(manager):
    save(manager, ADD, **QUESTION)

    questionnaire = Questionnaire.objects.get()
    assert (questionnaire.version, questionnaire.signed_off_on) == (1, None)
    assert questionnaire.questions.get().outcomes == [{"outcome": "review"}]


def test_h1_versions_are_numbered_on(manager, signed_off):
    save(manager, ADD)

    assert Questionnaire.objects.latest("version").version == 2


@pytest.mark.parametrize(
    "outcomes", ["[]", '[{"outcome": "maybe"}]', '[{"within_days": 3, "outcome": "review"}]']
)
def test_h1_outcomes_that_leave_a_yes_without_one_are_refused(manager, outcomes):
    page = save(manager, ADD, **QUESTION | {"questions-0-outcomes": outcomes})

    (formset,) = page.context["inline_admin_formsets"]
    assert [list(errors) for errors in formset.formset.errors] == [["outcomes"]]
    assert not Questionnaire.objects.exists()


def test_h1_a_draft_is_signed_off(manager):
    draft = Questionnaire.objects.create(version=1)

    save(manager, change(draft), signed_off_by="Mei Tanaka", signed_off_on="2026-08-03")

    draft.refresh_from_db()
    assert (draft.signed_off_by, draft.signed_off_on) == ("Mei Tanaka", date(2026, 8, 3))


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"signed_off_by": "Mei"},
            {"__all__": ["Give who signed it off and when, or neither."]},
        ),
        (
            {"signed_off_by": "Mei", "signed_off_on": "2026-08-04"},
            {"signed_off_on": ["This day lies ahead. Sign off when the questions may be asked."]},
        ),
    ],
)
def test_h1_half_a_sign_off_and_an_early_one_are_refused(manager, typed, errors):
    draft = Questionnaire.objects.create(version=1)

    page = save(manager, change(draft), **typed)

    assert errors_of(page) == errors


def test_h1_what_was_signed_off_is_not_edited(manager, signed_off):
    page = manager.post(
        change(signed_off), QUESTION | {"signed_off_by": "Somebody", "_save": "Save"}
    )

    signed_off.refresh_from_db()
    assert page.status_code == 403
    assert signed_off.signed_off_by == "Mei Tanaka"


def test_h1_what_was_signed_off_is_not_deleted(manager, signed_off):
    url = reverse("admin:bookings_questionnaire_delete", args=[signed_off.pk])

    assert manager.post(url, {"post": "yes"}).status_code == 403


def test_h1_a_draft_can_be_deleted(manager):
    draft = Questionnaire.objects.create(version=1)

    manager.post(reverse("admin:bookings_questionnaire_delete", args=[draft.pk]), {"post": "yes"})

    assert not Questionnaire.objects.exists()


def test_h1_a_new_version_is_made_of_one_that_was_signed_off(manager, signed_off):
    page = manager.post(
        change(signed_off),
        {"CHANGE_FORM-action": "copy_as_new_version", "_selected_action": [signed_off.pk]},
        follow=True,
    )

    draft = Questionnaire.objects.get(signed_off_on=None)
    assert page.redirect_chain == [(change(draft), 302)]
    assert messages_of(page) == ["Version 2 is a draft: it asks nothing until it is signed off."]
    assert draft.questions.get().key == "eye_surgery"
