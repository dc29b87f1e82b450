"""Statements that are written once, and asked with other values each time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bookings.domain.bookable.one_query import Statement
from studio.queries import Gaps

type Values = Mapping[str, Any]
"""What a question is asked with, by names that its pattern knows."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A statement with gaps where the values belong."""

    statement: Statement
    gaps: Gaps

    @classmethod
    def of(cls, one: tuple[Statement, Values], other: tuple[Statement, Values]) -> "Pattern":
        """What two examples have in common that differ in all their values, as `Gaps` says."""
        (statement, values), (other_statement, other_values) = one, other
        assert statement.sql == other_statement.sql, "the examples are not of one shape"
        gaps = Gaps.between((statement.params, values), (other_statement.params, other_values))
        return cls(statement, gaps)

    def filled(self, values: Values) -> Statement:
        """The statement with these values."""
        return replace(self.statement, params=self.gaps.filled(values))
