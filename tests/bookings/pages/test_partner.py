"""What one of two is told of the other, who gets her own mail (rules H3 and P1)."""

import pytest

from bookings.enums import Status
from tests.bookings.domain.pairs.pairing import TEN, book_both, studio_for_two, wish_for_two
from tests.bookings.pages.visiting import manage_url, text
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    first, second = book_both(wish_for_two(studio_for_two(), TEN), now=NOW)
    assert second.client is not None
    second.client.email = "bo@example.org"
    second.client.save()
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
