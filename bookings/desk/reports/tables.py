"""Tables of figures: to be read on a page, and to be reckoned with in a spreadsheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bookings.domain.reports.period import Grain, Period
from studio.spreadsheets import Cell

NOTHING = "–"


class Kind(Enum):
    """What stands in a column."""

    WORDS = auto()
    PART = auto()
    COUNT = auto()
    MINUTES = auto()
    SHARE = auto()
    MONEY = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what stands below it."""

    label: str | Promise
    kind: Kind = Kind.COUNT

    @property
    def is_number(self) -> bool:
        """Whether it is set flush right."""
        return self.kind not in (Kind.WORDS, Kind.PART)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values; the last one sums them up, if `has_total`."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    grain: Grain = Grain.DAY
    has_total: bool = False

    @property
    def shown(self) -> list[list[tuple[Column, str]]]:
        """The rows in words."""
        return [
            [
                (column, shown(value, column.kind, self.grain))
                for column, value in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]

    def for_a_file(self) -> Iterator[list[Cell]]:
        """The heading and the rows as values; hours and shares as plain numbers, no total."""
        yield [label for column in self.columns for label in _file_labels(column)]
        for row in self.rows[:-1] if self.has_total else self.rows:
            yield [
                cell
                for column, value in zip(self.columns, row, strict=True)
                for cell in _file_cells(value, column.kind)
            ]


def shown(value: Any, kind: Kind, grain: Grain = Grain.DAY) -> str:
    """A value as people read it."""
    if value is None:
        return NOTHING
    match kind:
        case Kind.PART:
            return named(value, grain) if isinstance(value, Period) else str(value)
        case Kind.COUNT:
            return number_format(value, force_grouping=True)
        case Kind.MINUTES:
            hours = round(Decimal(value) / 60, 1)
            return _("%(hours)s h") % {"hours": number_format(hours, 1, force_grouping=True)}
        case Kind.SHARE:
            return _("%(share)s%%") % {"share": number_format(round(Decimal(value * 100), 1), 1)}
        case Kind.MONEY:
            return number_format(value, 2, force_grouping=True)
        case Kind.WORDS:
            return str(value)


def named(part: Period, grain: Grain) -> str:
    """A part of a period by its name; one that was cut off by its dates."""
    if part.days == 1:
        return date_format(part.first, _("D j M Y"))
    if part.parts(Grain.MONTH) == [part] and _is_whole_month(part):
        return date_format(part.first, _("F Y"))
    return spelled(part)


def spelled(period: Period) -> str:
    """From the first until the last date, the year once if it is the same."""
    same_year = period.first.year == period.last.year
    first = date_format(period.first, _("j M") if same_year else _("j M Y"))
    return f"{first} – {date_format(period.last, 'j M Y')}"


def _is_whole_month(part: Period) -> bool:
    return part.first.day == 1 and (part.last + (date(2, 1, 2) - date(2, 1, 1))).day == 1


def _file_labels(column: Column) -> list[str]:
    match column.kind:
        case Kind.PART:
            return [_("from"), _("until")]
        case Kind.MINUTES:
            return [_("%(label)s, hours") % {"label": column.label}]
        case Kind.SHARE:
            return [_("%(label)s, %%") % {"label": column.label}]
        case _:
            return [str(column.label)]


def _file_cells(value: Any, kind: Kind) -> list[Cell]:
    match kind:
        case Kind.PART:
            return [value.first, value.last]
        case Kind.MINUTES:
            return [round(Decimal(value) / 60, 2)]
        case Kind.SHARE:
            return [None if value is None else round(Decimal(value * 100), 1)]
        case _:
            return [value]
