"""Where the pages of the desk lead to."""

import pytest

from bookings.desk.links import book_url
from bookings.scheduling.hours import to_minute
from tests.factories import at, make_location

pytestmark = pytest.mark.django_db


def test_a_page_to_book_is_filled_in_as_far_as_it_is_known():
    location = make_location(slug="main")

    assert book_url(location) == "/admin/book/?location=main"
    assert book_url(location, to_minute(at("2026-08-03 10:00")), room="blue") == (
        "/admin/book/?location=main&start=2026-08-03T10:00&room=blue"
    )


@pytest.mark.parametrize(
    ("instant", "query"),
    [
        ("2026-11-01 07:30", "start=2026-11-01T01:30"),
        ("2026-11-01 08:30", "start=2026-11-01T01:30&second=1"),
        ("2026-11-01 09:30", "start=2026-11-01T02:30"),
    ],
)
def test_t5_a_link_says_which_passage_of_a_repeated_hour_it_means(instant, query):
    start = to_minute(at(instant, "UTC"))

    assert book_url(make_location(slug="main"), start) == f"/admin/book/?location=main&{query}"
