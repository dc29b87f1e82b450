"""What one commit costs on this disk: a row written with nothing around it, as the studio does."""

import contextlib
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

COMMITS = 40


@contextlib.contextmanager
def committing(engine: str, url: str, directory: Path) -> Iterator[Callable[[], float]]:
    """What gives the seconds of one commit, whenever it is asked; beside the studio's own data."""
    with on_sqlite(directory) if engine == "SQLite" else on_postgres(url) as commit:

        def seconds() -> float:
            times = []
            for _ in range(COMMITS):
                begun = time.perf_counter()
                commit()
                times.append(time.perf_counter() - begun)
            return statistics.median(times)

        yield seconds


@contextlib.contextmanager
def on_sqlite(directory: Path) -> Iterator[Callable[[], object]]:
    """One row, with the settings of the studio's own database file."""
    with contextlib.closing(
        sqlite3.connect(directory / "commits.sqlite3", isolation_level=None)
    ) as connection:
        connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (text TEXT)"
        )
        # A statement outside of a transaction is a transaction of its own.
        yield lambda: connection.execute("INSERT INTO row VALUES ('written')")


@contextlib.contextmanager
def on_postgres(url: str) -> Iterator[Callable[[], object]]:
    """One row, in the same server."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE one_row (text TEXT)")
        yield lambda: connection.execute("INSERT INTO one_row VALUES ('written')")
        connection.execute("DROP TABLE one_row")
