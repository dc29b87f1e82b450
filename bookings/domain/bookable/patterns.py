"""Queries that are written once, and asked with other values each time.

Django takes several times as long to write a query of a dozen tables as a database to answer it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from bookings.domain.bookable.one_query import Statement

type Values = Mapping[str, Any]
"""What a question is asked with, by names that its pattern knows."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A statement with gaps: of each param the name of the value that belongs there, or None."""

    statement: Statement
    names: tuple[str | None, ...]

    @classmethod
    def of(cls, one: tuple[Statement, Values], other: tuple[Statement, Values]) -> "Pattern":
        """What two examples have in common that differ in all their values.

        A param in which they differ has to be one of the values: whoever writes a query with
        another hears of it here, before it is asked with what an example had.
        """
        (statement, values), (other_statement, other_values) = one, other
        assert statement.sql == other_statement.sql, "the examples are not of one shape"
        names_of = {(stored(values[name]), stored(other_values[name])): name for name in values}
        assert len(names_of) == len(values), "two values cannot be told apart"
        assert all(mine != others for mine, others in names_of), "an example has another's value"
        pairs = list(zip(statement.params, other_statement.params, strict=True))
        names = tuple(names_of.get(pair) for pair in pairs)
        for name, (mine, others) in zip(names, pairs, strict=True):
            assert name is not None or mine == others, f"{mine!r} is none of the values"
        return cls(statement, names)

    def filled(self, values: Values) -> Statement:
        """The statement with these values."""
        params = tuple(
            param if name is None else stored(values[name])
            for param, name in zip(self.statement.params, self.names, strict=True)
        )
        return replace(self.statement, params=params)


def stored(value: Any) -> Any:
    """A value as the database is given it: SQLite has text for days and instants."""
    match value:
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case date():
            return connection.ops.adapt_datefield_value(value)
    return value
