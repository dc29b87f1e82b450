"""What follows from answers (rules H1 and H2): every kind of answer, windows, and laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.domain.health.evaluation import (
    CHOICES,
    Asked,
    Given,
    Outcome,
    Why,
    Window,
    evaluate,
    united,
)
from bookings.enums import QuestionKind

ON = date(2026, 8, 3)
FINE, NOTE, REVIEW, UNSUITABLE = Outcome

PREGNANT = Asked("pregnant", QuestionKind.YES_NO, True, (Window(UNSUITABLE),))
VEINS = Asked("varicose_veins", QuestionKind.YES_NO, False, (Window(NOTE),))
SURGERY = Asked(
    "surgery",
    QuestionKind.YES_NO_DATE,
    True,
    (Window(UNSUITABLE, 42), Window(REVIEW, 275), Window(FINE)),
)
OTHER = Asked("anything_else", QuestionKind.TEXT, False, (Window(REVIEW),))


def comes_to(question: Asked, answer: Given, **how: bool) -> tuple[Outcome, Why | None]:
    found = evaluate([question], {question.key: answer}, on=ON, **how)
    return found.outcome, found.fired[0].why if found.fired else None


def ago(days: int) -> Given:
    return Given("yes", ON - timedelta(days=days))


@pytest.mark.parametrize(
    ("question", "answer", "found"),
    [
        (PREGNANT, Given("no"), (FINE, None)),
        (PREGNANT, Given("yes"), (UNSUITABLE, Why.YES)),
        (PREGNANT, Given("not_sure"), (REVIEW, Why.NOT_SURE)),
        (PREGNANT, Given(), (REVIEW, Why.UNANSWERED)),
        (VEINS, Given("yes"), (NOTE, Why.YES)),
        (VEINS, Given("not_sure"), (REVIEW, Why.NOT_SURE)),
        (VEINS, Given(), (FINE, None)),
        (OTHER, Given(text="A stiff neck."), (REVIEW, Why.TEXT)),
        (OTHER, Given(text=" \n"), (FINE, None)),
        (OTHER, Given(), (FINE, None)),
        (SURGERY, Given("no", ON), (FINE, None)),
        (SURGERY, Given("yes"), (UNSUITABLE, Why.DATE_MISSING)),
        (SURGERY, ago(0), (UNSUITABLE, Why.WITHIN)),
        (SURGERY, ago(42), (UNSUITABLE, Why.WITHIN)),
        (SURGERY, ago(43), (REVIEW, Why.WITHIN)),
        (SURGERY, ago(275), (REVIEW, Why.WITHIN)),
        (SURGERY, ago(276), (FINE, None)),
        (SURGERY, ago(-1), (REVIEW, Why.DATE_AFTER)),
    ],
)
def test_h2_an_answer_comes_to_its_outcome(question, answer, found):
    assert comes_to(question, answer) == found


def test_h2_the_strictest_outcome_counts_and_every_question_that_fired_is_named():
    answers = {"pregnant": Given("no"), "varicose_veins": Given("yes"), "surgery": ago(100)}

    found = evaluate([PREGNANT, VEINS, SURGERY, OTHER], answers, on=ON)

    assert found.outcome is REVIEW
    assert [(each.key, each.outcome, each.within_days) for each in found.fired] == [
        ("varicose_veins", NOTE, None),
        ("surgery", REVIEW, 275),
    ]


def test_h1_unsuitable_for_barefoot_work_is_for_a_person_to_look_at_with_hands():
    assert comes_to(PREGNANT, Given("yes"), barefoot=False) == (REVIEW, Why.YES)
    assert comes_to(VEINS, Given("yes"), barefoot=False) == (NOTE, Why.YES)


def test_h2_required_questions_without_an_answer_are_open():
    assert evaluate([PREGNANT, VEINS, SURGERY], {"surgery": ago(300)}, on=ON).open == ("pregnant",)


def test_answers_to_what_is_not_asked_are_left_out():
    assert evaluate([VEINS], {"pregnant": Given("yes")}, on=ON).outcome is FINE


def test_h3_nothing_shows_an_answer_by_accident():
    answer = Given("yes", ON, "Lyme disease")
    found = evaluate([PREGNANT, OTHER], {"pregnant": answer, "anything_else": answer}, on=ON)

    shown = repr(answer) + repr(found) + repr(found.fired)

    assert not any(word in shown for word in ("yes", "2026", "Lyme", "pregnant", "UNSUITABLE"))


# Laws

OUTCOMES = st.sampled_from(Outcome)


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(QuestionKind))
    days = sorted(draw(st.sets(st.integers(0, 400), max_size=3)))
    if kind is not QuestionKind.YES_NO_DATE:
        days = []
    # Longer ago is never stricter, as people write such rules.
    outcomes = sorted(draw(st.lists(OUTCOMES, min_size=len(days) + 1, max_size=len(days) + 1)))
    windows = zip(reversed(outcomes), [*days, None], strict=True)
    key = draw(st.text("abc", min_size=1, max_size=3))
    return Asked(key, kind, draw(st.booleans()), tuple(Window(*each) for each in windows))


ANSWERS = st.builds(
    Given,
    st.sampled_from(["", *CHOICES]),
    st.none() | st.integers(-500, 500).map(lambda days: ON - timedelta(days=days)),
    st.sampled_from(["", "words"]),
)


@st.composite
def sheets(draw):
    asked = draw(st.lists(questions(), max_size=5, unique_by=lambda each: each.key))
    return asked, {each.key: draw(ANSWERS) for each in asked}


@given(sheets())
def test_h2_the_outcome_is_the_strictest_of_what_fired(sheet):
    asked, answers = sheet
    found = evaluate(asked, answers, on=ON)

    assert found.outcome == max((each.outcome for each in found.fired), default=FINE)
    assert united([evaluate([each], answers, on=ON) for each in asked]) == found


@given(sheets(), st.integers(0, 4))
def test_h2_asking_more_makes_nothing_milder(sheet, left_out):
    asked, answers = sheet
    fewer = [each for number, each in enumerate(asked) if number != left_out]

    assert evaluate(fewer, answers, on=ON).outcome <= evaluate(asked, answers, on=ON).outcome


@given(sheets())
def test_h2_answering_no_to_everything_asked_of_yes_and_no_is_fine(sheet):
    asked = [each for each in sheet[0] if each.kind is not QuestionKind.TEXT]

    assert evaluate(asked, {each.key: Given("no") for each in asked}, on=ON).outcome is FINE


@given(questions(), st.integers(0, 500), st.integers(0, 500))
def test_h2_a_later_session_makes_no_date_stricter(question, days, later):
    answers = {question.key: ago(days)}

    after = evaluate([question], answers, on=ON + timedelta(days=later)).outcome

    assert after <= evaluate([question], answers, on=ON).outcome


@given(questions(), st.integers(0, 500))
def test_h2_leaving_the_date_out_is_never_milder_than_any_date(question, days):
    key = question.key

    missing = evaluate([question], {key: Given("yes")}, on=ON).outcome

    assert evaluate([question], {key: ago(days)}, on=ON).outcome <= missing


@given(sheets())
def test_h1_hands_alone_are_never_stricter_and_need_a_person_whenever_feet_do(sheet):
    feet = evaluate(*sheet, on=ON)
    hands = evaluate(*sheet, on=ON, barefoot=False)

    assert hands.outcome == min(feet.outcome, REVIEW)
    assert hands.outcome.needs_a_person == feet.outcome.needs_a_person
