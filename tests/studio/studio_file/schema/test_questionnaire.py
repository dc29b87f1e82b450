import pytest

from tests.studio.studio_file.texts import mistakes_after, read_example

QUESTION = 'questionnaire > questions "eye_surgery"'
OUTCOMES = '[{ within_days = 3, outcome = "unsuitable" }, { outcome = "fine" }]'


def test_h0_a_questionnaire_that_nobody_signed_is_a_draft():
    file = read_example(('signed_off_by = "Mei Tanaka"', ""), ("signed_off_on = 2026-11-01", ""))

    assert file.questionnaire is not None
    assert file.questionnaire.signed_off_by is None


def test_h0_who_signed_off_goes_with_when():
    assert mistakes_after(("signed_off_on = 2026-11-01", "")) == [
        (
            "questionnaire > signed_off_on: found nothing,"
            " expected the day of the sign-off, as signed_off_by is there"
        )
    ]


def test_h0_when_goes_with_who_signed_off():
    assert mistakes_after(('signed_off_by = "Mei Tanaka"', "")) == [
        (
            "questionnaire > signed_off_on: found 2026-11-01,"
            " expected signed_off_by beside it: who signed off, and when, go together"
        )
    ]


@pytest.mark.parametrize(
    ("key", "old", "new", "words"),
    [
        ("kind", "yes_no_date", "maybe", 'one of "yes_no", "yes_no_date", "text"'),
        ("ask", "booking", "later", '"booking" or "day_before"'),
    ],
)
def test_h1_a_word_that_the_rules_do_not_have_is_refused(key, old, new, words):
    assert mistakes_after((f'"{old}"', f'"{new}"')) == [
        f'{QUESTION} > {key}: found "{new}", expected {words}'
    ]


def test_h1_an_outcome_that_the_rules_do_not_have_is_refused():
    assert mistakes_after(('"unsuitable"', '"refused"')) == [
        (
            f'{QUESTION} > outcomes #1 > outcome: found "refused",'
            ' expected one of "fine", "note", "review", "unsuitable"'
        )
    ]


@pytest.mark.parametrize(
    "outcomes",
    [
        "[]",
        '[{ within_days = 3, outcome = "review" }]',
        '[{ outcome = "review" }, { outcome = "fine" }]',
        (
            '[{ within_days = 9, outcome = "review" }, { within_days = 9, outcome = "note" },'
            ' { outcome = "fine" }]'
        ),
    ],
)
def test_h1_exactly_one_outcome_of_a_dated_question_fits_each_date(outcomes):
    (mistake,) = mistakes_after((OUTCOMES, outcomes))

    assert mistake.startswith(f"{QUESTION} > outcomes: found ")
    assert mistake.endswith(
        "expected outcomes each with a wider within_days than the one before,"
        " and a last one without within_days"
    )


@pytest.mark.parametrize("kind", ["yes_no", "text"])
def test_h1_without_a_date_there_is_no_window(kind):
    assert mistakes_after(("yes_no_date", kind)) == [
        (
            f"{QUESTION} > outcomes: found a list of tables,"
            " expected one outcome without within_days, as no date is asked"
        )
    ]


def test_h1_two_questions_have_two_keys():
    text = 'key = "eye_surgery"'
    second = f"""
  [[questionnaire.questions]]
  {text}
  text = "Again?"
  kind = "yes_no"
  required = false
  ask = "day_before"
  outcomes = [{{ outcome = "note" }}]
"""

    assert mistakes_after((f"outcomes = {OUTCOMES}", f"outcomes = {OUTCOMES}{second}#")) == [
        (
            f'{QUESTION} > key: found "eye_surgery" once more,'
            " expected a key that nothing else under questionnaire.questions has"
        )
    ]
