"""Pages that say the same to everybody, kept while all that they are made of stays the same.

An unchanged page costs one small query, which asks for the marks of what visitors are shown. What
is kept was made for somebody who said nothing of themselves, and is shown to nobody else: who
brings a session, a message or a token gets a page of their own.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from studio.clock import this_minute
from studio.compression import Body, Ready
from studio.memory import Memory
from studio.premises.shown import Marks, marks_of

QUARTER = 15
"""Minutes. Pages go by dates, and no clock in the world comes to midnight in between."""

API = "/api/"
"""Below it the form of an answer is a matter of what is accepted."""

LONGEST = 400
"""Characters of an address that is worth remembering."""


@dataclass(frozen=True)
class Kept:
    """A page, and what it is true of: the marks when it was made, and the quarter of an hour."""

    marks: Marks
    quarter: int
    headers: dict[str, str]
    body: Body

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return self.body.size


type View = Callable[..., HttpResponseBase]

PAGES: Memory[Hashable, Kept] = Memory(most_bytes=32_000_000, seconds=24 * 60 * 60)


def for_everybody(view: View) -> View:
    """Answer from what is kept, and keep what the view answers.

    The view may depend on its address, the language, the date anywhere, and rows of the tables in
    `settings.SHOWN`; and on nothing else.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = _asked(request)
        if asked is None:
            return view(request, *args, **kwargs)
        marks, quarter = marks_of(request), this_minute() // QUARTER
        kept = PAGES.get(asked)
        if kept is None or (kept.marks, kept.quarter) != (marks, quarter):
            answer = _made(request, view(request, *args, **kwargs))
            if not isinstance(answer, HttpResponse) or not _says_the_same_to_all(request, answer):
                return answer
            kept = Kept(marks, quarter, dict(answer.headers), Body(answer.content))
            PAGES.keep(asked, kept)
        return Ready(kept.body, kept.headers)

    return answered


def _asked(request: HttpRequest) -> Hashable | None:
    """What is asked for, if it is asked by nobody in particular."""
    says_who = (
        "HTTP_AUTHORIZATION" in request.META or settings.SESSION_COOKIE_NAME in request.COOKIES
    )
    address = address_to_keep(request)
    if says_who or address is None or request.method not in ("GET", "HEAD"):
        return None
    accepted = request.META.get("HTTP_ACCEPT") if request.path.startswith(API) else None
    return address, get_language(), accepted


def address_to_keep(request: HttpRequest) -> str | None:
    """The address under which a page can be kept; None where the page is for this request alone.

    A message is for one reader. Who names a charset has the address read by it: the same letters
    ask for something else then. And a body in chunks is refused by the API.
    """
    address = request.build_absolute_uri()
    is_told_something = CookieStorage.cookie_name in request.COOKIES
    is_unusual = request.encoding is not None or "HTTP_TRANSFER_ENCODING" in request.META
    if settings.DEBUG or is_told_something or is_unusual:
        return None
    return address if len(address) <= LONGEST else None


def _made(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer as it will be sent; some leave their making for later."""
    if request.session.accessed:  # and found empty
        patch_vary_headers(answer, ("Cookie",))
    if isinstance(answer, SimpleTemplateResponse) and not answer.is_rendered:
        answer.render()
    return answer


def _says_the_same_to_all(request: HttpRequest, answer: HttpResponse) -> bool:
    """Whether it is a page that neither tells anybody anything of themselves nor remembers them."""
    return (
        answer.status_code == HTTPStatus.OK
        and not answer.cookies
        and not request.session.modified
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "no-store" not in answer.get("Cache-Control", "")
    )
