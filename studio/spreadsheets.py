"""Files for spreadsheet programs: CSV in UTF-8, sent while it is written."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import batched

from django.http import StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.text import slugify

type Cell = str | int | float | Decimal | date | Promise | None
"""What stands in one place of a table; a datetime keeps its offset from UTC."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it the best-known program reads UTF-8 as something else."""

ROWS_AT_A_TIME = 500

_BEGINS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - full-width signs are signs too

_NUMBER = re.compile(r"[+-]\d[\d .,]*( [A-Z]{3})?")
"""A signed number, an amount of money, a telephone number: nothing in it that computes."""


def csv_answer(name: str, on: date, rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """The rows as a download that is called by a name and a date."""
    answer = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    filename = f"{slugify(name)}-{on.isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def written(cell: Cell) -> str:
    """A cell as text: dates and times in ISO 8601, numbers with a point, and no formula.

    What a spreadsheet would take for a formula gets an apostrophe in front. A minus or plus
    before a mere number stays: a debt is a debt, and "+1 303 555 0100" can be dialled.
    """
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    # Some programs drop blanks before they look at what the cell begins with.
    begins_a_formula = text.lstrip(" ").startswith(_BEGINS_A_FORMULA)
    return f"'{text}" if begins_a_formula and not _NUMBER.fullmatch(text) else text


class _Line:
    """What `csv.writer` writes to: it keeps nothing, and gives each line back."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def _lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    for some in batched(rows, ROWS_AT_A_TIME):
        yield "".join(writer.writerow([written(cell) for cell in row]) for row in some)
