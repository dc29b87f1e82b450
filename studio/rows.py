"""Rows written by statements that are written once, for what is written again and again.

No signals are sent, and nothing is looked at that a model's `save` would look at.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    ForeignKey,
    IntegerField,
    Model,
    TextChoices,
    TextField,
)

from studio.queries import ask, stored, tell


def insert(*rows: Model) -> None:
    """Write new rows of one model in one statement, which is written once; no signals are sent.

    One row alone gets its id. Raises IntegrityError, after which PostgreSQL wants a savepoint.
    """
    if not rows:
        return
    sql, key, columns = _insertion(type(rows[0]), len(rows))
    found = ask(f"{sql} RETURNING {key}", _values_of(rows, columns))
    if len(rows) == 1:
        [[rows[0].pk]] = found
    for row in rows:
        _is_there(row)


def write(*rows: Model) -> None:
    """The same for rows of which nobody wants the id; errors come as with `tell`."""
    if not rows:
        return
    sql, _key, columns = _insertion(type(rows[0]), len(rows))
    tell(sql, _values_of(rows, columns))
    for row in rows:
        _is_there(row)


def inserted(row: Model) -> bool:
    """Write a new row unless another one stands against it: False, and nothing has happened.

    What keeps it out is not told. Neither is a savepoint wanted, which `insert` needs for that.
    """
    sql, key, columns = _insertion(type(row), 1)
    if connection.vendor == "postgresql":
        sql += " ON CONFLICT DO NOTHING"
    try:
        found = ask(f"{sql} RETURNING {key}", _values_of([row], columns))
    except IntegrityError:
        if connection.vendor == "postgresql":
            raise
        return False  # SQLite takes back that statement alone
    for [key] in found:
        row.pk = key
        _is_there(row)
    return bool(found)


def _values_of(rows: Iterable[Model], columns: list["_Column"]) -> list[Any]:
    return [_value(column, row, add=True) for row in rows for column in columns]


def _is_there(row: Model) -> None:
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: Model, *names: str) -> None:
    """Write some fields of a row that is there; errors come as with `tell`."""
    sql, columns = _change(type(row), names)
    tell(sql, [*(_value(column, row, add=False) for column in columns), row.pk])


_TAKEN_AS_THEY_ARE: dict[type, type] = {
    CharField: str,
    TextField: str,
    IntegerField: int,
    BooleanField: bool,
    ForeignKey: int,
}
"""Of these fields values of these types, and None, go to the database as they are."""


type _Column = tuple[Any, type | None]
"""A field, and the type of the values for which Django need not be asked."""


def _columns(fields: Iterable[Any]) -> list[_Column]:
    return [(field, _plain_type(field)) for field in fields]


def _plain_type(field: Any) -> type | None:
    if type(field) is DateTimeField and not (field.auto_now or field.auto_now_add):
        return datetime
    return next((of for kind, of in _TAKEN_AS_THEY_ARE.items() if isinstance(field, kind)), None)


def _value(column: _Column, row: Model, *, add: bool) -> Any:
    """What the database is given; most values need none of what Django does to them."""
    field, plain = column
    if plain is not None:
        value = getattr(row, field.attname)
        if value is None:
            return None
        if type(value) is plain:
            return stored(value) if plain is datetime else value
        if plain is str and isinstance(value, TextChoices):
            return value.value
    return field.get_db_prep_save(field.pre_save(row, add=add), connection)


@cache
def _insertion(model: type[Model], count: int) -> tuple[str, str, list[_Column]]:
    meta, quoted = _names(model)
    fields = [each for each in meta.local_concrete_fields if not each.primary_key]
    names = ", ".join(quoted(each.column) for each in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    table, rows = quoted(meta.db_table), ", ".join([row] * count)
    sql = f"INSERT INTO {table} ({names}) VALUES {rows}"  # noqa: S608 - a model's own names
    return sql, quoted(meta.pk.column), _columns(fields)


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[_Column]]:
    meta, quoted = _names(model)
    fields = [meta.get_field(name) for name in names]
    changes = ", ".join(f"{quoted(each.column)} = %s" for each in fields)
    table, key = quoted(meta.db_table), quoted(meta.pk.column)
    sql = f"UPDATE {table} SET {changes} WHERE {key} = %s"  # noqa: S608 - a model's own names
    return sql, _columns(fields)


def _names(model: type[Model]) -> tuple[Any, Callable[[str], str]]:
    return model._meta, connection.ops.quote_name
