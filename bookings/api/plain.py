"""Questions of nobody in particular, answered without asking who that is.

Nearly all that is asked is asked by browsers of strangers, again and again, of the same few places
and sessions. REST framework reads and checks each with care and takes longer for it than to answer.
What it has found to be in order once is known here while the rules of the schedule stay. Whatever
else comes, and whatever might be wrong, is left to it, and so are its words about it.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, QueryDict
from rest_framework.exceptions import ValidationError

from bookings.api.inputs import MAX_DAYS
from bookings.domain.bookable.keeping import KEPT_SECONDS, Version, version_now, version_of
from bookings.domain.bookable.question import Question
from bookings.scheduling.timeline import Minute
from studio.api.fields import LocalDate
from studio.memory import Memory

PERSONAL = ("HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
"""Headers with which somebody says who it is, or wants more than an answer."""

UNUSUAL = ("HTTP_TRANSFER_ENCODING",)

JSON = {"*/*", "application/json"}
PARAMETERS = {"location", "session_type", "from", "until"}
LONGEST_QUERY = 400
DATE = LocalDate()


@dataclass(frozen=True, slots=True)
class Known:
    """A question about a place, a session and perhaps a therapist that was in order."""

    question: Question
    rules: int

    size = 10_000


type Names = tuple[str, str, str | None]
"""The slugs of place, session and therapist."""

KNOWN: Memory[Names, Known] = Memory(most_bytes=10_000_000, seconds=KEPT_SECONDS)


def know(question: Question) -> None:
    """Remember that whoever asks like this, on whatever dates, is in order."""
    names = question.location.slug, question.session_type.slug, question.therapist
    KNOWN.keep(names, Known(question, version_of(question.location).rules))


class Asked(NamedTuple):
    """What a query string says, as far as it can be read without knowing any place."""

    names: Names
    first: date
    last: date


def plain_question(request: HttpRequest, now: Minute) -> tuple[Question, Version] | None:
    """What is asked, and the version of the schedule it is asked of; in one query at most.

    None where that cannot be said plainly.
    """
    asked = _asked(request.META["QUERY_STRING"]) if _is_plain(request) else None
    known = KNOWN.get(asked.names) if asked is not None else None
    if asked is None or known is None:
        return None
    version = version_now(known.question.location.pk)
    if version.rules != known.rules:
        return None
    return replace(known.question, first=asked.first, last=asked.last, now=now), version


@lru_cache(maxsize=4096)
def _asked(query: str) -> Asked | None:
    given = QueryDict(query)
    if not PARAMETERS <= given.keys() <= PARAMETERS | {"therapist"}:
        return None
    if any(len(values) != 1 for _name, values in given.lists()):
        return None
    dates = _dates(given["from"], given["until"])
    if dates is None:
        return None
    return Asked((given["location"], given["session_type"], given.get("therapist")), *dates)


def _is_plain(request: HttpRequest) -> bool:
    meta = request.META
    return (
        request.method in ("GET", "HEAD")
        and not any(name in meta for name in (*PERSONAL, *UNUSUAL))
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and len(meta["QUERY_STRING"]) <= LONGEST_QUERY
        # Otherwise what it says depends on how the rest of the request is written.
        and meta["QUERY_STRING"].isascii()
        and request.encoding is None
        and any(form.strip() in JSON for form in meta.get("HTTP_ACCEPT", "*/*").split(","))
    )


def _dates(first: str, last: str) -> tuple[date, date] | None:
    """The dates of a range that can be asked for."""
    try:
        start, end = DATE.to_internal_value(first), DATE.to_internal_value(last)
    except ValidationError:
        return None
    return (start, end) if 0 <= (end - start).days < MAX_DAYS else None
