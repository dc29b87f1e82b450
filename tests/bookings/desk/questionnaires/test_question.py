"""A manager writes a health question, and says what follows from its answers (rule H1)."""

import pytest

from bookings.models import Question
from tests.bookings.admin.filling import fields_of
from tests.bookings.domain.health.answering import DAY, SURGERY, THINNERS, VEINS, WINDOWS
from tests.bookings.pages.visiting import text
from tests.factories import make_questionnaire

pytestmark = pytest.mark.django_db

DRAFT = "/admin/health-questions/4/"
NEW = f"{DRAFT}new-question/"
OLD = f"{DRAFT}question/surgery/"


@pytest.fixture(autouse=True)
def draft():
    """Version 4, a draft that asks about surgery, thinners, veins, and pain killers of the day."""
    return make_questionnaire(SURGERY, THINNERS, VEINS, DAY, version=4, is_signed_off=False)


def send(browser, url, **typed):
    """The form as it stands there, with what is typed into it."""
    return browser.post(url, fields_of(browser.get(url)) | typed)


def keys(draft):
    return list(draft.questions.values_list("key", flat=True))


def test_h1_a_question_is_added_in_plain_words(manager, draft):
    answer = send(
        manager,
        NEW,
        text="Do you  have\ngout?",
        text_es="¿Tienes gota?",
        help="In a foot, say.",
        outcome="note",
    )

    row = draft.questions.last()
    assert (answer.status_code, answer["Location"]) == (302, f"{DRAFT}#{row.key}")
    assert (row.text, row.text_es, row.help) == (
        "Do you have gout?",
        "¿Tienes gota?",
        "In a foot, say.",
    )
    assert (row.kind, row.ask, row.required) == ("yes_no", "booking", True)
    assert row.outcomes == [{"outcome": "note"}]


def test_h1_a_question_of_the_day_is_added_among_those(manager, draft):
    send(manager, f"{NEW}?ask=day_before", text="Do you have a fever?")

    assert draft.questions.last().ask == "day_before"


def test_h1_a_form_that_is_sent_as_it_was_opened_changes_nothing(manager):
    before = Question.objects.values().get(key="surgery")

    send(manager, OLD)

    assert Question.objects.values().get(key="surgery") == before


def test_h1_windows_may_be_typed_in_any_order(manager, draft):
    rows = {"window-2-days": "7", "window-2-outcome": "unsuitable"}

    send(manager, OLD, date_label="When was it?", outcome="note", **rows)

    row = draft.questions.get(key="surgery")
    assert row.date_label == "When was it?"
    assert row.outcomes == [
        {"within_days": 7, "outcome": "unsuitable"},
        *WINDOWS[:2],
        {"outcome": "note"},
    ]


def test_h1_a_window_whose_row_is_emptied_is_gone(manager, draft):
    rows = {"window-0-days": "", "window-0-outcome": ""}

    send(manager, OLD, **rows)

    assert draft.questions.get(key="surgery").outcomes == WINDOWS[1:]


def test_h1_without_a_date_there_are_no_windows(manager, draft):
    answer = send(manager, OLD, kind="yes_no", **{"window-0-days": "many"})

    assert answer.status_code == 302
    assert draft.questions.get(key="surgery").outcomes == [{"outcome": "fine"}]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": " "}, "Write the question."),
        ({"kind": "maybe"}, "Select a valid choice"),
        ({"outcome": ""}, "Say what follows."),
        ({"window-2-days": "9"}, "Say what follows, or leave the days empty."),
        ({"window-2-outcome": "note"}, "Say how many days, or choose nothing in this row."),
        (
            {"window-2-days": "42", "window-2-outcome": "note"},
            "42 days stand in two rows. Keep one of them.",
        ),
        ({"window-0-days": "-3"}, "greater than or equal to 0"),
        ({"window-TOTAL_FORMS": "x"}, "ManagementForm data is missing"),
    ],
)
def test_h1_what_does_not_fit_is_said_and_nothing_typed_is_lost(manager, draft, typed, words):
    answer = send(manager, OLD, **{"help": "Just typed.", **typed})

    assert answer.status_code == 422
    assert words in text(answer)
    assert "Just typed." in answer.content.decode()
    assert draft.questions.get(key="surgery").help == ""


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("up", ["blood_thinners", "surgery", "veins", "pain_killers"]),
        ("down", ["surgery", "veins", "blood_thinners", "pain_killers"]),
        ("remove", ["surgery", "veins", "pain_killers"]),
    ],
)
def test_h1_a_question_is_moved_and_removed(manager, draft, name, order):
    answer = manager.post(f"{DRAFT}question/blood_thinners/{name}/")

    assert answer.status_code == 302
    assert keys(draft) == order


def test_an_unknown_step_is_none(manager, draft):
    assert manager.post(f"{OLD}sideways/").status_code == 404


def test_a_question_that_is_gone_leads_back(manager):
    answer = manager.get(f"{DRAFT}question/heart/", follow=True)

    assert "This question is no longer there." in text(answer)


@pytest.mark.parametrize("path", ["new-question/", "question/surgery/", "question/surgery/remove/"])
def test_h1_what_was_signed_off_is_not_edited(manager, path):
    make_questionnaire(SURGERY, version=5)
    before = list(Question.objects.values())
    sent = {"text": "Another one?", "kind": "yes_no", "ask": "booking", "outcome": "fine"}

    answer = manager.post(f"/admin/health-questions/5/{path}", sent, follow=True)

    assert "has been signed off and stays as it is" in text(answer)
    assert list(Question.objects.values()) == before
