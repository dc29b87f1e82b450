"""Queries that are written once, and asked with other values each time.

Django takes several times as long to write a query as a database to answer it. Where that time
counts, a query is written with two examples of its values: where the two differ, a value belongs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any, Self, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
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
        given = {name: stored(value) for name, value in values.items()}
        pairs = zip(self.params, self.names, strict=True)
        return tuple([param if name is None else given[name] for param, name in pairs])


EXAMPLES: dict[type, tuple[Any, Any]] = {
    int: (7_700_001, 8_800_002),
    str: ("the-first-example", "the-other-example"),
    date: (date(2001, 2, 3), date(2004, 5, 6)),
    datetime: (datetime(2001, 2, 3, 4, 5, tzinfo=UTC), datetime(2006, 7, 8, 9, 10, tzinfo=UTC)),
}


def ask(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that a statement gives which comes again and again, with `%s` for its values.

    Its plan is kept (PostgreSQL takes longer to plan a query of a dozen tables than to answer it),
    and nothing is paid for what cursors can do besides.
    """
    database = _ready()
    if _wants_cursor(database):
        with _cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []
    with database.wrap_database_errors:
        rows: list[tuple[Any, ...]] = database.ask(sql, params)
        return rows


def tell(sql: str, params: Sequence[Any] = ()) -> None:
    """Have a statement carried out of which nobody wants the answer.

    PostgreSQL is sent it with the next statement of the transaction, or with COMMIT, and what it
    has against it is raised there. Whatever comes later in the transaction sees what it did.
    """
    database = _ready()
    if _wants_cursor(database):
        ask(sql, params)
        return
    with database.wrap_database_errors:
        database.tell(sql, params)


def _ready() -> Any:
    """The database, after all that Django looks at before it gives out a cursor and uses it."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.close_if_health_check_failed()
    database.ensure_connection()
    database.validate_thread_sharing()
    database.validate_no_broken_transaction()
    return database


def _wants_cursor(database: Any) -> bool:
    """Whether somebody listens to what cursors are told, or it is none of our own kinds."""
    return (
        bool(database.execute_wrappers) or database.queries_logged or not hasattr(database, "ask")
    )


def _cursor() -> CursorWrapper:
    """A cursor that does the same as `ask`: values are sent apart from what they are values of."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor  # needs its driver

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
        read = self._known.read
        return [read(row) for row in self.fetched(values)]

    def first(self, *values: Any) -> Row | None:
        """The first of them."""
        return next(iter(self(*values)), None)

    def fetched(self, values: tuple[Any, ...]) -> Sequence[Sequence[Any]]:
        """All of them as the database gives them."""
        compiled = self._known
        return ask(compiled.sql, compiled.gaps.filled(dict(enumerate(values))))

    @property
    def sql(self) -> str:
        """What the database is asked."""
        return self._known.sql

    @property
    def _known(self) -> _Compiled[Row]:
        engine = connection.vendor
        if engine not in self._compiled:
            self._compiled[engine] = self._compile()
        return self._compiled[engine]

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


def stored(value: Any) -> Any:
    """A value as the database is given it: SQLite has text for days and instants."""
    match value:
        case datetime() if connection.vendor != "sqlite":
            return value
        case datetime() if value.tzinfo is UTC:
            return str(value.replace(tzinfo=None))
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
