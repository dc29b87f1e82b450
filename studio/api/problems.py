"""Every failure of the API as a problem document, `application/problem+json` (RFC 9457)."""

import json
import logging
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.settings import api_settings

from studio.addresses import absolute

log = logging.getLogger(__name__)

MAX_ERRORS = 50
"""A body can be wrong in thousands of places; nobody reads more than some of them."""

MAX_FIELD_LENGTH = 200

RETRY_SECONDS = 5
"""When to come back to a database that is busy or away."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What all problems of one code have in common."""

    status: int
    title: str | Promise


KINDS = {
    "invalid": Kind(400, _("The request does not fit.")),
    "not_authenticated": Kind(401, _("Say who you are, with a token that is valid.")),
    "permission_denied": Kind(403, _("You may not do this.")),
    "not_found": Kind(404, _("There is nothing here.")),
    "method_not_allowed": Kind(405, _("This cannot be done here with this method.")),
    "not_acceptable": Kind(406, _("There is no answer in the form asked for.")),
    "slot_unavailable": Kind(409, _("The time is not free.")),
    "hold_expired": Kind(409, _("The time was held for a while and has gone since.")),
    "wrong_state": Kind(409, _("The booking's state does not allow this.")),
    "too_late": Kind(409, _("It is too late to change this online.")),
    "rule_refused": Kind(409, _("A rule of the house does not allow this.")),
    "not_online": Kind(409, _("This cannot be booked online.")),
    "questionnaire_outdated": Kind(409, _("The health questions have changed.")),
    "idempotency_in_flight": Kind(409, _("The first request with this key is still under way.")),
    "precondition_failed": Kind(412, _("What the request depends on has changed.")),
    "too_large": Kind(413, _("The request is too large.")),
    "unsupported_media_type": Kind(415, _("Send JSON, as application/json.")),
    "idempotency_mismatch": Kind(422, _("The key was sent before with another request.")),
    "throttled": Kind(429, _("Too many requests. Wait a little.")),
    "server_error": Kind(500, _("Something went wrong on our side.")),
    "unavailable": Kind(503, _("The studio's database is busy. Try again soon.")),
}
"""Every code there is. Front-ends rely on them: they are never renamed."""


class Problem(exceptions.APIException):
    """Raised where the answer is a problem of a code that REST framework has no exception for."""

    def __init__(
        self,
        code: str,
        detail: str | Promise | None = None,
        *,
        retry_after: int | None = None,
        **members: Any,
    ) -> None:
        self.code, self.members, self.retry_after = code, members, retry_after
        self.status_code = KINDS[code].status
        super().__init__(str(detail or KINDS[code].title), code)


def problem(
    code: str,
    detail: str | Promise | None = None,
    *,
    retry_after: float | None = None,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> HttpResponse:
    """The answer for a problem; `members` are further members of its document."""
    kind = KINDS[code]
    document = {
        "type": absolute(f"{reverse('api:docs')}#{code}"),
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(detail or kind.title),
        "code": code,
        **members,
    }
    response = HttpResponse(
        json.dumps(document, ensure_ascii=False),
        status=kind.status,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )
    if retry_after is not None:
        response["Retry-After"] = str(max(math.ceil(retry_after), 1))
    return response


def problem_response(error: Exception, _context: Mapping[str, Any]) -> HttpResponse | None:
    """The answer for what a view raised, or None for what nobody expected: then Django logs it."""
    match error:
        case Problem():
            return problem(
                error.code, str(error.detail), retry_after=error.retry_after, **error.members
            )
        case exceptions.ValidationError():
            return invalid(error.detail)
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return problem(
                "not_authenticated",
                _own_words(error),
                headers={"WWW-Authenticate": getattr(error, "auth_header", "Bearer")},
            )
        case exceptions.Throttled():
            return problem("throttled", retry_after=getattr(error, "wait", None) or 1)
        case exceptions.APIException() if error.default_code in KINDS:
            return problem(error.default_code, _own_words(error))
        case OperationalError() | InterfaceError():
            return unavailable(error)
    return refused_by_django(error)


def refused_by_django(error: Exception) -> HttpResponse | None:
    """The answer for what Django itself refuses, in a view or on the way to one."""
    match error:
        case Http404():
            return problem("not_found")
        case PermissionDenied():
            return problem("permission_denied")
        case RequestDataTooBig():
            return problem("too_large")
        case exceptions.ParseError():
            return invalid({api_settings.NON_FIELD_ERRORS_KEY: [error.detail]})
        case SuspiciousOperation() | BadRequest() | MultiPartParserError() | UnreadablePostError():
            return invalid(
                {api_settings.NON_FIELD_ERRORS_KEY: [_("The request cannot be understood.")]}
            )
    return None


def invalid(errors: Any) -> HttpResponse:
    """The answer for a body or a query that does not fit, with the places where it does not."""
    return problem("invalid", errors=list(islice(places(errors), MAX_ERRORS)))


def unavailable(error: BaseException | None) -> HttpResponse:
    """The answer while the database is locked or away."""
    log.error("The database did not answer.", exc_info=error)
    return problem("unavailable", retry_after=RETRY_SECONDS)


def places(errors: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Each error of a serializer with the path of its field, such as `client.email`."""
    if isinstance(errors, Mapping):
        for key, inner in errors.items():
            yield from places(inner, _path(field, str(key)))
    elif isinstance(errors, Sequence) and not isinstance(errors, str):
        for inner in errors:
            yield from places(inner, field)
    else:
        yield {
            "field": field,
            "code": str(getattr(errors, "code", None) or "invalid"),
            "detail": str(errors),
        }


def _own_words(error: exceptions.APIException) -> str | None:
    """What was said of this very error; nothing for what is said of all of its kind."""
    return str(error.detail) if error.detail != error.default_detail else None


def _path(field: str, key: str) -> str:
    if key == api_settings.NON_FIELD_ERRORS_KEY:
        return field
    path = f"{field}.{key}" if field else key
    return path if len(path) <= MAX_FIELD_LENGTH else f"{path[:MAX_FIELD_LENGTH]}…"
