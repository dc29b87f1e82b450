"""Health questions and answers over the API (rules H0 to H4)."""

from datetime import date
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.models import Answers, Booking, Look
from studio.api.models import Scope
from tests.bookings.api.views.bookings.asking import book, hold, path_of
from tests.bookings.domain.health.answering import DAY, OTHER, SURGERY, THINNERS
from tests.calling import ROBIN, anyone, client_of, code_of, fields_of, reception, staff
from tests.factories import make_bookable, make_questionnaire

pytestmark = pytest.mark.django_db

YES_DATED = {"answer": "yes", "date": "2026-07-20"}
IN_SPANISH = {"text_es": "¿Una operación?", "help_es": "La última.", "date_label_es": "¿Cuándo?"}
WELL = {"surgery": {"answer": "no"}, "blood_thinners": {"answer": "no"}}


@pytest.fixture
def place():
    return make_bookable()


@pytest.fixture
def questions():
    return make_questionnaire(SURGERY, THINNERS, OTHER, DAY)


def screening(consent: bool = True, version: int = 3, **answers: Any) -> dict[str, Any]:
    return {"version": version, "answers": {**WELL, **answers}, "consent": consent}


def check(answers: Any, day: str = "2026-08-03") -> Any:
    return anyone().post("health-check/", {"session_date": day, "answers": answers})


# The questions


def test_the_questions_that_are_asked_at_booking_are_told(questions):
    answer = anyone().get("health-questionnaire/")

    assert answer.json()["version"] == 3
    assert answer.json()["questions"][0] == {
        "key": "surgery",
        "text": "Surgery?",
        "help": "",
        "kind": "yes_no_date",
        "required": True,
        "date_label": "",
    }
    keys = [question["key"] for question in answer.json()["questions"]]
    assert keys == ["surgery", "blood_thinners", "anything_else"]


def test_the_questions_are_told_in_the_language_that_is_asked_for():
    make_questionnaire(SURGERY | IN_SPANISH, THINNERS)

    answer = anyone().get("health-questionnaire/", accept_language="es-MX")

    words = [
        (question["text"], question["help"], question["date_label"])
        for question in answer.json()["questions"]
    ]
    assert words == [("¿Una operación?", "La última.", "¿Cuándo?"), ("Blood thinners?", "", "")]
    assert "Accept-Language" in answer["Vary"]


def test_h0_without_a_signed_off_one_there_are_none():
    make_questionnaire(SURGERY, is_signed_off=False)

    assert anyone().get("health-questionnaire/").json() == {"version": None, "questions": []}


# Is it for me?


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (WELL, "fine"),
        ({**WELL, "surgery": YES_DATED}, "unsuitable"),
        ({**WELL, "surgery": {"answer": "yes", "date": "2026-04-20"}}, "review"),
        ({**WELL, "surgery": {"answer": "yes", "date": None}}, "unsuitable"),
        ({**WELL, "anything_else": {"text": "A stiff neck."}}, "review"),
        ({**WELL, "surgery": {"answer": "yes", "date": "1961-05-01"}}, "fine"),
        ({**WELL, "anything_else": {"text": ""}}, "fine"),
        ({}, "review"),
    ],
)
def test_h4_the_check_says_what_answers_come_to(questions, answers, outcome):
    response = check(answers)

    assert (response.status_code, response.json()) == (200, {"outcome": outcome})
    assert response["Cache-Control"] == "no-store"


def test_h4_the_check_stores_nothing(questions):
    with CaptureQueriesContext(connection) as queries:
        check({**WELL, "surgery": YES_DATED})

    assert not [each["sql"] for each in queries if not each["sql"].startswith("SELECT")]


def test_h0_the_check_finds_nothing_where_nothing_is_asked():
    assert check({"pregnant": {"answer": "yes"}}).json() == {"outcome": "fine"}


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"pregnant": {"answer": "no"}}, "answers.pregnant"),
        ({"pain_killers": {"answer": "no"}}, "answers.pain_killers"),
        ({"surgery": {}}, "answers.surgery.answer"),
        ({"surgery": {"answer": "no", "text": "Hip"}}, "answers.surgery.text"),
        ({"anything_else": {"answer": "no"}}, "answers.anything_else.answer"),
    ],
)
def test_an_answer_that_fits_no_question_is_told_where(questions, answers, field):
    assert field in fields_of(check(answers))


def test_h3_no_problem_says_an_answer_back(questions):
    secret = "Xylophonitis"
    wrong: dict[str, Any] = {
        "surgery": {"answer": secret, "date": secret},
        "anything_else": {"text": secret * 100, secret: secret},
        "blood_thinners": secret,
    }

    answer = check(wrong, day=secret)

    assert answer.status_code == 400
    assert secret not in str([each["detail"] for each in answer.json()["errors"]])
    assert answer.content.decode().count(secret) == 1  # a field of that name that is none


# With a booking


@pytest.mark.parametrize(
    ("answers", "status"), [({}, "confirmed"), ({"surgery": YES_DATED}, "pending_review")]
)
def test_h2_answers_are_judged_with_the_booking(place, questions, answers, status):
    answer = book(place, health_screening=screening(**answers))

    assert (answer.status_code, answer.json()["status"]) == (201, status)
    assert Answers.objects.get().booking.reference == answer.json()["reference"]


def test_answers_without_consent_are_refused(place, questions):
    refused = book(place, health_screening=screening(consent=False))

    assert fields_of(refused) == ["health_screening.consent"]
    assert not Booking.objects.exists()


def test_an_answer_of_the_wrong_kind_is_told_where_and_books_nothing(place, questions):
    refused = book(place, health_screening=screening(surgery={"text": "Hip"}))

    assert fields_of(refused) == [
        "health_screening.answers.surgery.text",
        "health_screening.answers.surgery.answer",
    ]
    assert not Booking.objects.exists()


def test_answers_come_with_a_confirmation_too(place, questions):
    held = hold(place).json()
    caller = client_of(Booking.objects.get())

    answer = caller.post(
        f"bookings/{held['reference']}/confirm/",
        {"client": ROBIN, "health_screening": screening(blood_thinners={"answer": "yes"})},
    )

    assert answer.json()["status"] == "pending_review"
    outdated = caller.post(f"bookings/{held['reference']}/confirm/", {"client": ROBIN})
    assert outdated.json()["status"] == "pending_review"


def test_answers_to_a_version_that_is_not_in_force_are_outdated(place, questions):
    assert code_of(book(place, health_screening=screening(version=2))) == (
        409,
        "questionnaire_outdated",
    )
    assert code_of(hold(place, health_screening=screening(version=2))) == (
        409,
        "questionnaire_outdated",
    )


# Reading them


@pytest.fixture
def booking(place, questions):
    said = screening(anything_else={"text": "A stiff neck."}, surgery=YES_DATED)
    book(place, health_screening=said)
    return Booking.objects.get()


def test_h3_who_has_the_scope_reads_the_answers_and_is_recorded(booking):
    answer = staff(Scope.HEALTH_READ).get(path_of(booking, "health/"))

    assert answer.status_code == 200
    assert answer.json()["outcome"] == "unsuitable"
    [sheet] = answer.json()["sheets"]
    assert (sheet["asked"], sheet["version"], sheet["seen_by"]) == ("booking", 3, None)
    assert sheet["answers"][0] == {
        "key": "surgery",
        "question": "Surgery?",
        "answer": "yes",
        "date": "2026-07-20",
        "text": "",
        "outcome": "unsuitable",
    }
    assert [(look.booking, look.page) for look in Look.objects.all()] == [(booking, "api")]


def test_p2_nobody_else_reads_them(booking):
    path = path_of(booking, "health/")

    assert code_of(reception().get(path)) == (403, "permission_denied")
    assert code_of(client_of(booking).get(path)) == (401, "not_authenticated")
    assert code_of(anyone().get(path)) == (401, "not_authenticated")
    assert not Look.objects.exists()


def test_a_missing_key_is_a_problem_and_no_trace(booking, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    answer = staff(Scope.HEALTH_READ).get(path_of(booking, "health/"))

    assert code_of(answer) == (503, "unavailable")
    assert "FIELD_KEYS" in answer.json()["detail"]


def test_h5_check_in_waits_for_the_questions_of_the_day(booking):
    Booking.objects.update(status="confirmed", expires_at=None, date=date(2026, 8, 3))

    refused = reception().post(path_of(booking, "check-in/"))

    assert code_of(refused) == (409, "wrong_state")
    assert "tablet" in refused.json()["detail"]
