"""What one of two is told of the other, who gets her own mail (rules H3 and P1)."""

import pytest

from bookings.enums import Status
from tests.bookings.domain.health.answering import usual_questions
from tests.bookings.domain.pairs.pairing import (
    TEN,
    book_both,
    studio_for_two,
    wish_for_two,
)
from tests.bookings.pages.pairs.visiting import made, reach_apart
from tests.bookings.pages.visiting import (
    manage_url,
    text,
)
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    first, second = book_both(wish_for_two(studio_for_two(), TEN), now=NOW)
    reach_apart(second)
    return first, second


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.PENDING_REVIEW, "Two together Bo"),
        (Status.DECLINED, "Not together any more"),
        (Status.CANCELLED, "Not together any more"),
    ],
)
def test_h3_nothing_of_her_review_is_told(client, both, status, words):
    first, second = both
    second.status = status
    second.expires_at = at("2026-08-03 09:00") if status == Status.PENDING_REVIEW else None
    second.save()

    page = text(client.get(manage_url(first)))

    assert words in page
    assert "Received" not in page
    assert "Not confirmed" not in page
    assert "Cancelled" not in page


def test_the_page_of_one_says_who_comes_with_her(client, studio):
    first, second = made(studio)

    page = text(client.get(manage_url(first)))

    assert "Two together Bo" in page
    assert "Your rooms are side by side." in page
    assert manage_url(second) in client.get(manage_url(first)).content.decode()


def test_who_is_reached_elsewhere_keeps_her_link_to_herself_p1(client, studio):
    first, second = made(studio)
    reach_apart(second)

    assert manage_url(second) not in client.get(manage_url(first)).content.decode()
    assert manage_url(first) not in client.get(manage_url(second)).content.decode()


def test_where_health_is_asked_each_is_told_to_answer_alone(client, studio):
    first, _second = made(studio)
    before = text(client.get(manage_url(first)))
    usual_questions()

    assert "Each of you answers the health questions alone" not in before
    assert "Each of you answers the health questions alone" in text(client.get(manage_url(first)))
