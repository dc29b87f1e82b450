import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from bookings.enums import PaymentMethod
from bookings.models import Payment
from tests.factories import MONDAY_AT_TEN, make_booking, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def pay(amount):
    return Payment.objects.create(
        booking=make_booking(),
        amount=amount,
        method=PaymentMethod.CASH,
        received_at=MONDAY_AT_TEN,
        received_by=make_user(),
    )


def test_b11_a_payment_is_shown_in_the_booking_s_currency():
    assert str(pay("120.00")) == "120.00 USD"


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_b11_a_payment_of_nothing_or_less_is_refused(amount):
    with pytest.raises(IntegrityError, match="payment_is_positive"):
        pay(amount)


def test_b7_a_booking_that_was_paid_is_not_deleted():
    payment = pay("120.00")

    with pytest.raises(ProtectedError):
        payment.booking.delete()
