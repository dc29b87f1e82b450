"""How the database would find the rows that a query asks for.

SQLite plans by its rules, whatever is in the tables, as nothing has been counted there. PostgreSQL
weighs, and tests have few rows: it is told to do without reading whole tables and without hashing
or sorting them together, so that what still reads all rows does so for want of an index. Which of
several indexes it takes, it knows only of a table that has some rows and was counted (ANALYZE).

What is found by whom or where it was alone is all of somebody's history, and counts as read whole
too: the index of such a kind has a column of time (`HISTORIES`).

A query that PostgreSQL keeps the plan of (`studio.queries`) is planned here as there: whatever its
values.

A whole partial index is no whole table: it was made for the few rows that it has. Those that keep
bookings apart (rule B2) have nearly all of them.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

type Asked = tuple[str, Any, bool]
"""SQL, its parameters, and whether its plan is kept."""

PLANNED = ("SELECT", "UPDATE", "DELETE")
HISTORIES = {
    "booking_by_therapist": "occupied_from",
    "booking_by_room": "occupied_from",
    "booking_by_location": "starts_at",
    **dict.fromkeys(("extra_shift_by_location", "therapists_extrashift_location_id"), "wall_until"),
    **dict.fromkeys(("time_off_by_therapist", "therapists_timeoff_therapist_id"), "wall_until"),
    **dict.fromkeys(("room_block_by_room", "premises_roomblock_room_id"), "wall_until"),
}
"""What the names of such indexes begin with; those that Django adds to a key have no time."""
WITHOUT = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")


def read_whole(action: Callable[[], object], tables: Sequence[type[Model]]) -> list[str]:
    """The queries of an action that read every row of one of these tables, each with its plan."""
    asked: list[Asked] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(PLANNED):
            asked.append((sql, params, _is_prepared(context["cursor"])))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        action()
    assert asked, "nothing was asked"
    names = {table._meta.db_table for table in tables}
    scans = _scans_of_postgresql if connection.vendor == "postgresql" else _scans_of_sqlite
    return [
        f"{sql}\n{scan}"
        for sql, params, is_kept in dict.fromkeys(
            (sql, _frozen(params), is_kept) for sql, params, is_kept in asked
        )
        for table, scan in scans(sql, params, is_kept)
        if table in names
    ]


def _is_prepared(cursor: Any) -> bool:
    return type(cursor.cursor).__name__ == "ServerBindingCursor"


def _frozen(params: Any) -> tuple[Any, ...]:
    return tuple(params or ())


def _scans_of_sqlite(
    sql: str, params: tuple[Any, ...], _is_kept: bool
) -> Iterator[tuple[str, str]]:
    """Tables that are gone through from end to end, be it along an index."""
    aliases = {alias: name for name, alias in re.findall(r'"(\w+)" ([TUVW]\d+)\b', sql)}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        for *_, step in cursor.fetchall():
            method, table, *_ = step.split()
            if method == "SCAN" or (method == "SEARCH" and _is_a_history(*_index_of(step))):
                yield aliases.get(table, table), step


def _index_of(step: str) -> tuple[str, str]:
    """The name of the index that SQLite takes, and what it looks up there."""
    found = re.search(r"INDEX (\w+) (\(.*\))", step)
    return (str(found[1]), str(found[2])) if found else ("", "")


def _is_a_history(index: str, condition: str) -> bool:
    return any(
        index.startswith(name) and column not in condition for name, column in HISTORIES.items()
    )


def _scans_of_postgresql(
    sql: str, params: tuple[Any, ...], is_kept: bool
) -> Iterator[tuple[str, str]]:
    with transaction.atomic(), connection.cursor() as cursor:
        for method in WITHOUT:
            cursor.execute(f"SET LOCAL {method} = off")
        explain = _explain_kept if is_kept else _explain
        plan = explain(cursor, sql, params)
        for method in WITHOUT:
            cursor.execute(f"SET LOCAL {method} = on")
    found = plan if isinstance(plan, list) else json.loads(plan)
    few = _indexes_of_few_rows()
    for node in _nodes(found[0]["Plan"], table=""):
        way, index = node["Node Type"], node.get("Index Name", "")
        condition = node.get("Index Cond", "")
        is_whole = not condition and index not in few
        if way == "Seq Scan" or (index and (is_whole or _is_a_history(index, condition))):
            yield node["Relation Name"], f"{way} {index}"


def _explain(cursor: CursorWrapper, sql: str, params: tuple[Any, ...]) -> Any:
    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
    return cursor.fetchone()[0]


def _explain_kept(cursor: CursorWrapper, sql: str, params: tuple[Any, ...]) -> Any:
    """The plan for any values: those that are given here stand for none."""
    numbers = count(1)
    cursor.execute(f"PREPARE kept AS {re.sub('%s', lambda _: f'${next(numbers)}', sql)}")
    values = ", ".join(["NULL"] * len(params))
    plan = _explain(cursor, f"EXECUTE kept {f'({values})' if params else ''}", ())
    cursor.execute("DEALLOCATE kept")
    return plan


def _indexes_of_few_rows() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index"
            " WHERE indpred IS NOT NULL AND NOT indisexclusion"
        )
        return {name for (name,) in cursor.fetchall()}


def _nodes(node: dict[str, Any], table: str) -> Iterator[dict[str, Any]]:
    """A node of a plan and all below it; what a bitmap is made of does not name its table."""
    table = node.get("Relation Name", table)
    yield {"Relation Name": table, **node}
    for inner in node.get("Plans", ()):
        yield from _nodes(inner, table)
