"""How the health questionnaire is edited (rules H0 and H1)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bookings.domain.health.questionnaires import (
    add_question,
    change_question,
    check_outcomes,
    discard,
    move_question,
    new_draft,
    remove_question,
    sign_off,
)
from bookings.domain.health.screening import in_force
from bookings.domain.health.versions import fingerprint
from bookings.errors import (
    QuestionnaireChanged,
    QuestionnaireSignedOff,
    QuestionnaireSuperseded,
)
from bookings.models import Question, Questionnaire
from tests.bookings.domain.asking import NOW
from tests.bookings.domain.health.answering import DAY
from tests.factories import make_questionnaire

NOTED = [{"outcome": "note"}]


@pytest.fixture
def draft(db):
    """Version 4, which asks three questions at booking and one the day before."""
    return make_questionnaire(
        *({"key": key} for key in ("heart", "veins", "kidneys")),
        DAY,
        version=4,
        is_signed_off=False,
    )


def question(**values):
    usual = {"text": "Do you have gout?", "kind": "yes_no", "outcomes": [{"outcome": "note"}]}
    return Question(**usual | values)


def keys(questionnaire):
    return list(questionnaire.questions.values_list("key", flat=True))


def signed(version, by="Mei Tanaka", now=NOW):
    read = fingerprint(Question.objects.filter(questionnaire__version=version))
    return sign_off(version, by=by, read=read, now=now)


@pytest.mark.django_db
def test_h1_the_first_version_is_1_and_asks_nothing():
    draft = new_draft()

    assert (draft.version, keys(draft), in_force()) == (1, [], None)


@pytest.mark.both_engines
def test_h1_a_new_version_has_the_questions_and_nobody_has_signed_it_off(draft):
    signed(4)

    copy = new_draft(draft)

    assert (copy.version, copy.signed_off_by, copy.signed_off_on) == (5, "", None)
    assert keys(copy) == keys(draft) == ["heart", "veins", "kidneys", "pain_killers"]


def test_h1_a_question_is_added_last_under_a_key_of_its_own_words(draft):
    add_question(4, question())

    assert keys(draft)[-1] == "do_you_have_gout"
    assert draft.questions.last().position == 5


def test_h1_no_key_is_given_twice_in_whatever_version(draft):
    make_questionnaire({"key": "do_you_have_gout"}, version=2)

    assert add_question(4, question()).key == "do_you_have_gout_2"


@pytest.mark.parametrize("text", ["¿?", "123", "頭痛"])
def test_h1_a_question_without_plain_letters_has_a_key_too(draft, text):
    assert add_question(4, question(text=text)).key == "question"


def test_h1_a_question_is_changed_and_keeps_its_key_and_its_place(draft):
    row = draft.questions.get(key="veins")

    change_question(4, Question(pk=row.pk, text="Varicose veins?", kind="text", outcomes=NOTED))

    kept = draft.questions.get(key="veins")
    assert (kept.text, kept.kind, kept.position, kept.outcomes) == (
        "Varicose veins?",
        "text",
        2,
        NOTED,
    )


def test_h1_a_question_is_removed(draft):
    remove_question(4, "veins")

    assert keys(draft) == ["heart", "kidneys", "pain_killers"]


@pytest.mark.parametrize(
    ("key", "down", "order"),
    [
        ("veins", False, ["veins", "heart", "kidneys", "pain_killers"]),
        ("veins", True, ["heart", "kidneys", "veins", "pain_killers"]),
        ("heart", False, ["heart", "veins", "kidneys", "pain_killers"]),
        ("kidneys", True, ["heart", "veins", "kidneys", "pain_killers"]),
        ("nothing", True, ["heart", "veins", "kidneys", "pain_killers"]),
    ],
)
def test_h1_a_question_moves_among_those_of_the_same_time(draft, key, down, order):
    move_question(4, key, down=down)

    assert keys(draft) == order


def test_h1_a_signed_off_version_is_in_force_from_then_on(draft):
    make_questionnaire({"key": "heart"}, version=3)

    signed(4)

    row = in_force()
    assert row is not None
    assert (row.version, row.signed_off_by, row.signed_off_on) == (
        4,
        "Mei Tanaka",
        date(2026, 7, 31),
    )


def test_h1_nobody_signs_what_has_changed_while_it_was_read(draft):
    read = fingerprint(draft.questions.all())
    remove_question(4, "veins")

    with pytest.raises(QuestionnaireChanged):
        sign_off(4, by="Mei Tanaka", read=read, now=NOW)
    assert in_force() is None


def test_h1_nobody_signs_a_version_that_a_newer_one_has_overtaken(draft):
    make_questionnaire({"key": "heart"}, version=5)

    with pytest.raises(QuestionnaireSuperseded):
        signed(4)


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "change",
    [
        lambda row: add_question(4, question()),
        lambda row: change_question(4, row),
        lambda row: remove_question(4, "veins"),
        lambda row: move_question(4, "veins", down=True),
        lambda row: discard(4),
        lambda row: signed(4),
    ],
    ids=["add", "change", "remove", "move", "discard", "sign again"],
)
def test_h1_what_was_signed_off_stays_as_it_is(draft, change):
    signed(4)
    before = list(Question.objects.values())

    with pytest.raises(QuestionnaireSignedOff):
        change(draft.questions.get(key="veins"))
    assert list(Question.objects.values()) == before


def test_h1_a_draft_is_thrown_away(draft):
    discard(4)

    assert not Questionnaire.objects.exists()


def test_h1_outcomes_that_leave_a_yes_without_one_are_not_kept(draft):
    with pytest.raises(ValidationError):
        add_question(4, question(outcomes=[]))


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
