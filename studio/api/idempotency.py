"""The same request twice gets the first answer again (rule B9).

The key is claimed before the work begins and the answer is written beside it, all in the work's
own transaction. Whoever comes second meanwhile waits for that transaction: on PostgreSQL at the
unique index, on SQLite where every writer queues. A request that is killed takes its claim along.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import OperationalError, connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from studio.api.models import KeptAnswer, StaffToken
from studio.api.parsing import canonical
from studio.api.problems import Problem
from studio.premises.locking import carry_out
from studio.queries import ask, tell
from studio.rows import update

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
WAIT_MILLISECONDS = 5000
LOCK_NOT_AVAILABLE = "55P03"

_KEY = re.compile(r"[\x20-\x7e]{1,255}")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of a 2xx answer. The body is kept, so no secret may be in it (rule P1)."""

    status: int
    body: dict[str, Any]


def once(request: Request, work: Callable[[], Answer], *, now: int) -> Answer:
    """Do the work and give its answer, or give the answer that the same request got before.

    Only what returns is kept; an exception leaves no trace, so a refused request can be sent
    again. Raises `idempotency_mismatch`, and `idempotency_in_flight` when the wait is too long.
    """

    def do(_read: None) -> Answer:
        return work()

    return read_once(request, lambda: None, do, now=now)


def read_once[Read](
    request: Request, read: Callable[[], Read], work: Callable[[Read], Answer], *, now: int
) -> Answer:
    """The same for work with what is read of the request, which needs no lock and is done before.

    What reading refuses stays unsaid to who got an answer before.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return work(read())
    if not _KEY.fullmatch(key):
        wrong = ErrorDetail(_("Give 1 to 255 printable ASCII characters."), "invalid")
        raise ValidationError({HEADER: [wrong]})
    scope, request_hash = _scope_of(request), _hash_of(request)
    at = datetime.fromtimestamp(now * 60, UTC)
    found = _tried(read)

    def first_time_or_again() -> Answer:
        claim = KeptAnswer(
            scope=scope, key=key, request_hash=request_hash, status_code=0, created_at=at
        )
        if not _is_first(claim, until=at - KEPT):
            return _kept(scope, key, request_hash)
        answer = work(found())
        claim.status_code, claim.body = answer.status, answer.body
        update(claim, "status_code", "body")
        return answer

    return carry_out(first_time_or_again, whole=True)


def forget_old_answers(*, now: int) -> None:
    """Forget every answer that is past its day; until then it gives way to who sends its key."""
    until = datetime.fromtimestamp(now * 60, UTC) - KEPT
    KeptAnswer.objects.filter(created_at__lte=until).delete()


def _tried[T](read: Callable[[], T]) -> Callable[[], T]:
    """What was read, or raised, for whoever asks for it later."""
    try:
        found = read()
    except Exception as error:  # whatever it is, it is raised where it is asked for
        refused = error

        def refuse() -> T:
            raise refused

        return refuse
    return lambda: found


def _is_first(claim: KeptAnswer, *, until: datetime) -> bool:
    """Write the claim; False when another request has written it, whose answer is there now.

    One that is too old gives way. Waits for another request's claim for some seconds at most;
    later locks wait as ever. Nothing but the end of the transaction follows an error.
    """
    try:
        _bound_wait()
        found = ask(
            _CLAIM,
            [claim.scope, claim.key, claim.request_hash, *_stored(claim.created_at, until)],
        )
        _unbound_wait()
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise Problem("idempotency_in_flight", retry_after=1) from error
        raise
    for [key] in found:
        claim.pk = key
    return bool(found)


def _bound_wait() -> None:
    if connection.vendor == "postgresql":
        tell(
            "SELECT set_config('studio.lock_timeout', current_setting('lock_timeout'), true),"
            " set_config('lock_timeout', %s, true)",
            [str(WAIT_MILLISECONDS)],
        )


def _unbound_wait() -> None:
    if connection.vendor == "postgresql":
        # After an error the transaction takes the setting back by itself.
        tell("SELECT set_config('lock_timeout', current_setting('studio.lock_timeout'), true)")


def _kept(scope: str, key: str, request_hash: str) -> Answer:
    kept = KeptAnswer.objects.get(scope=scope, key=key)
    if kept.request_hash != request_hash:
        raise Problem("idempotency_mismatch")
    return Answer(kept.status_code, kept.body or {})


_TABLE = KeptAnswer._meta.db_table
_CLAIM = (
    f"INSERT INTO {_TABLE} (scope, key, request_hash, status_code, created_at)"  # noqa: S608 - a constant
    " VALUES (%s, %s, %s, 0, %s) ON CONFLICT (scope, key) DO UPDATE SET"
    " request_hash = excluded.request_hash, status_code = 0, body = NULL,"
    f" created_at = excluded.created_at WHERE {_TABLE}.created_at <= %s RETURNING id"
)
"""Plain SQL: every booking runs it with others waiting, and Django takes longer to write it."""


def _stored(*instants: datetime) -> list[Any]:
    return [connection.ops.adapt_datetimefield_value(instant) for instant in instants]


def _scope_of(request: Request) -> str:
    """Whose key it is: a token's, an account's, or that of all who have neither."""
    if isinstance(request.auth, StaffToken):
        return f"token:{request.auth.pk}"
    return f"account:{request.user.pk}" if request.user.is_authenticated else "anonymous"


def _hash_of(request: Request) -> str:
    said = f"{request.method} {request.path}\n".encode() + canonical(request.data)
    return salted_hmac("studio.api.idempotency", said, algorithm="sha256").hexdigest()
