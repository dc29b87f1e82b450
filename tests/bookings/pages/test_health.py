"""The health questions on the site, between details and confirmed (rules H0 to H3)."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session

from bookings.enums import Status
from bookings.models import Answers
from tests.bookings.domain.health.answering import DAY, usual_questions
from tests.bookings.pages.visiting import (
    DETAILS,
    WEDNESDAY,
    confirm,
    filled_in,
    hold,
    manage_url,
    text,
)
from tests.factories import make_questionnaire

pytestmark = pytest.mark.django_db

URL = "/your-booking/"
SESSION = date(2026, 8, 5)
WELL = {
    "screen": "2",
    "version": "3",
    "answer-surgery": "no",
    "answer-blood_thinners": "no",
    "answer-veins": "no",
    "answer-anything_else": "",
    "consent": "on",
}


@pytest.fixture
def booking(client, bookable):
    """Held for Wednesday, where four questions are asked at booking."""
    usual_questions(DAY)
    return hold(client, bookable, WEDNESDAY)


NO_TO_ALL = {"no": "1"}


def go_on(client, answer, **given):
    """Fill in the page that was answered, and press a button of it."""
    return client.post(URL, filled_in(answer) | given)


def status_of(booking):
    booking.refresh_from_db()
    return booking.status


def test_h0_without_a_questionnaire_nothing_is_asked(client, bookable):
    hold(client, bookable)

    page = text(client.get(URL))

    assert "Health" not in page
    assert "Book this session" in page


def test_h1_the_questions_come_after_the_details_and_none_of_the_day(client, booking):
    answer = confirm(client, booking)

    page = text(answer)
    assert answer.status_code == 200
    assert "Surgery? Yes No Not sure" in page
    assert "If yes: when was it?" in page
    assert "Pain killers?" not in page
    assert "Anything else? (optional)" in text(go_on(client, answer, **NO_TO_ALL))
    assert status_of(booking) == Status.HELD


def test_the_questions_are_a_step_of_their_own(client, booking):
    body = confirm(client, booking).content.decode()

    assert re.search(r'<li aria-current="step">Health</li>', body)
    assert "Health</li>" in client.get(URL).content.decode()


def test_h2_who_is_well_is_confirmed_at_once(client, booking):
    answer = confirm(client, booking, **WELL)

    assert answer.headers["Location"] == manage_url(booking)
    assert status_of(booking) == Status.CONFIRMED
    assert Answers.objects.get(booking=booking).is_complete


@pytest.mark.parametrize(
    "given",
    [
        {"answer-blood_thinners": "yes"},
        {"answer-veins": "not_sure"},
        {"answer-surgery": "yes", "when-surgery": (SESSION - timedelta(days=42)).isoformat()},
        {"answer-surgery": "yes"},
    ],
)
def test_h2_what_matters_is_received_and_a_person_looks(client, booking, given):
    page = text(confirm_and_look(client, booking, given))

    assert status_of(booking) == Status.PENDING_REVIEW
    assert "We have received your booking and keep the time for you" in page


def confirm_and_look(client, booking, given):
    return client.post(
        URL, {**DETAILS, "reference": booking.reference, **WELL, **given}, follow=True
    )


def test_h2_windows_are_measured_to_the_session(client, booking):
    long_ago = (SESSION - timedelta(days=276)).isoformat()

    confirm(client, booking, **WELL | {"answer-surgery": "yes", "when-surgery": long_ago})

    assert status_of(booking) == Status.CONFIRMED


def test_a_date_without_a_yes_is_left_out_even_if_it_is_none(client, booking):
    confirm(client, booking, **WELL, **{"when-surgery": "one day"})

    assert status_of(booking) == Status.CONFIRMED


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"answer-surgery": ""}, "answer-surgery", "This is still open"),
        ({"answer-surgery": "perhaps"}, "answer-surgery", "Select a valid choice"),
        (
            {"answer-surgery": "yes", "when-surgery": "one day"},
            "when-surgery",
            "Give a date, such as 2026-05-31.",
        ),
        (
            {"answer-surgery": "yes", "when-surgery": "0202-05-01"},
            "when-surgery",
            "Give a date, such as 2026-05-31.",
        ),
        ({"answer-anything_else": "a" * 1001}, "answer-anything_else", "at most 1000"),
        ({"consent": ""}, "consent", "Agree that the answers are kept"),
    ],
)
def test_what_does_not_fit_is_said_once_at_its_field_and_linked_above(
    client, booking, given, field, words
):
    answer = confirm(client, booking, **WELL | given)

    body = answer.content.decode()
    assert answer.status_code == 422
    assert body.count(words) == 1
    assert f'<a href="#id_{field}' in body
    assert f'id="id_{field}_error"' in body
    assert "<title>Error:" in body.replace("\n", "").replace("  ", "")
    assert status_of(booking) == Status.HELD
    assert not Answers.objects.exists()


def test_nothing_typed_is_lost(client, booking):
    typed = WELL | {"answer-veins": "yes", "answer-anything_else": "My knee", "consent": ""}

    answer = confirm(client, booking, **typed)
    back = go_on(client, answer, back="1").content.decode()

    assert "My knee</textarea>" in answer.content.decode()
    assert 'name="email" value="robin@example.org"' in back
    assert re.search(r'name="answer-veins" value="yes"[^>]* checked', back)


def test_h2_who_rather_does_not_answer_here_is_received_and_nothing_is_kept(client, booking):
    confirm(client, booking, **WELL, without="1")

    assert status_of(booking) == Status.PENDING_REVIEW
    assert not Answers.objects.exists()


def test_who_left_the_questions_out_is_led_back_to_them_and_confirmed_by_answering(client, booking):
    received = client.get(confirm(client, booking, without="1").headers["Location"])

    done = client.post(manage_url(booking, "answers"), WELL, follow=True)

    assert "You will hear from us by" in text(received)
    assert "where nothing has to be talked about, your session is confirmed" in text(received)
    assert "Thank you. Your answers have arrived." in text(done)
    assert status_of(booking) == Status.CONFIRMED


def test_h1_questions_that_changed_meanwhile_are_asked_with_what_was_answered(client, booking):
    make_questionnaire({"key": "surgery"}, {"key": "fainting"}, version=4)

    answer = confirm(client, booking, **WELL | {"answer-surgery": "not_sure"})

    body = answer.content.decode()
    assert answer.status_code == 409
    assert "The questions have changed" in body
    assert re.search(r'name="answer-surgery" value="not_sure"[^>]* checked', body)
    assert status_of(booking) == Status.HELD


def test_h3_what_is_answered_is_in_no_address_session_or_cookie(client, booking):
    typed = WELL | {"answer-anything_else": "Xylophonitis", "answer-veins": "yes"}
    said = [confirm(client, booking, **typed | {"consent": ""}), confirm(client, booking, **typed)]

    headers = repr([(dict(each.headers), each.cookies.output()) for each in said])
    kept = repr([each.get_decoded() for each in Session.objects.all()])
    assert "Xylophonitis" not in headers + kept
    assert "no-store" in said[0].headers["Cache-Control"]
    assert "Xylophonitis" not in text(client.get(manage_url(booking)))


def test_in_spanish_the_choices_are_spanish(client, booking):
    page = text(client.post(f"/es{URL}", {**DETAILS, "reference": booking.reference}))

    assert "Sí No No lo sé" in page
    assert "Tu salud" in page
