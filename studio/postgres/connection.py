"""A connection to PostgreSQL that is asked the same questions again and again.

What a small statement costs is hardly the database's answer. Psycopg finds out with each cursor how
to read rows and whether the statement is prepared, and waits for every statement by itself, for
BEGIN and COMMIT too. Here a statement is prepared when it is first asked, is then known by a name,
and sent as that and its values; and what needs no answer (`tell`) goes with what is sent next.

Cursors work as ever, and send first what was told before.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count
from typing import Any

import psycopg
from psycopg import pq
from psycopg.abc import Buffer, PQGen, Transformer
from psycopg.adapt import PyFormat
from psycopg.adapt import Transformer as Reading
from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName, error_from_result
from psycopg.generators import execute, fetch_many, send
from psycopg.pq.abc import PGresult

KEPT = 200
"""How many statements a connection knows by name; of more, those that were asked longest ago go."""

type Row = tuple[Any, ...]
type _Key = tuple[bytes, tuple[int, ...]]
"""A statement, and the types of its values: of other types it is another one."""

_FINE = {pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK}
_FORGOTTEN = (FeatureNotSupported, InvalidSqlStatementName)
"""What a name is answered with that somebody else has made useless: a changed table, say."""


@dataclass(frozen=True, slots=True)
class _Statement:
    key: _Key
    values: Sequence[Buffer | None]
    formats: Sequence[pq.Format]


class Connection(psycopg.Connection[Row]):
    """One of psycopg's, which can be asked and told things without a cursor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is prepared yet, and nothing waits to be sent."""
        super().__init__(*args, **kwargs)
        self._names: OrderedDict[_Key, bytes] = OrderedDict()
        self._numbers = count(1)
        self._told: list[_Statement] = []

    def ask(self, sql: str, params: Sequence[Any]) -> list[Row]:
        """The rows that a statement gives, with `%s` where its values belong.

        Raises what psycopg raises, about what was told before too.
        """
        with self.lock:
            result = self.wait(self._ask_gen(self._stated(sql, params)))
            read = self._transformer
            read.set_pgresult(result)
            rows = read.load_rows(0, result.ntuples, tuple)
            read.set_pgresult(None)
            return rows

    def tell(self, sql: str, params: Sequence[Any]) -> None:
        """Have a statement of the transaction sent with the next one, or with COMMIT.

        What the database has against it is raised there. Without a transaction it is sent at once.
        """
        if self.autocommit:
            self.ask(sql, params)
        else:
            with self.lock:
                self._told.append(self._stated(sql, params))

    @cached_property
    def _transformer(self) -> Transformer:
        """What turns values into messages and back, which remembers how."""
        return Reading(self)

    def _stated(self, sql: str, params: Sequence[Any]) -> _Statement:
        write = self._transformer
        values = write.dump_sequence(params, [PyFormat.AUTO] * len(params))
        return _Statement((_numbered(sql), write.types or ()), values, write.formats or ())

    def _ask_gen(self, statement: _Statement) -> PQGen[PGresult]:
        name = self._names.get(statement.key)
        if name is None or self._told or self._begin():
            return (yield from self._send_gen(*self._taken(), statement))
        self._names.move_to_end(statement.key)
        self.pgconn.send_query_prepared(name, statement.values, statement.formats)
        answers: list[PGresult] = yield from execute(self.pgconn)
        [result] = answers
        if result.status in _FINE:
            return result
        error = self._refusal(result)
        if self._autocommit and isinstance(error, _FORGOTTEN):  # nothing has been done, or ended
            return (yield from self._send_gen(statement))
        raise error

    def _send_gen(self, *statements: _Statement, last: bytes = b"") -> PQGen[PGresult]:
        """Send them all in one go, after BEGIN where it is due; gives the last one's result.

        After one that fails the server passes over the others, which keeps COMMIT from it.
        """
        server, awaited = self.pgconn, list[_Key | None]()
        alone = server.pipeline_status == pq.PipelineStatus.OFF
        server.enter_pipeline_mode()
        try:
            if begin := self._begin():
                server.send_query_params(begin, None)
                awaited.append(None)
            for each in statements:
                if each.key not in self._names:
                    awaited += self._prepare(each.key)
                self._names.move_to_end(each.key)
                server.send_query_prepared(self._names[each.key], each.values, each.formats)
                awaited.append(None)
            if last:
                server.send_query_params(last, None)
                awaited.append(None)
            server.pipeline_sync()
            yield from send(server)
            result = yield from self._answers_gen(awaited)
        finally:
            if alone and server.status != pq.ConnStatus.BAD:
                server.exit_pipeline_mode()
        return result

    def _prepare(self, key: _Key) -> list[_Key | None]:
        """Have the server know a statement by a name, for which it may forget another."""
        awaited: list[_Key | None] = [key]
        if len(self._names) >= KEPT:
            _oldest, name = self._names.popitem(last=False)
            self.pgconn.send_close_prepared(name)
            awaited.insert(0, None)
        self._names[key] = b"asked_%d" % next(self._numbers)
        self.pgconn.send_prepare(self._names[key], *key)
        return awaited

    def _answers_gen(self, awaited: Sequence[_Key | None]) -> PQGen[PGresult]:
        """The last of the answers to some messages; with each stands what it was to prepare."""
        refused: PGresult | None = None
        for key in awaited:
            answers: list[PGresult] = yield from fetch_many(self.pgconn)
            [result] = answers
            if result.status not in _FINE:
                refused = refused or result
                if key is not None:
                    self._names.pop(key, None)
        yield from fetch_many(self.pgconn)  # that this was all
        if refused is not None:
            raise self._refusal(refused)
        return result

    def _refusal(self, result: PGresult) -> psycopg.Error:
        error = error_from_result(result)
        if isinstance(error, _FORGOTTEN):
            self._names.clear()
        return error

    def _begin(self) -> bytes:
        """What begins a transaction, where one is due."""
        if self._autocommit or self.pgconn.transaction_status != pq.TransactionStatus.IDLE:
            return b""
        return self._get_tx_start_command()

    def _taken(self) -> list[_Statement]:
        told, self._told = self._told, []
        return told

    # What psycopg does for its cursors, and for commit() and rollback().

    def _start_query(self) -> PQGen[None]:
        yield from super()._start_query()
        if self._told:
            yield from self._send_gen(*self._taken())

    def _commit_gen(self) -> PQGen[None]:
        if self._told:
            yield from self._send_gen(*self._taken(), last=b"COMMIT")
        else:
            yield from super()._commit_gen()

    def _rollback_gen(self) -> PQGen[None]:
        self._told.clear()
        yield from super()._rollback_gen()


@lru_cache(maxsize=KEPT * 4)
def _numbered(sql: str) -> bytes:
    """As PostgreSQL wants it: `$1` where Django writes `%s`."""
    numbers = count(1)

    def written(found: re.Match[str]) -> str:
        return f"${next(numbers)}" if found[0] == "%s" else "%"

    return re.sub("%[s%]", written, sql).encode()
