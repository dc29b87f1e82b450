import os
import threading
from pathlib import Path
from typing import Any, cast

import pytest
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.utils import ConnectionHandler, OperationalError

from studio.sqlite import base
from studio.sqlite.base import QUEUE_SUFFIX, Cursor, WriteQueue

NO_CURSOR = cast(Cursor, None)


@pytest.mark.parametrize("query", ["SELECT %s, '%%', %s", "SELECT 1"])
def test_a_query_is_translated_as_django_does_it(query):
    assert Cursor.convert_query(NO_CURSOR, query) == SQLiteCursorWrapper.convert_query(
        NO_CURSOR, query
    )


def test_what_was_translated_is_remembered():
    first, second = (Cursor.convert_query(NO_CURSOR, "SELECT %s") for _ in range(2))

    assert first is second


@pytest.fixture
def database(tmp_path):
    """The file of one, which is there before anybody queues for it."""
    file: Path = tmp_path / "db"
    file.touch()
    return file


def test_a_writer_lets_the_next_thread_in_and_the_next_process(database):
    here, elsewhere = (WriteQueue(str(database)) for _ in range(2))

    def write(queue: WriteQueue, entered: threading.Event) -> None:
        queue.enter()
        entered.set()
        queue.leave()

    for other in (here, elsewhere):
        entered = threading.Event()
        here.enter()
        waiting = threading.Thread(target=write, args=(other, entered))
        waiting.start()
        assert not entered.is_set()

        here.leave()
        waiting.join(60)
        assert entered.is_set()


def test_whoever_may_write_the_database_may_wait_for_it(database):
    database.chmod(0o660)
    if (
        os.geteuid() == 0
    ):  # a command that is run by root makes the file at which the server will wait
        os.chown(database, 1234, 2345)

    WriteQueue(str(database))

    found, its = (Path(f"{database}{suffix}").stat() for suffix in (QUEUE_SUFFIX, ""))
    assert (found.st_mode, found.st_uid, found.st_gid) == (its.st_mode, its.st_uid, its.st_gid)


def test_who_has_waited_for_too_long_is_told_as_sqlite_does(database, monkeypatch):
    monkeypatch.setattr(base, "PATIENCE_SECONDS", 0.01)
    queue = WriteQueue(str(database))
    queue.enter()

    with pytest.raises(OperationalError, match="locked"):
        queue.enter()

    queue.leave()
    queue.enter()


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_however_a_transaction_ends_the_next_one_may_begin(end, tmp_path, monkeypatch):
    monkeypatch.setattr(base, "PATIENCE_SECONDS", 0.01)
    options = {"ENGINE": "studio.sqlite", "NAME": str(tmp_path / "db")}
    one, other = both = [
        cast(Any, ConnectionHandler({"default": options})["default"]) for _ in "12"
    ]
    for each in both:
        each.ensure_connection()

    one._start_transaction_under_autocommit()
    with pytest.raises(OperationalError):
        other._start_transaction_under_autocommit()
    getattr(one, end)()
    other._start_transaction_under_autocommit()

    for each in both:
        each.close()


@pytest.mark.django_db
def test_a_connection_is_asked_without_a_cursor(database):
    told = {"ENGINE": "studio.sqlite", "NAME": str(database)}
    connection = cast(Any, ConnectionHandler({"default": told})["default"])
    connection.ensure_connection()

    assert connection.ask("SELECT %s, '%%'", ["a"]) == [("a", "%")]
    assert connection.ask("CREATE TABLE words (word text)", []) == []
    connection.close()
