"""What visitors are shown, and that it has changed.

Triggers give each table of `settings.SHOWN` another mark with each change of its rows, in the
change's own transaction. Nobody who writes has to think of it: not the admin, not a studio file,
nor whoever types SQL. What was made after the marks were read, from rows that were read after
them, is true as long as they are the same.

Marks are random. No mark comes back, not even when a change is undone or a copy of the database
restored. Each table has its own, so that a long write keeps others from their own table only.
"""

import secrets
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.http import HttpRequest

from studio.premises.models import Shown
from studio.queries import ask

type Marks = tuple[int, ...]

_MARK = {
    # What a trigger inserts must not depend on what the statement that fires it does on conflict.
    "sqlite": """
        CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN
            DELETE FROM {marks} WHERE table_name = '{table}';
            INSERT INTO {marks} (table_name, mark) VALUES ('{table}', random());
        END
    """,
    "postgresql": """
        CREATE TRIGGER {name} AFTER {event} ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {marks}_changed()
    """,
}
_EVENTS = {
    "sqlite": ("INSERT", "UPDATE", "DELETE"),
    "postgresql": ("INSERT", "UPDATE", "DELETE", "TRUNCATE"),
}
_FUNCTION = """
    CREATE OR REPLACE FUNCTION {marks}_changed() RETURNS trigger AS $$ BEGIN
        INSERT INTO {marks} (table_name, mark) VALUES (TG_TABLE_NAME, (random() * 2 ^ 62)::bigint)
            ON CONFLICT (table_name) DO UPDATE SET mark = EXCLUDED.mark;
        RETURN NULL;
    END $$ LANGUAGE plpgsql
"""
_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def marks_now() -> Marks:
    """Of all that visitors are shown, in one small query; before the rows are read."""
    return tuple(mark for (mark,) in ask(_marks_query(connection.vendor)))


def marks_of(request: HttpRequest) -> Marks:
    """Those that a request has first read, for all that is made of rows read after them."""
    if not hasattr(request, "marks"):
        request.marks = marks_now()  # type: ignore[attr-defined]  # lives with the request
    marks: Marks = request.marks  # type: ignore[attr-defined]  # as above
    return marks


@cache
def _marks_query(_engine: str) -> str:
    """Written once: Django takes longer to write it than the database to answer it."""
    return Shown.objects.order_by("table_name").values_list("mark").query.sql_with_params()[0]


def tables() -> Iterator[str]:
    """Those that visitors are shown something of."""
    for label in settings.SHOWN:
        model = apps.get_model(label)
        yield model._meta.db_table
        for relation in model._meta.local_many_to_many:
            yield relation.remote_field.through._meta.db_table


def watch(using: str, **_signal: Any) -> None:
    """Give the tables the triggers that they lack, and each such table another mark.

    What a migration wrote to it while it had none was not noted.
    """
    database = connections[using]
    there = set(database.introspection.table_names())
    marks = Shown._meta.db_table
    if marks not in there:  # migrated back to a time before there was any
        return
    with database.cursor() as cursor:
        cursor.execute(_TRIGGERS[database.vendor])
        known = {name for (name,) in cursor.fetchall()}
        missing = [
            (table, sql)
            for table, name, sql in _triggers(database.vendor, marks, there.intersection(tables()))
            if name not in known
        ]
        if missing and database.vendor == "postgresql":
            cursor.execute(_FUNCTION.format(marks=marks))
        for _table, sql in missing:
            cursor.execute(sql)
    _mark(using, sorted({table for table, _sql in missing}))


def _triggers(engine: str, marks: str, watched: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """One for each event: its table, its name, and how it is made."""
    for table in watched:
        for event in _EVENTS[engine]:
            name = f"shown_{table}_{event.lower()}"
            sql = _MARK[engine].format(name=name, event=event, table=table, marks=marks)
            yield table, name, sql


def _mark(using: str, changed: Iterable[str]) -> None:
    """Give tables another mark."""
    Shown.objects.using(using).bulk_create(
        [Shown(table_name=table, mark=secrets.randbits(62)) for table in changed],
        update_conflicts=True,
        unique_fields=["table_name"],
        update_fields=["mark"],
    )
