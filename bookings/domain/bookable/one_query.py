"""Rows of several tables, read in one query.

A kind of row is a NamedTuple: its fields are called as `values_list` calls the columns, and their
types say which columns of other kinds they can share. All kinds then come as one UNION ALL.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, cast, get_args, get_type_hints

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from studio.queries import ask

type Tables = Mapping[type[Any], QuerySet[Any, Any]]
"""By kind of row, the query that finds such rows."""

SQL_TYPES: dict[type, str] = {int: "bigint", date: "date", bool: "boolean", str: "text"}
"""What a field of a row can be, or None instead."""


class Rows:
    """What was read, by kind."""

    def __init__(self, kinds: tuple[type[Any], ...]) -> None:
        """Nothing yet."""
        self._found: dict[type[Any], list[Any]] = {kind: [] for kind in kinds}

    def __getitem__[Row](self, kind: type[Row]) -> list[Row]:
        """All rows of a kind, in no order."""
        return self._found[kind]


@dataclass(frozen=True, slots=True)
class Statement:
    """The query that finds rows of several kinds, in SQL; in front of each is its kind's number."""

    kinds: tuple[type[Any], ...]
    sql: str
    params: tuple[Any, ...]

    def read(self) -> Rows:
        """All that it finds."""
        found = Rows(self.kinds)
        types, places = _shared_columns(self.kinds)
        written = [list[tuple[Any, ...]]() for _kind in self.kinds]
        for row in self.tuples():
            written[row[0]].append(row)
        # By columns: there may be thousands of rows, and most columns stay as they are.
        for kind, place, rows in zip(self.kinds, places, written, strict=True):
            if rows:
                _number, *columns = zip(*rows, strict=True)
                wanted = [_read(types[column], columns[column]) for column in place]
                found[kind].extend(map(kind._make, zip(*wanted, strict=True)))
        return found

    def tuples(self) -> list[tuple[Any, ...]]:
        """All that it finds as the database gives it: its kind, and the columns that kinds share.

        Those of one type stand together, in the order of SQL_TYPES and of each kind's fields.
        """
        if not self.sql:
            return []
        return ask(self.sql, self.params)


def read_in_one_query(*parts: Tables) -> Rows:
    """All that the queries find, in one."""
    return written(*parts).read()


def written(*parts: Tables) -> Statement:
    """The queries as one.

    Each is compiled as it is, and the columns that it lacks are put around it: Django's own
    `union` would take longer to make a column of nothing than the database to answer.
    """
    tables = ChainMap(*(dict(part) for part in reversed(parts)))
    types, places = _shared_columns(tuple(tables))
    selects, params = [], list[Any]()
    for number, (rows, place) in enumerate(zip(tables.values(), places, strict=True)):
        try:
            sql, own = rows.order_by().values_list(*place.values()).query.sql_with_params()
        except EmptyResultSet:  # nothing can be found, and Django knows it
            continue
        columns = _columns(types, place)
        selects.append(f"SELECT {number}, {columns} FROM ({sql}) part_{number}")  # noqa: S608 - Django's own SQL
        params += own
    return Statement(tuple(tables), " UNION ALL ".join(selects), tuple(params))


type Place = dict[int, str]
"""Which of the shared columns a kind uses, and for which of its fields."""


def _columns(types: list[type], place: Place) -> str:
    """The shared columns as a kind fills them."""
    return ", ".join(
        connection.ops.quote_name(place[number])
        if number in place
        else f"CAST(NULL AS {SQL_TYPES[of]})"
        for number, of in enumerate(types)
    )


def _read(of: type, column: Iterable[Any]) -> Iterable[Any]:
    """The values of a column, of which SQLite knows neither dates nor truth."""
    if of is date:
        return map(_date, column)
    if of is bool:
        return [None if value is None else bool(value) for value in column]
    return column


@lru_cache(maxsize=4096)  # most rows share a few dates
def _date(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


@cache
def _shared_columns(kinds: tuple[type[Any], ...]) -> tuple[list[type], list[Place]]:
    """The columns that hold any of the kinds, by type, and each kind's place in them."""
    fields = [_fields(kind) for kind in kinds]
    types = [
        of for of in SQL_TYPES for _ in range(max(list(own.values()).count(of) for own in fields))
    ]
    places = []
    for own in fields:
        free = {of: iter([n for n, each in enumerate(types) if each is of]) for of in SQL_TYPES}
        places.append({next(free[of]): name for name, of in own.items()})
    return types, places


def _fields(kind: type[Any]) -> dict[str, type]:
    """The fields of a kind of row with their types, of which None is left out."""
    hints = get_type_hints(kind)
    return {
        name: cast(type, next(of for of in (*get_args(hint), hint) if of in SQL_TYPES))
        for name, hint in hints.items()
    }
