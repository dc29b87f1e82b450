"""Having the health questions answered at the desk, by check-in (rule H5)."""

import pytest
from django.urls import reverse

from bookings.enums import Status
from bookings.models import Answers
from tests.bookings.admin.filling import messages_of
from tests.bookings.desk.booking.typing import address, page_of, place, take
from tests.bookings.domain.health.answering import DAY, usual_questions
from tests.factories import make_bookable

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    usual_questions(DAY)
    return make_bookable()


@pytest.fixture
def booked(made):
    """A booking on Monday at ten."""
    return place(made)


def text(page):
    return " ".join(page.content.decode().split())


def test_h5_the_booking_says_what_is_open_before_anybody_is_checked_in(receptionist, booked):
    words = text(receptionist.get(page_of(booked)))

    assert "Not answered yet." in words
    assert "They are settled before the client is checked in." in words
    page = take(receptionist, booked, "check-in")
    assert "The health questions are still open." in messages_of(page)[0]
    booked.refresh_from_db()
    assert booked.status == Status.CONFIRMED


def test_h5_the_tablet_is_handed_over_signed_out(receptionist, booked):
    page = receptionist.post(address(booked, "tablet"), follow=True)

    assert page.redirect_chain == [("/tablet/", 302)]
    assert "Surgery?" in text(page)
    assert receptionist.get(page_of(booked)).status_code == 302
    assert "/admin/" not in text(page)


def test_the_tablet_speaks_the_clients_language(receptionist, booked):
    booked.client.language = "es"
    booked.client.save()

    page = receptionist.post(address(booked, "tablet"))

    assert page.headers["Location"] == "/es/tablet/"


def test_h5_answers_on_paper_are_noted_with_who_has_seen_them(receptionist, booked, made):
    page = receptionist.post(address(booked, "paper"), {"seen_by": made.therapist.pk}, follow=True)

    assert messages_of(page) == [f"Noted: answered on paper, seen by {made.therapist.name}."]
    assert {row.seen_by for row in Answers.objects.all()} == {made.therapist}
    assert "Health questions" not in text(page).split("History")[0].split("Next")[-1]
    take(receptionist, booked, "check-in")
    booked.refresh_from_db()
    assert booked.status == Status.CHECKED_IN


def test_paper_that_nobody_has_seen_settles_nothing(receptionist, booked):
    page = receptionist.post(address(booked, "paper"), {"seen_by": ""}, follow=True)

    assert messages_of(page) == ["Choose the therapist who has seen the answers."]
    assert not Answers.objects.exists()


def test_h0_without_questions_nothing_is_handed_over(receptionist):
    booking = place(make_bookable())

    page = receptionist.post(address(booking, "tablet"), follow=True)

    assert messages_of(page) == ["Nothing is open: all questions are answered."]
    assert reverse("admin:booking_tablet", args=[booking.reference]) not in text(page)
