from datetime import date
from decimal import Decimal

import pytest

from bookings.desk.reports.tables import Column, Kind, Table, named, shown, spelled
from bookings.domain.reports.period import Grain, Period

DAY = Period(date(2026, 8, 3), date(2026, 8, 3))
WEEK = Period(date(2026, 8, 3), date(2026, 8, 9))


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (1234, Kind.COUNT, "1,234"),
        (90, Kind.MINUTES, "1.5 h"),
        (60_000, Kind.MINUTES, "1,000.0 h"),
        (0.634, Kind.SHARE, "63.4%"),
        (1.25, Kind.SHARE, "125.0%"),
        (Decimal("1234.5"), Kind.MONEY, "1,234.50"),
        (None, Kind.SHARE, "–"),
        ("Mei", Kind.WORDS, "Mei"),
        ("Together", Kind.PART, "Together"),
    ],
)
def test_a_value_is_spelled_for_people(value, kind, words):
    assert shown(value, kind) == words


@pytest.mark.parametrize(
    ("period", "grain", "words"),
    [
        (DAY, Grain.DAY, "Mon 3 Aug 2026"),
        (WEEK, Grain.WEEK, "3 Aug – 9 Aug 2026"),
        (Period(date(2026, 12, 28), date(2027, 1, 3)), Grain.WEEK, "28 Dec 2026 – 3 Jan 2027"),
        (Period(date(2026, 8, 1), date(2026, 8, 31)), Grain.MONTH, "August 2026"),
        (Period(date(2026, 8, 5), date(2026, 8, 31)), Grain.MONTH, "5 Aug – 31 Aug 2026"),
    ],
)
def test_a_part_is_called_by_its_name(period, grain, words):
    assert named(period, grain) == words


def test_a_period_of_one_year_names_it_once():
    assert spelled(WEEK) == "3 Aug – 9 Aug 2026"


def test_a_file_has_values_and_no_total():
    table = Table(
        [
            Column("When", Kind.PART),
            Column("Working", Kind.MINUTES),
            Column("Taken", Kind.SHARE),
            Column("Booked", Kind.MONEY),
        ],
        [[WEEK, 100, 0.6345, Decimal("7.50")], ["Together", 100, None, Decimal("7.50")]],
        has_total=True,
    )

    assert list(table.for_a_file()) == [
        ["from", "until", "Working, hours", "Taken, %", "Booked"],
        [WEEK.first, WEEK.last, Decimal("1.67"), Decimal("63.4"), Decimal("7.50")],
    ]
