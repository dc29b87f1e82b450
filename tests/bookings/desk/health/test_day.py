"""The therapist's page of the day (rules H1 and H3)."""

import pytest
from django.urls import reverse

from bookings.domain.callers import Caller
from bookings.domain.settling import answer
from bookings.domain.staff import Role
from bookings.enums import LookPage, Source
from bookings.models import Look
from tests.bookings.domain.answering import answers, usual_questions
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at, make_booking
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

URL = reverse("admin:my_clients")


def text(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def browser(sign_in):
    usual_questions()
    return sign_in(Role.THERAPIST)


def coming(wall, **given):
    booking = make_booking(therapist=Therapist.objects.get(slug="own-account"), starts_at=at(wall))
    return answer(booking, answers(**given), caller=Caller(source=Source.SITE), now=NOW)


def test_h1_she_reads_the_notes_to_her_and_her_look_is_recorded(browser):
    booking = coming("2026-08-03 10:00", veins="yes")

    page = browser.get(URL)

    assert "Veins?" in text(page)
    assert "Blood thinners?" not in text(page)
    assert "no-store" in page.headers["Cache-Control"]
    look = Look.objects.get()
    assert (look.booking, look.page, str(look.by)) == (booking, LookPage.DAY, "therapist")


def test_h3_she_reads_of_these_days_alone(browser):
    coming("2026-08-05 10:00", veins="yes")

    assert "Veins?" not in text(browser.get(URL))
    assert not Look.objects.exists()


def test_h3_she_reads_nothing_of_other_therapists_clients(browser):
    other = make_booking(starts_at=at("2026-08-03 10:00"))
    answer(other, answers(veins="yes"), caller=Caller(source=Source.SITE), now=NOW)

    assert "You have no clients on these days." in text(browser.get(URL))
    assert not Look.objects.exists()


def test_who_needs_no_word_says_so(browser):
    coming("2026-08-04 10:00")

    assert "Nothing you have to know." in text(browser.get(URL))


def test_it_stands_at_the_desk_of_therapists_alone(browser, manager):
    assert URL in text(browser.get(reverse("admin:board")))
    assert URL not in text(manager.get(reverse("admin:board")))
