"""A manager tries a draft on past answers, and reads counts alone (rules H1 and H3)."""

import pytest
from django.contrib.auth.models import Permission, User

from bookings.domain.callers import CLOCK
from bookings.domain.health.answers import keep_given
from bookings.enums import Status
from bookings.models import Look
from tests.bookings.domain.health.answering import THINNERS, answers, usual_questions
from tests.bookings.pages.visiting import text
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_bookable, make_booking, make_questionnaire

pytestmark = pytest.mark.django_db

TRIAL = "/admin/health-questions/4/trial/"


@pytest.fixture(autouse=True)
def forms():
    """Thirty forms; seven of them take blood thinners."""
    usual_questions()
    place = make_bookable()
    for number in range(30):
        booking = make_booking(
            therapist=place.therapist,
            room=place.room,
            session_type=place.session_type,
            status=Status.CANCELLED,
        )
        given = answers(blood_thinners="yes" if number < 7 else "no")
        keep_given(booking, given, caller=CLOCK, now=NOW)
    note = THINNERS | {"outcomes": [{"outcome": "note"}]}
    make_questionnaire(note, version=4, is_signed_off=False)


def test_h1_counts_are_told_before_and_after(manager):
    page = text(manager.post(TRIAL))

    assert "Of about 30 forms" in page
    assert "Fine 25 25" in page
    assert "Fine, and the therapist is told fewer than 5 5" in page
    assert "A person decides 5 fewer than 5" in page
    assert "Come to something else than before: 5" in page


def test_h1_that_it_was_tried_stands_with_the_version(manager):
    manager.post(TRIAL)

    assert "Tried on past answers." in text(manager.get("/admin/health-questions/4/"))
    assert not Look.objects.exists()


def test_h1_nothing_is_counted_before_it_is_asked_for(manager):
    page = text(manager.get(TRIAL))

    assert "Of about" not in page
    assert "rounded to the nearest 5" in page


def test_h3_who_may_not_see_answers_counts_none(client):
    editor = User.objects.create_user("editor", is_staff=True)
    for codename in ("view_questionnaire", "change_questionnaire"):
        editor.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(editor)

    assert client.post(TRIAL).status_code == 403
    assert "Try on past answers" not in text(client.get("/admin/health-questions/4/"))
