"""The dates that can be meant at the desk."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from bookings.desk.dates import can_be_meant, check_date


@pytest.mark.parametrize(
    ("day", "meant"),
    [
        (date(1999, 12, 31), False),
        (date(2000, 1, 1), True),
        (datetime(2199, 12, 31, 23, 55), True),
        (date(2200, 1, 1), False),
    ],
)
def test_two_centuries_can_be_meant(day, meant):
    assert can_be_meant(day) is meant


def test_a_year_that_nobody_means_is_refused_in_words():
    with pytest.raises(ValidationError, match="Check the year"):
        check_date(date(26, 8, 3))
