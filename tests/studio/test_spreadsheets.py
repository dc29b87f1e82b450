import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest

from studio.spreadsheets import csv_answer, written

FORMULAS = [
    '=HYPERLINK("http://example.org")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "+1-303-555-0100",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",  # noqa: RUF001 - the full-width sign
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_a_formula_becomes_text(text):
    assert written(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["+1 303 555 0100", "+49.30.123456", "-12.50", "-12.50 USD", "(303) 555-0100", "a=b"]
)
def test_numbers_and_words_stay_as_they_are(text):
    assert written(text) == text


def test_values_are_written_for_machines():
    cells = [
        None,
        7,
        Decimal("-1234.50"),
        date(2026, 8, 3),
        datetime(2026, 8, 3, 16, tzinfo=UTC),
    ]

    assert [written(cell) for cell in cells] == [
        "",
        "7",
        "-1234.50",
        "2026-08-03",
        "2026-08-03 16:00+00:00",
    ]


def test_the_answer_is_a_file_with_a_name_and_a_date():
    answer = csv_answer("Time off", date(2026, 8, 3), [])

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="time-off-2026-08-03.csv"'
    assert answer["Cache-Control"] == "private, no-store"


def test_a_cell_may_hold_anything():
    row = ["Zoë, “the quick”", 'a "quoted" word', "two\nlines"]

    content = csv_answer("x", date(2026, 8, 3), [row]).getvalue().decode("utf-8-sig")

    assert next(csv.reader(StringIO(content, newline=""))) == row


def test_rows_are_asked_for_while_they_are_sent():
    asked = []

    def rows():
        for number in range(2000):
            asked.append(number)
            yield [number]

    chunks = iter(csv_answer("x", date(2026, 8, 3), rows()))
    next(chunks)
    assert asked == []
    next(chunks)
    assert 0 < len(asked) < 2000
