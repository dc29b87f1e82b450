from datetime import date
from decimal import Decimal

import pytest

from bookings.domain.reports.income import received_income
from bookings.domain.reports.period import Period
from bookings.enums import PaymentMethod
from tests.bookings.domain.reports.asking import scope_of
from tests.factories import at, make_booking, make_location, make_payment, make_room

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def test_payments_count_on_the_day_they_were_received():
    booking = make_booking(starts_at=at("2026-07-01 10:00"))
    make_payment(booking=booking, amount="80.10", received_at=at("2026-08-03 09:00"))
    make_payment(booking=booking, amount="0.20", received_at=at("2026-08-03 18:00"))
    make_payment(
        booking=booking,
        amount="5.00",
        method=PaymentMethod.CARD,
        received_at=at("2026-08-05 09:00"),
    )

    found = received_income(scope_of())["USD"]

    assert found.by_part == [Decimal("80.30"), 0, Decimal("5.00"), 0, 0, 0, 0]
    assert found.by_method == {
        PaymentMethod.CASH: Decimal("80.30"),
        PaymentMethod.CARD: Decimal("5.00"),
    }


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Denver", date(2026, 11, 1)),
        ("America/Denver", date(2027, 3, 14)),
        ("Asia/Tokyo", date(2026, 8, 3)),
        ("Africa/Cairo", date(2026, 4, 24)),
        ("Asia/Kathmandu", date(2026, 8, 3)),
    ],
)
def test_t1_the_day_is_the_locations(zone, day):
    here = make_location(timezone=zone)
    booking = make_booking(room=make_room(location=here))
    before, after = day.fromordinal(day.toordinal() - 1), day.fromordinal(day.toordinal() + 1)
    for wall in (f"{before} 23:59", f"{day} 01:00", f"{day} 23:59", f"{after} 00:00"):
        make_payment(booking=booking, amount="1.00", received_at=at(wall, zone))

    found = received_income(scope_of(period=Period(day, day)))

    assert found["USD"].by_part == [Decimal("2.00")]


def test_currencies_are_kept_apart():
    for currency in ("USD", "EUR"):
        make_payment(booking=make_booking(currency=currency), amount="7.00")

    found = received_income(scope_of())

    assert {currency: each.by_part[0] for currency, each in found.items()} == {
        "USD": Decimal("7.00"),
        "EUR": Decimal("7.00"),
    }


def test_only_the_asked_locations_and_dates_count():
    here = make_location()
    make_payment(booking=make_booking(), amount="1.00")
    make_payment(
        booking=make_booking(room=make_room(location=here)), received_at=at("2026-08-10 00:00")
    )

    assert received_income(scope_of(here)) == {}
