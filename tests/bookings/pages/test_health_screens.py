"""The health questions a few at a time, and how what was answered travels (rules H1 and H3)."""

import re

import pytest
from django.test import Client

from bookings.enums import Status
from bookings.models import Answers
from tests.bookings.domain.health.answering import DAY, OTHER, usual_questions
from tests.bookings.pages.test_health import NO_TO_ALL, URL, WELL, go_on, status_of
from tests.bookings.pages.visiting import (
    WEDNESDAY,
    confirm,
    filled_in,
    hold,
    manage_url,
    offered_times,
    text,
)
from tests.factories import make_questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking(client, bookable):
    """Held for Wednesday, where four questions are asked at booking."""
    usual_questions(DAY)
    return hold(client, bookable, WEDNESDAY)


def test_going_back_to_the_details_and_forth_loses_nothing(client, booking):
    first = confirm(client, booking)
    second = go_on(client, first, **NO_TO_ALL, **{"answer-veins": "yes"})
    back = go_on(client, second, back="1", **{"answer-anything_else": "My knee"})
    details = go_on(client, back, back="1")
    again = go_on(client, details)

    assert 'value="Robin Client"' in details.content.decode()
    assert "Your health (Part 2 of 2)" in again.content.decode()
    assert "My knee</textarea>" in again.content.decode()
    assert 'class="errorlist"' not in again.content.decode()
    confirmed = go_on(client, again, consent="on")
    assert confirmed.headers["Location"] == manage_url(booking)
    assert status_of(booking) == Status.PENDING_REVIEW  # something was written


def test_h3_a_screen_that_is_sent_again_is_shown_again_and_kept_nowhere(client, booking):
    first = confirm(client, booking)
    sent = filled_in(first) | NO_TO_ALL

    once, again = client.post(URL, sent), client.post(URL, sent)

    assert text(again) == text(once)
    assert "Your health (Part 2 of 2)" in again.content.decode()
    assert not Answers.objects.exists()
    assert "answer" not in str(dict(client.session))


def test_a_screen_that_is_sent_again_after_booking_leads_to_the_booking(client, booking):
    last = go_on(client, confirm(client, booking), **NO_TO_ALL)
    sent = filled_in(last) | {"consent": "on"}
    client.post(URL, sent)

    again = client.post(URL, sent)

    assert again.headers["Location"] == manage_url(booking)
    assert Answers.objects.count() == 1


def test_another_time_for_one_that_has_gone_loses_no_answer(client, booking, bookable, turn_clock):
    last = go_on(client, confirm(client, booking), **NO_TO_ALL, **{"answer-veins": "not_sure"})
    turn_clock("2026-08-03 07:11")
    hold(Client(), bookable, WEDNESDAY)

    lost = go_on(client, last, consent="on")
    again = client.post(
        URL, filled_in(lost) | {"starts_at": offered_times(lost)[0], "therapist": ""}
    )

    assert lost.status_code == 409
    assert "Your health (Part 2 of 2)" in go_on(client, again).content.decode()


def test_h3_answers_travel_in_cipher_and_open_in_no_other_browser(client, booking, bookable):
    answer = confirm(client, booking, **WELL | {"answer-anything_else": "My knee", "consent": ""})
    sealed = filled_in(answer)["sealed"]
    other = Client()
    elsewhere = hold(other, bookable, "2026-08-05 14:00")

    details = go_on(client, go_on(client, answer, back="1"), back="1")
    theirs = confirm(other, elsewhere, sealed=sealed, screen="1", **NO_TO_ALL)

    assert "My knee" not in details.content.decode()
    assert "My knee" not in theirs.content.decode()
    assert "My knee" in confirm(client, booking, sealed=sealed).content.decode()


@pytest.mark.parametrize("sealed", ["nonsense", "ä", "gAAAAABnonsense"])
def test_what_was_not_sealed_here_is_left_out(client, booking, sealed):
    answer = confirm(client, booking, sealed=sealed)

    assert answer.status_code == 200
    assert "Part 1 of 2" in text(answer)


def test_no_to_the_rest_answers_what_is_open_and_nothing_else(client, booking):
    first = confirm(client, booking)
    second = go_on(client, first, **NO_TO_ALL, **{"answer-veins": "not_sure"})
    back = go_on(client, second, back="1").content.decode()

    assert re.findall(r'name="answer-(\w+)" value="(\w+)"[^>]* checked', back) == [
        ("surgery", "no"),
        ("blood_thinners", "no"),
        ("veins", "not_sure"),
    ]


def test_a_screen_is_left_only_when_it_is_answered(client, booking):
    first = confirm(client, booking)

    same = go_on(client, first, **{"answer-veins": "no"})

    assert same.status_code == 422
    assert "Part 1 of 2" in text(same)
    assert "Please look at these 2 again" in text(same)


def test_agreeing_can_be_taken_back(client, booking):
    first = confirm(client, booking, **WELL, back="1")
    last = go_on(client, first)
    assert re.search(r'name="consent"[^>]* checked', last.content.decode())

    answer = client.post(URL, {**filled_in(last), "consent": ""})

    assert answer.status_code == 422


def test_the_questions_stand_a_few_at_a_time(client, bookable):
    make_questionnaire(*({"key": f"q{number}"} for number in range(7)), OTHER)
    booking = hold(client, bookable)

    pages = [confirm(client, booking)]
    for _ in range(2):
        pages.append(go_on(client, pages[-1], **NO_TO_ALL))

    counts = [len(re.findall(r"<fieldset", page.content.decode())) for page in pages]
    assert counts == [3, 4, 0]
    assert [f"Part {number} of 3" in text(page) for number, page in enumerate(pages, 1)] == [
        True
    ] * 3
