"""Is it for me? (rule H4). It is Monday, August 3."""

import pytest
from django.contrib.sessions.models import Session

from bookings.models import Answers, Booking, Question
from tests.bookings.domain.health.answering import DAY, usual_questions
from tests.bookings.pages.test_health import WELL
from tests.bookings.pages.visiting import text
from tests.factories import make_page

pytestmark = pytest.mark.django_db

URL = "/is-it-for-me/"
SENT = WELL | {"session": "barefoot", "day": "2026-08-06"}


@pytest.fixture(autouse=True)
def questions():
    """Four at booking, and one of the day."""
    return usual_questions(DAY)


def test_h4_the_questions_of_booking_are_asked(client):
    answer = client.get(URL)

    page = text(answer)
    assert "Surgery?" in page
    assert "Pain killers?" not in page
    assert "I agree" not in page
    assert 'value="2026-08-06"' in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Nothing you said speaks against it"),
        ({"answer-veins": "yes"}, "It should suit you"),
        ({"answer-blood_thinners": "yes"}, "Let us talk about it first"),
        ({"answer-surgery": "not_sure"}, "Let us talk about it first"),
        (
            {"answer-surgery": "yes", "when-surgery": "2026-07-27"},
            "Rather not with the feet on that day",
        ),
        (
            {"answer-surgery": "yes", "when-surgery": "2026-07-27", "day": "2026-10-01"},
            "Let us talk about it first",
        ),
        (
            {"answer-surgery": "yes", "when-surgery": "2026-07-27", "session": "hands"},
            "Let us talk about it first",
        ),
    ],
)
def test_h4_the_same_rules_go_for_it_on_the_sessions_date(client, given, words):
    assert words in text(client.post(URL, SENT | given))


def test_h1_the_questions_are_asked_in_spanish_and_answered_the_same(client):
    row = Question.objects.get(key="surgery")
    row.text_es, row.date_label_es = "¿Una operación?", "¿Cuándo fue?"
    row.save(update_fields=["text_es", "date_label_es"])

    asked = text(client.get("/es/is-it-for-me/"))
    judged = text(client.post("/es/is-it-for-me/", SENT | {"answer-surgery": "not_sure"}))

    assert "¿Una operación?" in asked
    assert "Si es que sí: ¿Cuándo fue?" in asked
    assert "Surgery?" not in asked
    assert "Hablemos antes" in judged


def test_h4_nothing_is_kept(client):
    answer = client.post(URL, SENT | {"answer-veins": "yes"})

    kept = [model.objects.count() for model in (Answers, Booking, Session)]
    assert kept == [0, 0, 0]
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_is_missing_is_said_and_nothing_is_lost(client):
    open_ = client.post(URL, SENT | {"answer-veins": "", "day": "2026-08-01"})
    past = client.post(URL, SENT | {"day": "2026-08-01"})

    assert (open_.status_code, past.status_code) == (422, 422)
    assert "This is still open." in text(open_)
    assert 'name="day" value="2026-08-01"' in open_.content.decode()
    assert "Choose a day from today on." in text(past)


def test_h0_without_questions_it_says_whom_to_ask(client, questions):
    questions.delete()

    for answer in (client.get(URL), client.post(URL, SENT)):
        assert answer.status_code == 200
        assert "We ask nothing online." in text(answer)


def test_h4_when_not_says_what_the_rules_say_and_leads_to_the_questions(client):
    make_page(slug="when-not")

    page = client.get("/when-not/")

    words = text(page)
    assert "Wait a while Surgery? Wait 6 weeks. Until 9 months have passed, ask us first." in words
    assert (
        "before it is confirmed. Blood thinners? Pain killers? Fine, if you tell us Veins?" in words
    )
    assert "Not with the feet" not in words
    assert f'href="{URL}"' in page.content.decode()
