"""How the health questionnaire is edited (rules H0 and H1)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bookings.domain.questionnaires import check_outcomes, copy_as_draft, next_version
from bookings.models import Question, Questionnaire


def make_questionnaire(version=1, **values):
    return Questionnaire.objects.create(version=version, **values)


@pytest.mark.django_db
def test_h1_the_first_version_is_1():
    assert next_version() == 1


@pytest.mark.django_db
def test_h1_the_next_version_comes_after_the_highest():
    make_questionnaire(version=7)
    make_questionnaire(version=2)

    assert next_version() == 8


@pytest.mark.django_db
@pytest.mark.both_engines
def test_h1_a_copy_has_the_questions_and_nobody_has_signed_it_off():
    original = make_questionnaire(
        version=3, signed_off_by="Mei Tanaka", signed_off_on=date(2026, 8, 1)
    )
    Question.objects.create(
        questionnaire=original,
        position=1,
        key="eye_surgery",
        text="Have you had eye surgery?",
        kind=Question.Kind.YES_NO,
        outcomes=[{"outcome": "review"}],
    )

    draft = copy_as_draft(original)

    assert (draft.version, draft.signed_off_by, draft.signed_off_on) == (4, "", None)
    assert [question.key for question in draft.questions.all()] == ["eye_surgery"]
    assert [question.key for question in original.questions.all()] == ["eye_surgery"]


@pytest.mark.parametrize(
    ("kind", "outcomes"),
    [
        ("yes_no", [{"outcome": "review"}]),
        ("text", [{"outcome": "note"}]),
        ("yes_no_date", [{"outcome": "review"}]),
        (
            "yes_no_date",
            [
                {"within_days": 42, "outcome": "unsuitable"},
                {"within_days": 270, "outcome": "review"},
                {"outcome": "fine"},
            ],
        ),
    ],
)
def test_h1_outcomes_of_which_one_always_fits_are_taken(kind, outcomes):
    check_outcomes(kind, outcomes)


@pytest.mark.parametrize(
    ("kind", "outcomes"),
    [
        ("yes_no", []),
        ("yes_no", "review"),
        ("yes_no", ["review"]),
        ("yes_no", {"outcome": "review"}),
        ("yes_no", [{"outcome": "refuse"}]),
        ("yes_no", [{"outcome": "review"}, {"outcome": "fine"}]),
        ("yes_no", [{"outcome": "review", "why": "because"}]),
        ("yes_no", [{"within_days": 3, "outcome": "review"}]),
        ("yes_no_date", []),
        ("yes_no_date", [{"within_days": 3, "outcome": "review"}]),
        ("yes_no_date", [{"within_days": -3, "outcome": "review"}, {"outcome": "fine"}]),
        ("yes_no_date", [{"within_days": True, "outcome": "review"}, {"outcome": "fine"}]),
        ("yes_no_date", [{"outcome": "review"}, {"outcome": "fine"}]),
        (
            "yes_no_date",
            [
                {"within_days": 9, "outcome": "review"},
                {"within_days": 3, "outcome": "unsuitable"},
                {"outcome": "fine"},
            ],
        ),
    ],
)
def test_h1_outcomes_of_which_none_or_one_never_fits_are_refused(kind, outcomes):
    with pytest.raises(ValidationError):
        check_outcomes(kind, outcomes)
