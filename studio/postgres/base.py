"""Django's PostgreSQL, which keeps its plans, and notices at a glance that the server has hung up.

What is asked again and again needs no cursor (`studio.postgres.connection`). Such a query is the
same whatever its values, and so is its plan. Left to itself PostgreSQL weighs whether values that
it knows would do better, and with millions of bookings behind it plans each question anew, which
takes longer than to answer it.

A connection is kept from request to request, and each that needs it looks first whether the server
is still there. Django sends a query for that, which takes as long as the small one that most of
them come for. But a server that ends says so and closes the connection, so that something is to be
read there; one that waits for questions says nothing.
"""

import select
from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base
from psycopg import IsolationLevel

from studio.postgres.connection import Connection

SETTINGS = (
    "SET plan_cache_mode = force_generic_plan",
    # What is asked here is answered in less time than it takes to call for help.
    "SET max_parallel_workers_per_gather = 0",
    "SET jit = off",
)


class DatabaseWrapper(base.DatabaseWrapper):
    connection: Any

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """One that can be asked without a cursor.

        Locks rely on it that a statement sees what was committed before it began.
        """
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return Connection.connect(**conn_params)

    def ask(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows that a statement gives, over the connection that is open."""
        rows: list[tuple[Any, ...]] = self.connection.ask(sql, params)
        return rows

    def tell(self, sql: str, params: Sequence[Any]) -> None:
        """Have a statement sent with the next one of its transaction, or with COMMIT."""
        self.connection.tell(sql, params)

    def _configure_connection(self, connection: Any) -> bool:
        super()._configure_connection(connection)  # type: ignore[misc]  # Django's own
        with connection.cursor() as cursor:
            cursor.execute("; ".join(SETTINGS))
        return True  # to be committed

    def is_usable(self) -> bool:
        """Whether questions can be asked; in doubt, or after an error, one is asked."""
        if self.connection is None or self.errors_occurred or self._says_something():
            usable: bool = super().is_usable()
            return usable
        return True

    def _says_something(self) -> bool:
        """Whether the server has said anything that nobody has heard: its farewell perhaps."""
        if self.connection.closed:
            return True
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
        return bool(waiting.poll(0))
