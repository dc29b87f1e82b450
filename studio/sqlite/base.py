"""Django's SQLite, with a queue for writers, which does not translate a query again each time.

SQLite wants `?` where a value belongs, and Django writes `%s`. In a query of a dozen tables looking
for those takes as long as the answer.

Whoever finds SQLite's one write lock taken sleeps and looks again, for longer and longer: of eight
writers one waits for half a second while others come and go. So they wait for each other at a lock
of the system's, which wakes the next one at once. It only puts them in a row: who may write is for
SQLite's own lock to say, and who writes past all this is waited for as ever.
"""

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from studio.databases import PATIENCE_SECONDS

KEPT = 500
"""How many queries are remembered; those that are asked all the time are fewer."""

QUEUE_SUFFIX = "-queue"
"""Of the file beside the database at which processes wait; there is nothing in it."""


class WriteQueue:
    """The row of those who write to a database: threads of this process, then processes.

    Of each process one thread alone waits for others, so that a program that never ends its
    transaction can keep no more of it.
    """

    def __init__(self, database: str) -> None:
        """Open the file, which is made when it is not there yet."""
        self._threads = threading.Lock()
        self._file = _opened_beside(database)

    def enter(self) -> None:
        """Wait until nobody else is at work; raises OperationalError after some seconds."""
        if not self._threads.acquire(timeout=PATIENCE_SECONDS):
            raise OperationalError("database is locked")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._threads.release()
            raise

    def leave(self) -> None:
        """Let the next one in."""
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()


def _opened_beside(database: str) -> int:
    """The file to wait at, open to whoever may write the database, as those that SQLite makes are.

    The server has to wait at one that a command made which was run by root.
    """
    file = f"{database}{QUEUE_SUFFIX}"
    with contextlib.suppress(FileExistsError):
        made = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        its = Path(database).stat()
        os.fchmod(made, its.st_mode & 0o666)
        if os.geteuid() == 0:
            os.fchown(made, its.st_uid, its.st_gid)
        os.close(made)
    return os.open(file, os.O_RDWR | os.O_CLOEXEC)


@cache
def queue_of(database: str, _process: int) -> WriteQueue:
    """The one of this process; a fork has its own."""
    return WriteQueue(database)


class Cursor(base.SQLiteCursorWrapper):
    """Remembers what it has translated."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        """The query as SQLite wants it."""
        if param_names is not None:
            converted: str = super().convert_query(query, param_names=param_names)
            return converted
        return _converted(query)


class DatabaseWrapper(base.DatabaseWrapper):
    _entered: WriteQueue | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_queue()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's own
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # Django's own
        self._leave_queue()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # Django's own
        finally:
            self._leave_queue()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # Django's own
        finally:
            self._leave_queue()

    def _enter_queue(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._entered is None and not (self.is_in_memory_db() or name.startswith("file:")):
            queue = queue_of(name, os.getpid())
            queue.enter()
            self._entered = queue

    def _leave_queue(self) -> None:
        queue, self._entered = self._entered, None
        if queue is not None:
            queue.leave()

    def ask(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows that a statement gives, over the connection that is open."""
        rows: list[tuple[Any, ...]] = self.connection.execute(_converted(sql), params).fetchall()
        return rows

    tell = ask  # there is no way that could be saved

    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor of this kind."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor


@lru_cache(maxsize=KEPT)
def _converted(query: str) -> str:
    converted: str = base.SQLiteCursorWrapper.convert_query(None, query)  # type: ignore[arg-type]  # it asks nothing of the cursor
    return converted
