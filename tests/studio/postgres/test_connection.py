"""PostgreSQL is asked and told in few messages, and answers what it would answer a cursor."""

from datetime import UTC, date, datetime
from threading import Event, Thread

import psycopg
import pytest
from psycopg.types.json import Jsonb

from studio.postgres import connection as module
from studio.postgres.connection import Connection
from tests.postgres import new_database


@pytest.fixture(scope="module")
def server_url(postgres_server):
    with new_database(postgres_server) as url:
        with psycopg.connect(url) as session:
            session.execute("CREATE TABLE words (word text PRIMARY KEY, times int)")
        yield url


@pytest.fixture
def other(server_url):
    """A session of somebody else, who sees what is committed."""
    with psycopg.connect(server_url, autocommit=True) as session:
        session.execute("TRUNCATE words")
        yield session


@pytest.fixture
def connection(server_url, other):
    with Connection.connect(server_url, autocommit=True) as found:
        yield found


@pytest.fixture
def transaction(connection):
    """The same, with nothing committed by itself."""
    connection.autocommit = False
    return connection


def words(session):
    return [word for (word,) in session.execute("SELECT word FROM words ORDER BY word")]


ADD = "INSERT INTO words (word) VALUES (%s)"


def test_rows_are_those_that_a_cursor_reads(connection):
    values = [7, 2**40, "ä %", None, True, date(2026, 8, 3), datetime(2026, 8, 3, tzinfo=UTC)]
    kinds = ("int", "bigint", "text", "text", "bool", "date", "timestamptz")
    query = f"SELECT {', '.join(f'%s::{kind}' for kind in kinds)}, '5 %%'"

    assert connection.ask(query, values) == connection.execute(query, values).fetchall()
    assert connection.ask("SELECT %s::jsonb", [Jsonb({"a": [1]})]) == [({"a": [1]},)]
    assert connection.ask("SET work_mem = '5MB'", []) == []


def test_a_statement_is_prepared_once_for_each_kind_of_value(connection):
    for value in (1, 2, 2**40, None):
        assert connection.ask("SELECT %s::bigint", [value]) == [(value,)]

    prepared = connection.execute("SELECT statement FROM pg_prepared_statements").fetchall()
    assert prepared == [("SELECT $1::bigint",)] * 3


def test_of_many_statements_those_asked_longest_ago_are_forgotten(connection, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 2)

    for number in (1, 2, 1, 3):
        assert connection.ask(f"SELECT {number}", []) == [(number,)]

    prepared = connection.execute("SELECT statement FROM pg_prepared_statements").fetchall()
    assert sorted(prepared) == [("SELECT 1",), ("SELECT 3",)]


@pytest.fixture
def widened(other):
    """Give a table another column, which a migration might do while the server runs."""
    yield lambda: other.execute("ALTER TABLE words ADD extra int")
    other.execute("ALTER TABLE words DROP extra")


def test_a_statement_is_answered_though_its_table_has_changed(connection, widened):
    assert connection.ask("SELECT * FROM words", []) == []

    widened()

    assert connection.ask("SELECT * FROM words", []) == []


def test_a_statement_is_answered_though_its_name_was_forgotten(connection):
    assert connection.ask("SELECT 1", []) == [(1,)]

    connection.execute("DEALLOCATE ALL")

    assert connection.ask("SELECT 1", []) == [(1,)]


def test_in_a_transaction_it_is_answered_from_the_next_one_on(transaction, widened):
    assert transaction.ask("SELECT * FROM words", []) == []
    transaction.commit()

    widened()

    with pytest.raises(psycopg.errors.FeatureNotSupported):
        transaction.ask("SELECT * FROM words", [])
    transaction.rollback()
    assert transaction.ask("SELECT * FROM words", []) == []
    transaction.rollback()


def test_an_error_says_what_it_is_about_and_leaves_the_connection_fit(connection):
    connection.ask(ADD, ["bar"])

    for _ in range(2):
        with pytest.raises(psycopg.errors.UniqueViolation) as refused:
            connection.ask(ADD, ["bar"])
        assert refused.value.diag.constraint_name == "words_pkey"
    with pytest.raises(psycopg.errors.SyntaxError):
        connection.ask("SELEC 1", [])
    with pytest.raises(psycopg.errors.SyntaxError):
        connection.ask("SELEC 1", [])

    assert connection.ask("SELECT 1", []) == [(1,)]


def test_a_transaction_begins_with_what_is_asked_first_and_ends_with_commit(transaction, other):
    assert transaction.ask(f"{ADD} RETURNING word", ["bar"]) == [("bar",)]
    assert words(other) == []

    transaction.commit()

    assert words(other) == ["bar"]


def test_what_is_told_waits_for_commit(transaction, other):
    transaction.tell(ADD, ["bar"])
    transaction.tell(ADD, ["mat"])
    assert transaction.pgconn.transaction_status == psycopg.pq.TransactionStatus.IDLE

    transaction.commit()

    assert words(other) == ["bar", "mat"]


def test_what_is_told_is_done_before_what_is_asked(transaction):
    transaction.tell(ADD, ["bar"])

    assert transaction.ask("SELECT word FROM words", []) == [("bar",)]


def test_what_is_told_is_done_before_what_a_cursor_says(transaction):
    cursor = transaction.cursor()
    cursor.execute("SELECT 1")
    transaction.tell(ADD, ["bar"])
    cursor.execute("SELECT word FROM words")
    assert cursor.fetchall() == [("bar",)]

    transaction.tell(ADD, ["mat"])
    cursor.executemany(ADD, [["rope"], ["rail"]])
    transaction.tell(ADD, ["beam"])
    with cursor.copy("COPY words (word) TO STDOUT") as copied:
        assert len(list(copied.rows())) == 5


def test_what_is_told_is_forgotten_when_the_transaction_is_taken_back(transaction, other):
    transaction.tell(ADD, ["bar"])
    transaction.rollback()
    transaction.ask(ADD, ["mat"])
    transaction.commit()

    assert words(other) == ["mat"]


def test_what_is_told_outside_of_a_transaction_is_done_at_once(connection, other):
    connection.tell(ADD, ["bar"])

    assert words(other) == ["bar"]


def test_what_is_told_is_what_it_was_then(transaction):
    details = {"a": 1}
    transaction.tell("CREATE TEMPORARY TABLE kept (details jsonb)", [])
    transaction.ask("SELECT 1", [])
    transaction.tell("INSERT INTO kept VALUES (%s)", [Jsonb(details)])
    details["a"] = 2

    assert transaction.ask("SELECT * FROM kept", []) == [({"a": 1},)]


@pytest.mark.parametrize("last", ["ask", "execute", "commit"])
def test_what_was_told_wrongly_is_refused_by_what_comes_next_and_nothing_is_kept(
    transaction, other, last
):
    transaction.ask(ADD, ["bar"])
    transaction.tell(ADD, ["mat"])
    transaction.tell(ADD, ["bar"])
    transaction.tell(ADD, ["rope"])

    with pytest.raises(psycopg.errors.UniqueViolation):
        {
            "ask": lambda: transaction.ask("SELECT 1", []),
            "execute": lambda: transaction.execute("SELECT 1"),
            "commit": transaction.commit,
        }[last]()
    assert transaction.pgconn.transaction_status == psycopg.pq.TransactionStatus.INERROR
    transaction.rollback()

    assert words(other) == []
    assert transaction.ask("SELECT 1", []) == [(1,)]


def test_a_connection_that_the_server_has_ended_is_an_operational_error(transaction, other):
    transaction.ask(ADD, ["bar"])
    transaction.tell(ADD, ["mat"])
    other.execute("SELECT pg_terminate_backend(%s, 30000)", [transaction.info.backend_pid])

    with pytest.raises(psycopg.OperationalError):
        transaction.commit()
    assert transaction.closed
    with pytest.raises(psycopg.OperationalError):
        transaction.ask("SELECT 1", [])
    assert words(other) == []


def test_other_threads_go_on_while_one_waits_for_an_answer(transaction, other):
    other.execute("SELECT pg_advisory_lock(1)")
    answered = Event()

    def wait():
        transaction.tell("SELECT pg_advisory_xact_lock(%s)", [1])
        transaction.ask(ADD, ["bar"])
        answered.set()

    waiting = Thread(target=wait)
    waiting.start()
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'"
    while other.execute(sleeping).fetchone() == (0,):
        assert waiting.is_alive()
    assert not answered.is_set()
    other.execute("SELECT pg_advisory_unlock(1)")
    waiting.join()

    assert answered.is_set()
