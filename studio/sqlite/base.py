"""Django's SQLite, which does not translate one and the same query again each time.

SQLite wants `?` where a value belongs, and Django writes `%s`. In a query of a dozen tables looking
for those takes as long as the answer.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.db.backends.sqlite3 import base

KEPT = 500
"""How many queries are remembered; those that are asked all the time are fewer."""


class Cursor(base.SQLiteCursorWrapper):
    """Remembers what it has translated."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        """The query as SQLite wants it."""
        if param_names is not None:
            converted: str = super().convert_query(query, param_names=param_names)
            return converted
        return _converted(query)


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor of this kind."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor


@lru_cache(maxsize=KEPT)
def _converted(query: str) -> str:
    converted: str = base.SQLiteCursorWrapper.convert_query(None, query)  # type: ignore[arg-type]  # it asks nothing of the cursor
    return converted
