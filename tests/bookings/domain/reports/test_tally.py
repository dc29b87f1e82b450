from collections import Counter
from decimal import Decimal

import pytest

from bookings.domain.reports.period import Grain
from bookings.domain.reports.tally import (
    Missed,
    Origin,
    Outcome,
    booked_income,
    missed,
    origins,
    outcomes,
    tally,
)
from bookings.enums import Source, Status
from bookings.scheduling.hours import to_minute
from tests.bookings.domain.reports.asking import scope_of
from tests.factories import at, make_booking, make_location, make_room

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def booked(status=Status.CONFIRMED, day=3, **facts):
    return make_booking(status=status, starts_at=at(f"2026-08-{day:02} 10:00"), **facts)


def test_every_state_of_each_day_is_counted():
    booked(Status.COMPLETED)
    booked(Status.COMPLETED)
    booked(Status.NO_SHOW, day=4)
    booked(Status.CANCELLED, day=4)
    booked(Status.CANCELLED, day=4, late_cancellation=True)
    booked(Status.CONFIRMED, day=10)
    scope = scope_of()

    found = outcomes(tally(scope), scope)

    assert found.by_part[0] == {Outcome.COMPLETED: 2}
    assert found.by_part[1] == {
        Outcome.NO_SHOW: 1,
        Outcome.CANCELLED: 1,
        Outcome.CANCELLED_LATE: 1,
    }
    assert found.total.total() == 5


def test_b3_a_hold_or_a_review_past_its_time_is_expired():
    booked(Status.HELD, expires_at=at("2026-08-03 07:00"))
    booked(Status.PENDING_REVIEW, expires_at=at("2026-08-03 07:00"))
    booked(Status.HELD, day=4, expires_at=at("2026-08-03 07:01"))
    scope = scope_of()

    assert outcomes(tally(scope), scope).total == {Outcome.EXPIRED: 2, Outcome.HELD: 1}


def test_a_cancellation_that_was_undone_is_not_late():
    booked(Status.CONFIRMED, late_cancellation=True)
    scope = scope_of()

    assert outcomes(tally(scope), scope).total == {Outcome.CONFIRMED: 1}


def test_t7_a_booking_counts_on_the_date_of_its_own_location():
    tokyo = make_location(timezone="Asia/Tokyo")
    for wall in ("2026-08-03 00:30", "2026-08-09 23:30", "2026-08-10 00:30"):
        make_booking(room=make_room(location=tokyo), starts_at=at(wall, "Asia/Tokyo"))
    scope = scope_of()

    found = outcomes(tally(scope), scope)

    assert [count.total() for count in found.by_part] == [1, 0, 0, 0, 0, 0, 1]


def test_only_the_asked_locations_count():
    here = booked().location
    booked()
    scope = scope_of(here)

    assert outcomes(tally(scope), scope).total == {Outcome.CONFIRMED: 1}


def test_weeks_are_summed_up():
    booked(day=3)
    booked(day=8)
    scope = scope_of(grain=Grain.WEEK)

    assert outcomes(tally(scope), scope).by_part == [Counter({Outcome.CONFIRMED: 2})]


def test_where_bookings_come_from():
    for source in (Source.SITE, Source.DESK, Source.DESK, Source.DESK):
        booked(source=source)
    booked(Status.CANCELLED, source=Source.SITE)
    booked(Status.EXPIRED, source=Source.API)

    assert origins(tally(scope_of())) == [
        Origin(Source.DESK, made=3, standing=3),
        Origin(Source.SITE, made=2, standing=1),
    ]


def test_what_was_missed_is_a_part_of_what_was_due():
    for status in (Status.COMPLETED, Status.CHECKED_IN, Status.CONFIRMED, Status.NO_SHOW):
        booked(status)
    booked(Status.CANCELLED, late_cancellation=True)
    booked(Status.CANCELLED)
    booked(Status.DECLINED)
    booked(Status.CONFIRMED, day=4)
    scope = scope_of(now=to_minute(at("2026-08-03 10:00")))

    assert missed(tally(scope), scope)[:2] == [Missed(5, 1, 1), Missed(0, 0, 0)]


def test_nothing_is_missed_before_it_begins():
    booked(Status.CANCELLED, late_cancellation=True)
    scope = scope_of(now=to_minute(at("2026-08-03 09:59")))

    assert missed(tally(scope), scope)[0] == Missed(0, 0, 0)


def test_booked_income_is_the_price_of_what_stands_by_currency():
    booked(Status.COMPLETED, price="120.10")
    booked(Status.NO_SHOW, price="80.20")
    booked(Status.CONFIRMED, day=4, price="0.10")
    booked(Status.CONFIRMED, day=4, price="90.00", currency="EUR")
    booked(Status.CANCELLED, price="120.00")
    booked(Status.PENDING_REVIEW, price="120.00", expires_at=at("2026-08-04 07:00"))
    scope = scope_of()

    found = booked_income(tally(scope), scope)

    assert found["USD"][:2] == [Decimal("200.30"), Decimal("0.10")]
    assert found["EUR"][:2] == [0, Decimal("90.00")]
    assert set(found) == {"USD", "EUR"}
