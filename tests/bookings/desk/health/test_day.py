"""The therapist's page of the day (rules H1 and H3)."""

import pytest
from django.urls import reverse

from bookings.domain.callers import Caller
from bookings.domain.health.settling import answer, settle_on_paper
from bookings.domain.staff import Role
from bookings.enums import LookPage, Source
from bookings.models import Look
from tests.bookings.domain.health.answering import DAY, SURGERY, answers, approved, usual_questions
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at, make_booking, make_questionnaire
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


def test_who_comes_next_stands_first_and_who_was_here_last(browser):
    for wall in ("2026-08-04 09:00", "2026-08-03 12:00", "2026-08-02 09:00", "2026-08-03 10:00"):
        make_booking(therapist=Therapist.objects.get(slug="own-account"), starts_at=at(wall))

    days = browser.get(URL).context["days"]

    assert [(title, [each.when for each in clients]) for title, clients in days] == [
        ("Today: Monday, 3 August 2026", ["10:00 – 11:00", "12:00 – 13:00"]),
        ("Tomorrow: Tuesday, 4 August 2026", ["09:00 – 10:00"]),
        ("", ["Sun 2 Aug 2026, 09:00 -06:00"]),
    ]


def test_h2_she_reads_what_was_decided_and_why(browser):
    approved(coming("2026-08-03 10:00", blood_thinners="yes"), now=NOW, note="Half the pressure")

    words = text(browser.get(URL))

    assert "<strong>Approved</strong>: Half the pressure" in words
    assert '<span aria-hidden="true">!</span> Yes</strong>' in words


def test_h5_what_was_on_paper_names_who_has_seen_it(browser):
    own = Therapist.objects.get(slug="own-account")
    booking = make_booking(therapist=own, starts_at=at("2026-08-03 10:00"))
    settle_on_paper(booking, seen_by=own, caller=Caller(source=Source.DESK), now=NOW)

    words = text(browser.get(URL))

    assert f"Answered on paper, seen by {own.name}." in words
    assert "Nothing you have to know." not in words


def test_h5_what_is_still_to_be_asked_stands_there(browser):
    make_questionnaire(SURGERY, DAY, version=4)
    make_booking(
        therapist=Therapist.objects.get(slug="own-account"), starts_at=at("2026-08-03 10:00")
    )

    assert "Not answered yet." in text(browser.get(URL))


def test_who_needs_no_word_says_so(browser):
    coming("2026-08-04 10:00")

    assert "Nothing you have to know." in text(browser.get(URL))


def test_it_stands_at_the_desk_of_therapists_alone(browser, manager):
    assert URL in text(browser.get(reverse("admin:board")))
    assert URL not in text(manager.get(reverse("admin:board")))
