"""Writers try again what the database could not do for reasons of its own."""

import pytest
from django.db import OperationalError, connection

from studio.premises.locking import carry_out
from studio.queries import ask

pytestmark = pytest.mark.both_engines


def told_to(statement):
    """Change something of the database, as a migration does under a running server."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def words(restored_db):
    told_to("CREATE TABLE words (word varchar(10))")
    yield
    told_to("DROP TABLE words")


def test_work_is_done_again_where_its_table_has_changed(words):
    query = "SELECT * FROM words"
    assert carry_out(lambda: ask(query)) == []

    told_to("ALTER TABLE words ADD extra int")

    assert carry_out(lambda: ask(query)) == []


def test_work_that_fails_is_not_done_again(restored_db):
    done = []

    def fail():
        done.append(True)
        raise OperationalError("for another reason")

    with pytest.raises(OperationalError):
        carry_out(fail)
    assert done == [True]
