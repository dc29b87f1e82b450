"""Plans are kept, and that the server is still there is seen without asking it anything."""

import psycopg
import pytest
from django.db.utils import ConnectionHandler

from studio.databases import database
from tests.postgres import new_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(postgres_server):
    """A session of somebody else, who sees what goes on there."""
    with (
        new_database(postgres_server) as url,
        psycopg.connect(url, autocommit=True) as session,
    ):
        yield session


@pytest.fixture
def connection(server):
    """One of the kind that the studio has, after its first request."""
    info = server.info
    url = f"postgres://{info.user}:{info.password}@{info.host}:{info.port}/{info.dbname}"
    found = ConnectionHandler({"default": database(url)})["default"]
    ask(found, "SELECT 1")
    found.close_if_unusable_or_obsolete()
    yield found
    found.close()


def ask(connection, query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_a_server_that_is_there_is_not_asked_whether_it_is(server, connection):
    process = connection.connection.info.backend_pid

    assert connection.is_usable()

    last = "SELECT query FROM pg_stat_activity WHERE pid = %s"
    assert server.execute(last, [process]).fetchone() == ("SELECT 1",)
    assert ask(connection, "SELECT 2") == 2
    assert server.execute(last, [process]).fetchone() == ("SELECT 2",)


def test_a_connection_that_the_server_has_ended_is_replaced(server, connection):
    process = connection.connection.info.backend_pid
    [ended] = server.execute("SELECT pg_terminate_backend(%s, 30000)", [process]).fetchone()
    assert ended

    assert not connection.is_usable()
    assert ask(connection, "SELECT 2") == 2
    assert connection.connection.info.backend_pid != process


def test_after_an_error_the_server_is_asked(server, connection):
    process = connection.connection.info.backend_pid
    ask(connection, "SELECT 3")
    connection.errors_occurred = True

    assert connection.is_usable()

    last = "SELECT query FROM pg_stat_activity WHERE pid = %s"
    assert server.execute(last, [process]).fetchone() == ("SELECT 1",)


def test_a_prepared_query_keeps_its_plan_whatever_its_values(connection):
    assert ask(connection, "SHOW plan_cache_mode") == "force_generic_plan"
