from typing import cast

import pytest
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from studio.sqlite.base import Cursor

NO_CURSOR = cast(Cursor, None)


@pytest.mark.parametrize("query", ["SELECT %s, '%%', %s", "SELECT 1"])
def test_a_query_is_translated_as_django_does_it(query):
    assert Cursor.convert_query(NO_CURSOR, query) == SQLiteCursorWrapper.convert_query(
        NO_CURSOR, query
    )


def test_what_was_translated_is_remembered():
    first, second = (Cursor.convert_query(NO_CURSOR, "SELECT %s") for _ in range(2))

    assert first is second
