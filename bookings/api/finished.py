"""Finished answers to what can be booked, kept while they are true.

An answer is true from the minute that it was made for until one at which time alone may change it,
as long as its location's schedule has the version that was read before the rows were: what is
written meanwhile can only make it fresher than it says. So an unchanged calendar costs one small
query, which asks for the version.
"""

import gzip
import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response

from bookings.domain.bookable.keeping import KEPT_SECONDS, Version
from bookings.scheduling.timeline import Minute
from studio.api.problems import Problem
from studio.memory import Memory

WORTH_PACKING = 200
"""Bytes; what is shorter does not get shorter."""


@dataclass(frozen=True)
class Finished:
    """An answer in the forms in which it is sent."""

    version: Version
    since: Minute
    until: Minute
    body: bytes

    @cached_property
    def etag(self) -> str:
        """A hash of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()}"'

    @cached_property
    def packed(self) -> bytes:
        """The body compressed: a month is 75 kB of much the same, and then 5 kB.

        A kilobyte less would take five times as long, and whoever asks waits for it.
        It holds no secret that could be told by its length (see `studio.compression`).
        """
        return gzip.compress(self.body, compresslevel=1, mtime=0)

    def holds(self, version: Version, now: Minute) -> bool:
        """Whether it is true of a version of the schedule at a minute."""
        return self.version == version and self.since <= now < self.until

    @property
    def size(self) -> int:
        """About how many bytes it takes, packed ones included."""
        return len(self.body) * 9 // 8 + 1000


FINISHED: Memory[Hashable, Finished] = Memory(most_bytes=48_000_000, seconds=KEPT_SECONDS)


def finished(
    asked: Hashable, version: Version, now: Minute, find: Callable[[], tuple[bytes, Minute]]
) -> Finished:
    """The answer to what is asked: the one that is kept, if it is still true, or what `find` says.

    That is a body, and the first minute at which it may be another. The version was read before
    whatever `find` reads.
    """
    kept = FINISHED.get(asked)
    if kept is not None and kept.holds(version, now):
        return kept
    body, until = find()
    found = Finished(version, now, until, body)
    FINISHED.keep(asked, found)
    return found


def once(version: Version, now: Minute, body: bytes) -> Finished:
    """An answer for one caller, which is not kept."""
    return Finished(version, now, now, body)


def sent(request: HttpRequest, answer: Finished) -> HttpResponseBase:
    """The answer as it is taken: compressed where that is accepted, or 304 for who has it."""
    response = get_conditional_response(request, etag=answer.etag)
    if response is None:
        response = _whole(request, answer)
    elif response.status_code == HTTPStatus.PRECONDITION_FAILED:
        raise Problem("precondition_failed")
    else:
        response.headers["ETag"] = answer.etag
    response.headers["Vary"] = "Authorization, Accept-Encoding, Cookie"
    return response


def _whole(request: HttpRequest, answer: Finished) -> HttpResponse:
    if len(answer.body) < WORTH_PACKING or not accepts_gzip(request):
        return HttpResponse(
            answer.body, content_type="application/json", headers={"ETag": answer.etag}
        )
    # Packed by another hand it would be other bytes for the same answer (RFC 9110, 8.8.1).
    packed = {"ETag": f"W/{answer.etag}", "Content-Encoding": "gzip"}
    return HttpResponse(answer.packed, content_type="application/json", headers=packed)


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether the answer may be compressed, as Django's own middleware sees it."""
    return bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
