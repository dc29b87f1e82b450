"""The reviewer's page (rules H2 and H3)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.domain.callers import Caller
from bookings.domain.health.settling import answer
from bookings.domain.requests import Details
from bookings.domain.series.booking import book_series
from bookings.enums import Source, Status
from bookings.models import Look, Review
from bookings.scheduling.hours import to_minute
from studio.ciphers import decrypt
from tests.bookings.admin.filling import messages_of
from tests.bookings.desk.attention.filling import ATTENTION, lines_of
from tests.bookings.desk.booking.typing import page_of, place
from tests.bookings.domain.asking import ADA, minute, wish
from tests.bookings.domain.health.answering import answers, usual_questions
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import MONDAY, at, make_bookable, make_session_type

pytestmark = pytest.mark.django_db

CLIENT = Caller(source=Source.SITE)


@pytest.fixture
def made():
    usual_questions()
    return make_bookable()


@pytest.fixture
def waiting(made):
    """On Monday at ten, and a surgery a week ago."""
    booking = place(made)
    given = answers(surgery=MONDAY - timedelta(days=7), veins="yes", anything_else="A zither fell")
    return answer(booking, given, caller=CLIENT, now=NOW)


def url(booking):
    return reverse("admin:review", args=[booking.reference])


def text(page):
    return " ".join(page.content.decode().split())


def test_h2_what_was_answered_and_the_rule_that_fired_are_told(manager, waiting):
    page = manager.get(url(waiting))

    words = text(page)
    assert "come to: <strong>unsuitable for barefoot work</strong>" in words
    assert "Yes, 27 Jul 2026 (7 days before the session)" in words
    assert "at most 42 days before the session" in words
    assert "A zither fell" in words
    assert "1 answer from which nothing follows" in words
    assert "no-store" in page.headers["Cache-Control"]


def test_h3_each_look_is_recorded_and_listed(manager, waiting):
    manager.get(url(waiting))
    words = text(manager.get(url(waiting)))

    assert Look.objects.filter(booking=waiting).count() == 2
    assert words.count("manager, review") == 2


def test_h3_reception_sees_that_a_review_is_needed_and_no_more(receptionist, waiting):
    words = text(receptionist.get(page_of(waiting)))

    assert receptionist.get(url(waiting)).status_code == 403
    assert receptionist.post(url(waiting), {"do": "approve"}).status_code == 403
    assert "A review is needed before it stands; a manager decides." in words
    assert url(waiting) not in words
    assert not Look.objects.exists()


def test_h2_nobody_approves_from_a_list_what_she_has_not_read(manager, waiting):
    deal = reverse("admin:attention_deal", args=[waiting.pk])
    sent = {"seen": str(to_minute(waiting.starts_at)), "by": waiting.therapist.pk}

    page = manager.post(deal, {**sent, "step": "approve"}, follow=True)

    waiting.refresh_from_db()
    assert waiting.status == Status.PENDING_REVIEW
    assert "that you have not read yet" in messages_of(page)[0]


def test_the_answers_of_what_waits_stand_before_the_steps(manager, waiting):
    words = text(manager.get(page_of(waiting)))

    assert words.index("Look at the answers") < words.index('id="steps-title"')


def test_the_lists_lead_to_it_who_may_look(manager, waiting):
    assert url(waiting) in text(manager.get(page_of(waiting)))
    assert url(waiting) in text(manager.get(reverse("admin:attention")))


@pytest.mark.parametrize(
    ("do", "after"), [("approve", Status.CONFIRMED), ("decline", Status.DECLINED)]
)
def test_h2_a_person_decides_and_her_note_is_kept_in_cipher(manager, waiting, do, after):
    manager.get(url(waiting))
    page = manager.post(url(waiting), {"do": do, "note": "Stay off the left hip"}, follow=True)

    waiting.refresh_from_db()
    review = Review.objects.get()
    assert waiting.status == after
    assert messages_of(page) == [f"ABCDE-FGHJK is {after.label}."]
    assert decrypt(review.note) == "Stay off the left hip"
    assert "left hip" not in text(page)
    assert "Stay off the left hip" in text(manager.get(url(waiting)))


def test_h2_a_session_that_would_be_milder_then_is_suggested(manager, made, waiting):
    hands = make_session_type(
        locations=(made.location,), therapists=(made.therapist,), barefoot=False
    )
    assert f"{hands.name}: a person decides" in text(manager.get(url(waiting)))

    manager.post(url(waiting), {"do": "decline", "substitute": hands.pk})

    assert Review.objects.get().substitute == hands


def test_what_was_decided_meanwhile_is_not_decided_again(manager, waiting):
    manager.post(url(waiting), {"do": "decline"})

    page = manager.post(url(waiting), {"do": "approve"}, follow=True)

    waiting.refresh_from_db()
    assert waiting.status == Status.DECLINED
    assert messages_of(page)[-1] == "The booking's state does not allow this."
    assert 'value="approve"' not in text(manager.get(url(waiting)))


def test_a_booking_without_answers_says_so_and_records_no_look(manager, made):
    words = text(manager.get(url(place(made))))

    assert "Nothing has been answered yet." in words
    assert not Look.objects.exists()


def test_of_a_series_the_next_that_waits_is_reviewed_next(manager, made):
    starts = [minute(f"2026-08-{day} 10:00") for day in ("10", "17")]
    details = Details(ADA, answers=answers(blood_thinners="yes"))
    asked = wish(made, "2026-08-10 10:00")
    first, second = book_series(
        asked, starts, details, all_or_nothing=True, caller=CLIENT, now=NOW
    ).bookings

    manager.get(url(first))
    page = manager.post(url(first), {"do": "approve"}, follow=True)
    last = manager.post(url(second), {"do": "approve"}, follow=True)

    assert page.redirect_chain == [(url(second), 302)]
    assert "This date of the same series waits, too." in messages_of(page)[0]
    assert last.redirect_chain == [(page_of(second), 302)]


def steps_of(browser, booking):
    """What is offered at once, in the list and on the booking's own page."""
    [line] = lines_of(browser.get(ATTENTION))
    return list(line.steps), list(browser.get(page_of(booking)).context["steps"])


def test_h2_while_answers_are_awaited_nobody_is_asked_to_decide(manager, made):
    booking = place(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))

    words = text(manager.get(ATTENTION))

    assert "The client has not answered the health questions yet." in words
    assert "Answers are awaited until Mon 3 Aug, 09:00" in words
    assert "Somebody has to decide" not in words
    assert "Look at the answers" not in words
    assert steps_of(manager, booking) == (["cancel"], ["decline", "cancel"])
    page = text(manager.get(page_of(booking)))
    assert "Answers until" in page
    assert "Decide without answers" in page
    assert "Look at the answers" not in page


def test_h2_who_has_spoken_with_the_client_decides_without_answers(manager, made):
    booking = place(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))

    manager.post(url(booking), {"do": "approve"})

    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED


def test_h2_approving_is_offered_once_all_answers_are_read(manager, waiting):
    unread = steps_of(manager, waiting)
    manager.get(url(waiting))
    read = steps_of(manager, waiting)
    answer(waiting, answers(thinners="yes", surgery="not_sure"), caller=CLIENT, now=NOW)

    assert unread == (["decline", "cancel"], ["decline", "cancel"])
    assert read == (["approve", "decline", "cancel"],) * 2
    assert steps_of(manager, waiting) == unread
