"""Health questions answered by the booking's link, or on a tablet at the desk (rule H5)."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from bookings.domain.health.screening import answers_state
from bookings.enums import AnswersState, Source, Status
from bookings.models import Answers
from studio.tablet import KEY, MINUTES
from tests.bookings.domain.health.answering import DAY, usual_questions
from tests.bookings.pages.test_health import WELL
from tests.bookings.pages.visiting import filled_in, manage_url, text
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_user

pytestmark = pytest.mark.django_db

WANTED = "Our health questions are still open."
TABLET_URL = "/tablet/"


@pytest.fixture(autouse=True)
def questions():
    """Four at booking, and one of the day."""
    return usual_questions(DAY)


def test_h5_the_booking_leads_to_what_is_open(client, booking):
    page = client.get(manage_url(booking))

    assert WANTED in text(page)
    assert "nothing more to do" not in text(page)
    assert manage_url(booking, "answers") in page.content.decode()
    assert "Surgery?" in text(client.get(manage_url(booking, "answers")))


def test_h5_who_is_well_has_settled_it(client, booking):
    answer = client.post(manage_url(booking, "answers"), WELL, follow=True)

    assert answer.redirect_chain == [(manage_url(booking), 302)]
    assert "Thank you. Your answers have arrived." in text(answer)
    assert WANTED not in text(answer)
    assert "There is nothing more to do until then." in text(answer)
    assert answers_state(booking, now=NOW) == AnswersState.FRESH


def test_h2_what_matters_sends_it_to_review(client, booking):
    answer = client.post(
        manage_url(booking, "answers"), WELL | {"answer-veins": "not_sure"}, follow=True
    )

    booking.refresh_from_db()
    assert booking.status == Status.PENDING_REVIEW
    assert "We have received your booking" in text(answer)


def test_what_is_missing_is_said_and_nothing_is_kept(client, booking):
    answer = client.post(manage_url(booking, "answers"), WELL | {"answer-veins": ""})

    assert answer.status_code == 422
    assert not Answers.objects.exists()


def test_h5_questions_of_the_day_are_asked_from_the_day_before(client, booking, turn_clock):
    client.post(manage_url(booking, "answers"), WELL)
    turn_clock("2026-08-04 08:00")

    page = text(client.get(manage_url(booking, "answers")))
    done = client.post(
        manage_url(booking, "answers"),
        {"version": "3", "answer-pain_killers": "no", "consent": "on"},
        follow=True,
    )

    assert "Pain killers?" in page
    assert "Surgery?" not in page
    assert "Your answers have arrived" in text(done)


def test_who_has_answered_can_answer_again_and_sees_nothing_of_before(client, booking):
    url = manage_url(booking, "answers")
    client.post(url, WELL | {"answer-anything_else": "My knee"})

    assert client.get(url).headers["Location"] == manage_url(booking)
    again = client.get(f"{url}?again")
    assert "Surgery?" in text(again)
    assert "My knee" not in again.content.decode()
    client.post(f"{url}?again", WELL | {"answer-blood_thinners": "yes"})
    booking.refresh_from_db()
    assert booking.status == Status.PENDING_REVIEW


def test_other_peoples_links_open_nothing(client, booking):
    url = reverse("bookings:answers", args=[booking.reference, "x" * 43])

    assert client.get(url).status_code == 404
    assert client.post(url, WELL).status_code == 404


def test_what_is_cancelled_asks_nothing(client, booking):
    booking.status = Status.CANCELLED
    booking.save(update_fields=["status"])

    assert client.get(manage_url(booking, "answers")).status_code == 302


@pytest.fixture
def tablet(client, booking):
    """A tablet that reception has just handed over for the booking."""
    make_user(username="desk")
    hand_over(client, booking)
    return client


def hand_over(client, booking, *, until=NOW + MINUTES):
    session = client.session
    user = User.objects.get(username="desk")
    session[KEY] = {"booking": booking.pk, "by": user.pk, "until": until}
    session.save()


def test_h5_on_the_tablet_everything_open_is_asked_with_the_day(tablet):
    answer = page = tablet.get(TABLET_URL)
    asked = text(page)
    for _ in range(2):
        page = tablet.post(TABLET_URL, filled_in(page) | {"no": "1"})
        asked += text(page)

    assert "Surgery?" in asked
    assert "Pain killers?" in asked
    assert "<header" not in answer.content.decode()


def test_the_tablet_leads_nowhere_but_to_its_other_language(tablet):
    page = tablet.get(TABLET_URL).content.decode()

    assert re.findall(r'<a [^>]*href="([^"]+)"', page) == ["#main", "/es/tablet/"]


def test_h5_answered_on_the_tablet_it_shows_nothing_any_more(tablet, booking):
    done = tablet.post(TABLET_URL, WELL | {"answer-pain_killers": "no", "screen": "3"})

    assert "Please hand the tablet back at the desk." in text(done)
    assert "Nothing is open here" in text(tablet.get(TABLET_URL))
    rows = Answers.objects.filter(booking=booking)
    assert {(row.ask, row.source, str(row.by)) for row in rows} == {
        ("booking", Source.DESK, "desk"),
        ("day_before", Source.DESK, "desk"),
    }


def test_a_tablet_that_was_left_lying_shows_nothing(tablet, booking):
    hand_over(tablet, booking, until=NOW)

    assert "Nothing is open here" in text(tablet.get(TABLET_URL))
