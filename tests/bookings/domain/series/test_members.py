"""Which bookings of a series belong together."""

import pytest

from bookings.domain.cancelling import cancel
from bookings.domain.requests import Details
from bookings.domain.series.booking import book_series
from bookings.domain.series.members import Membership, following, members, membership
from bookings.models import Booking
from tests.bookings.domain.asking import ADA, CLIENT, booked, minute, wish
from tests.factories import Bookable, make_bookable, make_client

pytestmark = pytest.mark.django_db

NOW = minute("2026-09-21 08:00")
STARTS = [minute(f"{day} 10:00") for day in ("2026-10-05", "2026-10-19", "2026-11-02")]


@pytest.fixture
def studio() -> Bookable:
    return make_bookable()


@pytest.fixture
def series(studio: Bookable) -> list[Booking]:
    made = book_series(
        wish(studio, "2026-10-05 10:00"),
        STARTS,
        Details(ADA),
        all_or_nothing=True,
        every_weeks=2,
        caller=CLIENT,
        now=NOW,
    )
    return list(made.bookings)


def test_each_has_its_place_among_all_dates_though_one_is_cancelled(series):
    cancel(series[0], caller=CLIENT, now=NOW + 1)

    assert membership(series[1]) == Membership(2, series, every_weeks=2)


def test_p1_a_date_that_is_another_client_s_now_is_none_of_theirs(series):
    Booking.objects.filter(pk=series[2].pk).update(client=make_client())

    assert membership(series[0]) == Membership(1, series[:2], every_weeks=2)


def test_a_booking_that_was_made_alone_is_no_member(studio):
    assert membership(booked(studio, "2026-10-05 10:00", caller=CLIENT, now=NOW)) is None


def test_cancelling_one_of_a_series_leaves_the_others(series):
    cancel(series[1], caller=CLIENT, now=NOW)

    assert [each.status for each in members(series[0])] == ["confirmed", "cancelled", "confirmed"]
    assert following(series[0]) == [series[0], series[2]]
