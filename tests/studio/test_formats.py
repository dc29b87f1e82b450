from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _in_spanish():
    with override("es"):
        yield


def test_a_time_in_spanish_is_on_a_clock_of_twelve_hours():
    assert time_format(time(14, 30)) == "2:30 p.m."
    assert time_format(time(9)) == "9 a.m."
    assert date_format(datetime(2026, 8, 3, 14, 30), "DATETIME_FORMAT") == (
        "3 de agosto de 2026, 2:30 p.m."
    )


def test_a_date_in_spanish_is_in_words():
    assert date_format(date(2026, 8, 3)) == "3 de agosto de 2026"
    assert date_format(date(2026, 8, 3), "MONTH_DAY_FORMAT") == "3 de agosto"


def test_an_amount_in_spanish_is_written_as_in_the_united_states():
    assert number_format(Decimal("1200.50"), 2, force_grouping=True) == "1,200.50"
