"""Queries that are written once, and asked with other values each time.

Django takes several times as long to write a query as a database to answer it. Where that time
counts, a query is written with two examples of its values: where the two differ, a value belongs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from operator import itemgetter
from typing import Any, Self, cast

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    get_related_populators,
)

type Values = Mapping[Any, Any]
"""What a query is asked with, by names (or numbers) that stand for its gaps."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The params of a query: of each the name of the value that belongs there, or None."""

    params: tuple[Any, ...]
    names: tuple[Any, ...]

    @classmethod
    def between(
        cls, one: tuple[Sequence[Any], Values], other: tuple[Sequence[Any], Values]
    ) -> Self:
        """What the params of two examples have in common that differ in all their values.

        A param in which they differ has to be one of the values: whoever writes a query with
        another hears of it here, before it is asked with what an example had.
        """
        (params, values), (other_params, other_values) = one, other
        names_of = {(stored(values[name]), stored(other_values[name])): name for name in values}
        assert len(names_of) == len(values), "two values cannot be told apart"
        assert all(mine != others for mine, others in names_of), "an example has another's value"
        pairs = list(zip(params, other_params, strict=True))
        names = tuple(names_of.get(pair) for pair in pairs)
        for name, (mine, others) in zip(names, pairs, strict=True):
            assert name is not None or mine == others, f"{mine!r} is none of the values"
        return cls(tuple(params), names)

    def filled(self, values: Values) -> tuple[Any, ...]:
        """The params with these values."""
        return tuple(
            param if name is None else stored(values[name])
            for param, name in zip(self.params, self.names, strict=True)
        )


EXAMPLES: dict[type, tuple[Any, Any]] = {
    int: (7_700_001, 8_800_002),
    str: ("the-first-example", "the-other-example"),
    date: (date(2001, 2, 3), date(2004, 5, 6)),
    datetime: (datetime(2001, 2, 3, 4, 5, tzinfo=UTC), datetime(2006, 7, 8, 9, 10, tzinfo=UTC)),
}


def cursor_again() -> CursorWrapper:
    """A cursor for queries that come again and again: PostgreSQL keeps how it answers them.

    It takes longer to plan a query of a dozen tables than to answer it. Django sends each query
    with its values written into it, which no plan outlives; this cursor sends them apart.
    """
    if connection.vendor != "postgresql":
        return connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor  # needs its driver

    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]  # psycopg's
        return cast(CursorWrapper, connection._prepare_cursor(cursor))  # type: ignore[attr-defined]  # what `cursor()` does with its own


type Read[Row] = Callable[[Sequence[Any]], Row]
"""What makes a row of what the database answered."""


@dataclass(frozen=True, slots=True)
class _Compiled[Row]:
    sql: str
    gaps: Gaps
    read: Read[Row]


class Written[Row]:
    """A query by its values: `Written(lambda slug: Room.objects.filter(slug=slug), str)`.

    Calling it with as many values, none of them None, gives the rows: instances with what is
    selected with them, or what `values_list` gives.
    """

    def __init__(self, write: Callable[..., QuerySet[Any, Row]], *types: type) -> None:
        """Say how it is written, and of what types its values are."""
        self._write, self._types = write, types
        self._compiled: dict[str, _Compiled[Row]] = {}

    def __call__(self, *values: Any) -> list[Row]:
        """All rows that there are for these values."""
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile()
        compiled = self._compiled[connection.vendor]
        with cursor_again() as cursor:
            cursor.execute(compiled.sql, compiled.gaps.filled(dict(enumerate(values))))
            return [compiled.read(row) for row in cursor.fetchall()]

    def first(self, *values: Any) -> Row | None:
        """The first of them."""
        return next(iter(self(*values)), None)

    def _compile(self) -> _Compiled[Row]:
        examples = []
        for number in (0, 1):
            values = [_example(of, number, place) for place, of in enumerate(self._types)]
            rows = self._write(*values)
            compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
            sql, params = compiler.as_sql()
            examples.append((sql, (params, dict(enumerate(values)))))
        (sql, one), (other_sql, other) = examples
        assert sql == other_sql, "the examples are not of one shape"
        return _Compiled(sql, Gaps.between(one, other), _reader(rows, compiler))


def _reader(rows: Any, compiler: Any) -> Read[Any]:
    """What Django does with each row, with all that is the same for every one found beforehand."""
    columns = [column for column, *_alias in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    if issubclass(rows._iterable_class, ModelIterable):
        make = _maker(rows, compiler)
    elif issubclass(rows._iterable_class, FlatValuesListIterable):
        make = itemgetter(0)
    else:
        make = tuple

    def read(row: Sequence[Any]) -> Any:
        if converters:
            [row] = compiler.apply_converters([row], converters)
        return make(row)

    return read


def _maker(rows: Any, compiler: Any) -> Read[Any]:
    """What makes an instance of a row, with those that are selected with it."""
    select, klass_info = compiler.select, compiler.klass_info
    first, last = klass_info["select_fields"][0], klass_info["select_fields"][-1]
    names = [column.target.attname for column, *_alias in select[first : last + 1]]
    related = get_related_populators(klass_info, select, rows.db, rows._fetch_mode)

    def make(row: Sequence[Any]) -> Any:
        made = rows.model.from_db(rows.db, names, row[first : last + 1])
        for each in related:
            each.populate(row, made)
        return made

    return make


def insert(*rows: Model) -> None:
    """Write new rows of one model in one statement, which is written once; no signals are sent.

    One row alone gets its id. Raises IntegrityError, after which PostgreSQL wants a savepoint.
    """
    if not rows:
        return
    sql, fields = _insertion(type(rows[0]), len(rows))
    params = [_value(field, row, add=True) for row in rows for field in fields]
    with cursor_again() as cursor:
        cursor.execute(sql, params)
        if len(rows) == 1:
            [rows[0].pk] = cursor.fetchone()
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: Model, *names: str) -> None:
    """Write some fields of a row that is there, by a statement that is written once."""
    sql, fields = _change(type(row), names)
    with cursor_again() as cursor:
        cursor.execute(sql, [*(_value(field, row, add=False) for field in fields), row.pk])


def _value(field: Any, row: Model, *, add: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=add), connection)


@cache
def _insertion(model: type[Model], count: int) -> tuple[str, list[Any]]:
    meta, quoted = _names(model)
    fields = [each for each in meta.local_concrete_fields if not each.primary_key]
    columns = ", ".join(quoted(each.column) for each in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    table, rows = quoted(meta.db_table), ", ".join([row] * count)
    sql = f"INSERT INTO {table} ({columns}) VALUES {rows}"  # noqa: S608 - a model's own names
    return f"{sql} RETURNING {quoted(meta.pk.column)}" if count == 1 else sql, fields


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    meta, quoted = _names(model)
    fields = [meta.get_field(name) for name in names]
    changes = ", ".join(f"{quoted(each.column)} = %s" for each in fields)
    table, key = quoted(meta.db_table), quoted(meta.pk.column)
    return f"UPDATE {table} SET {changes} WHERE {key} = %s", fields  # noqa: S608 - a model's own names


def _names(model: type[Model]) -> tuple[Any, Callable[[str], str]]:
    return model._meta, connection.ops.quote_name


def stored(value: Any) -> Any:
    """A value as the database is given it: SQLite has text for days and instants."""
    match value:
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case date():
            return connection.ops.adapt_datefield_value(value)
    return value


def _example(of: type, number: int, place: int) -> Any:
    value = EXAMPLES[of][number]
    match value:
        case datetime():
            return value.replace(minute=value.minute + place)
        case date():
            return value.replace(day=value.day + place)
        case str():
            return f"{value}-{place}"
    return value + place
