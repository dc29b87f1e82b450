from datetime import date

import pytest
from django.db import IntegrityError

from bookings.models import Question, Questionnaire

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def ask(questionnaire, key, position=1):
    return Question.objects.create(
        questionnaire=questionnaire,
        position=position,
        key=key,
        text="Are you pregnant?",
        kind=Question.Kind.YES_NO,
    )


def test_h0_a_questionnaire_may_wait_for_its_signature():
    assert Questionnaire.objects.create(version=1).pk


def test_h0_a_questionnaire_is_signed_off_by_somebody_on_a_day():
    assert Questionnaire.objects.create(
        version=1, signed_off_by="Mia Manager", signed_off_on=date(2026, 8, 3)
    ).pk


@pytest.mark.parametrize(
    "half",
    [{"signed_off_by": "Mia Manager"}, {"signed_off_on": date(2026, 8, 3)}],
    ids=["by nobody knows when", "on a day by nobody"],
)
def test_h0_half_a_signature_is_refused(half):
    with pytest.raises(IntegrityError, match="questionnaire_signed_off_by_and_on"):
        Questionnaire.objects.create(version=1, **half)


def test_h1_a_version_is_given_once():
    Questionnaire.objects.create(version=1)

    with pytest.raises(IntegrityError):
        Questionnaire.objects.create(version=1)


def test_h1_the_latest_version_comes_first():
    for version in (1, 3, 2):
        Questionnaire.objects.create(version=version)

    assert [found.version for found in Questionnaire.objects.all()] == [3, 2, 1]


def test_h1_a_questionnaire_asks_a_question_once():
    questionnaire = Questionnaire.objects.create(version=1)
    ask(questionnaire, "pregnant")

    with pytest.raises(IntegrityError):
        ask(questionnaire, "pregnant", position=2)


def test_h1_the_next_version_may_ask_it_again():
    for version in (1, 2):
        ask(Questionnaire.objects.create(version=version), "pregnant")

    assert Question.objects.filter(key="pregnant").count() == 2


def test_h1_questions_come_by_their_position():
    questionnaire = Questionnaire.objects.create(version=1)
    ask(questionnaire, "surgery", position=2)
    ask(questionnaire, "pregnant", position=1)

    assert [question.key for question in questionnaire.questions.all()] == ["pregnant", "surgery"]


@pytest.mark.parametrize(("language", "words"), [("es", "¿Un embarazo?"), ("en", "Pregnant?")])
def test_h1_a_question_is_read_in_the_readers_language(language, words):
    question = Question(text="Pregnant?", text_es="¿Un embarazo?")

    assert question.text_in(language) == words


@pytest.mark.parametrize("language", ["es", "pt", None])
def test_h1_what_is_not_written_in_it_is_read_in_the_studios_own_words(language):
    question = Question(text="Surgery?", help="Any.", date_label="When?")

    read = (
        question.text_in(language),
        question.help_in(language),
        question.date_label_in(language),
    )

    assert read == ("Surgery?", "Any.", "When?")
