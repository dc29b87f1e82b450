from datetime import date

import pytest

from bookings.models import Question, Questionnaire
from tests.studio.studio_file.loaded import load_example, load_text, refused
from tests.studio.studio_file.texts import example

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

UNSIGNED = (
    example()[example().index("signed_off_by") : example().index("  [[questionnaire.questions]]")],
    "",
)
OTHER_TEXT = ("Have you had eye surgery or LASIK?", "Any eye surgery?")


def test_a_questionnaire_is_loaded_with_its_questions():
    load_example()

    questionnaire = Questionnaire.objects.get()
    assert (questionnaire.signed_off_by, questionnaire.signed_off_on) == (
        "Mei Tanaka",
        date(2026, 11, 1),
    )
    question = questionnaire.questions.get()
    assert (question.key, question.kind, question.ask) == ("eye_surgery", "yes_no_date", "booking")
    assert question.outcomes == [
        {"within_days": 3, "outcome": "unsuitable"},
        {"outcome": "fine"},
    ]


def test_without_the_sign_off_keys_it_is_a_draft():
    load_example(UNSIGNED)

    questionnaire = Questionnaire.objects.get()
    assert (questionnaire.signed_off_by, questionnaire.signed_off_on) == ("", None)


def test_the_questions_of_a_draft_are_replaced():
    load_example(UNSIGNED)

    report = load_example(UNSIGNED, OTHER_TEXT)

    assert str(report) == "updated 1 questionnaire"
    assert [question.text for question in Question.objects.all()] == ["Any eye surgery?"]


def test_a_draft_can_be_signed_off_by_the_file():
    load_example(UNSIGNED)

    load_example()

    assert Questionnaire.objects.get().signed_off_by == "Mei Tanaka"


def test_a_draft_in_the_file_takes_no_sign_off_back():
    load_example()

    report = load_example(UNSIGNED)

    assert str(report) == "nothing was new"
    assert Questionnaire.objects.get().signed_off_by == "Mei Tanaka"


@pytest.mark.parametrize(
    "change",
    [
        [OTHER_TEXT],
        [OTHER_TEXT, UNSIGNED],
        [('signed_off_by = "Mei Tanaka"', 'signed_off_by = "Sam"')],
        [("signed_off_on = 2026-11-01", "signed_off_on = 2026-11-02")],
        [("within_days = 3", "within_days = 4")],
    ],
)
def test_what_was_signed_off_cannot_become_something_else(change):
    load_example()

    (mistake,) = refused(example(*change))

    assert mistake == (
        "questionnaire > version: found 1 with other questions or another sign-off, expected what"
        " Mei Tanaka signed off on 2026-11-01 as this version, or another version"
    )


def test_other_questions_are_a_version_of_their_own():
    load_example()

    load_example(
        ("\nversion = 1", "\nversion = 2"),
        OTHER_TEXT,
    )

    texts = Question.objects.order_by("questionnaire__version").values_list("text", flat=True)
    assert list(texts) == ["Have you had eye surgery or LASIK?", "Any eye surgery?"]


def test_a_file_without_one_leaves_it_alone():
    load_example()

    load_text(example().partition("[questionnaire]")[0])

    assert Questionnaire.objects.count() == 1
