"""Many ids as one value of a statement, so that one statement does for any number of them."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import Lookup


def listed(ids: Iterable[int]) -> str:
    """As `OneOf` and `NoneOf` are given them: `1,2,3`."""
    return ",".join(map(str, ids))


class OneOf(Lookup):
    """Whether a column is one of the ids."""

    prepare_rhs = False
    written: ClassVar[Mapping[str, str]] = {
        "sqlite": "%s IN (SELECT value FROM JSON_EACH('[' || %s || ']'))",
        # As an array, for which PostgreSQL goes through an index once.
        "postgresql": "%s = ANY(STRING_TO_ARRAY(%s, ',')::bigint[])",
    }

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """In the words of the engine."""
        column, of_column = self.process_lhs(compiler, connection)
        ids, of_ids = self.process_rhs(compiler, connection)
        return self.written[connection.vendor] % (column, ids), (*of_column, *of_ids)


class NoneOf(OneOf):
    """Whether it is none of them."""

    written: ClassVar[Mapping[str, str]] = {
        "sqlite": "%s NOT IN (SELECT value FROM JSON_EACH('[' || %s || ']'))",
        # As rows, which PostgreSQL hashes. It would compare each booking with a whole array.
        "postgresql": "%s NOT IN (SELECT UNNEST(STRING_TO_ARRAY(%s, ',')::bigint[]))",
    }
