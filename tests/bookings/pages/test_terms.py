from datetime import date

import pytest

from bookings.models import Questionnaire
from tests.bookings.pages.visiting import confirm, hold, text, times_url
from tests.factories import make_bookable, make_location, make_studio

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed():
    """A questionnaire in force that asks something that must be answered."""
    questionnaire = Questionnaire.objects.create(
        version=1, signed_off_by="Dana", signed_off_on=date(2026, 8, 1)
    )
    questionnaire.questions.create(
        key="pregnant", text="Are you pregnant?", kind="yes_no", required=True, position=1
    )


def test_terms_tell_the_numbers_that_the_program_goes_by(client, settings):
    settings.HOLD_MINUTES, settings.UNDO_MINUTES = 7, 4
    make_studio(currency="CHF")
    make_location(min_notice_minutes=180, horizon_days=45, free_cancellation_hours=36)

    page = text(client.get("/terms/"))

    assert "hold it for you for 7 minutes" in page
    assert "For 4 minutes after booking" in page
    assert "from 3 hours ahead up to 45 days ahead" in page
    assert "free until 36 hours before" in page
    assert "Prices are in CHF" in page


def test_terms_tell_the_numbers_of_each_place(client):
    make_location(min_notice_minutes=90, free_cancellation_hours=24)
    make_location(min_notice_minutes=60, free_cancellation_hours=1)

    page = text(client.get("/terms/"))

    assert "Location-1: from 90 minutes ahead" in page
    assert "Location-2: from 1 hour ahead" in page
    assert "Location-1: until 24 hours before" in page
    assert "Location-2: until 1 hour before" in page


def test_h2_terms_tell_of_a_review_only_while_there_is_one(client, settings):
    settings.REVIEW_HOURS = 12

    assert "A person looks at every booking" not in text(client.get("/terms/"))


def test_h2_terms_tell_how_long_a_review_may_take(client, settings, reviewed):
    settings.REVIEW_HOURS = 12

    page = text(client.get("/terms/"))

    assert "If nobody has decided within 12 hours" in page
    assert "at the latest 1 hour before the session" in page


def test_privacy_tells_how_long_the_cookies_last(client, settings):
    settings.SESSION_COOKIE_AGE, settings.CSRF_COOKIE_AGE = 3 * 86400, 30 * 86400

    page = text(client.get("/privacy/"))

    assert "to choose on; it lasts 30 days" in page
    assert "typed a code; it lasts 3 days" in page


def test_h0_privacy_says_that_nothing_is_asked_about_health(client):
    assert "These pages ask nothing about your health" in text(client.get("/privacy/"))


def test_h2_privacy_says_that_a_person_asks(client, reviewed):
    assert "where something matters, a person decides with you" in text(client.get("/privacy/"))


@pytest.mark.parametrize("path", ["/privacy/", "/terms/"])
def test_whoever_reads_learns_whom_to_write_to(client, path):
    make_location()

    page = client.get(path).content.decode()

    assert 'href="mailto:studio@example.org"' in page.partition("<footer")[0]


def test_privacy_tells_of_every_cookie_that_booking_sets(client):
    told = client.get("/privacy/").content.decode()
    bookable = make_bookable()
    client.get(times_url(bookable))
    confirm(client, hold(client, bookable))

    assert sorted(client.cookies) == ["csrftoken", "messages", "sessionid"]
    assert "Three cookies" in told
