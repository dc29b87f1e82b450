import json
from typing import Any

import pytest
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from rest_framework import exceptions

from studio.api.problems import KINDS, MAX_ERRORS, Problem, places, problem, problem_response


def said(error: Exception) -> tuple[Any, dict[str, Any]]:
    response = problem_response(error, {})
    assert response is not None
    return response, json.loads(response.content)


def test_a_problem_is_a_document_of_rfc_9457(settings):
    settings.BASE_URL = "https://studio.example"

    response = problem("too_late", "Please call.", rule="B6")

    assert response.status_code == 409
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert json.loads(response.content) == {
        "type": "https://studio.example/api/v1/docs/#too_late",
        "title": str(KINDS["too_late"].title),
        "status": 409,
        "detail": "Please call.",
        "code": "too_late",
        "rule": "B6",
    }


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (exceptions.ValidationError("wrong"), 400, "invalid"),
        (exceptions.ParseError(), 400, "invalid"),
        (SuspiciousOperation(), 400, "invalid"),
        (BadRequest(), 400, "invalid"),
        (MultiPartParserError(), 400, "invalid"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.AuthenticationFailed(), 401, "not_authenticated"),
        (exceptions.PermissionDenied(), 403, "permission_denied"),
        (PermissionDenied(), 403, "permission_denied"),
        (exceptions.NotFound(), 404, "not_found"),
        (Http404(), 404, "not_found"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (RequestDataTooBig(), 413, "too_large"),
        (exceptions.UnsupportedMediaType("text/plain"), 415, "unsupported_media_type"),
        (exceptions.Throttled(12.2), 429, "throttled"),
        (OperationalError("database is locked"), 503, "unavailable"),
        (InterfaceError("connection already closed"), 503, "unavailable"),
    ],
)
def test_every_expected_failure_has_its_status_and_code(error, status, code):
    response, document = said(error)

    assert (response.status_code, document["status"], document["code"]) == (status, status, code)


def test_what_nobody_expected_is_left_to_django_which_logs_it():
    assert problem_response(RuntimeError("secret"), {}) is None


@pytest.mark.parametrize("code", KINDS)
def test_every_code_can_be_raised(code):
    response, document = said(Problem(code, "Because.", retry_after=7, rule="S3"))

    assert response.status_code == KINDS[code].status
    assert response.headers["Retry-After"] == "7"
    assert (document["code"], document["detail"], document["rule"]) == (code, "Because.", "S3")


def test_who_is_not_known_is_told_how_to_say_it():
    error = exceptions.NotAuthenticated()
    error.auth_header = 'Bearer realm="api"'  # type: ignore[attr-defined]  # views set it

    assert said(error)[0].headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_who_comes_too_often_is_told_when_to_come_back():
    assert said(exceptions.Throttled(12.2))[0].headers["Retry-After"] == "13"


def test_a_database_that_is_away_is_logged_but_not_told_about(caplog):
    response, document = said(OperationalError("password of 10.0.0.7 is wrong"))

    assert response.headers["Retry-After"] == "5"
    assert "10.0.0.7" not in str(document)
    assert "10.0.0.7" in caplog.text


def test_errors_name_the_path_of_their_field():
    detail = exceptions.ErrorDetail("No.", "nope")
    errors = {
        "name": [detail],
        "client": {"email": [detail, detail], "non_field_errors": [detail]},
        "override": {1: [detail]},
        "non_field_errors": [detail],
    }

    assert [place["field"] for place in places(errors)] == [
        "name",
        "client.email",
        "client.email",
        "client",
        "override.1",
        "",
    ]
    assert {(place["code"], place["detail"]) for place in places(errors)} == {("nope", "No.")}


def test_a_body_that_is_wrong_in_a_thousand_places_is_told_of_some():
    document = said(exceptions.ValidationError({f"key{n}": ["No."] for n in range(1000)}))[1]

    assert len(document["errors"]) == MAX_ERRORS


def test_a_key_of_a_megabyte_is_not_sent_back():
    document = said(exceptions.ValidationError({"a" * 1_000_000: ["No."]}))[1]

    assert len(document["errors"][0]["field"]) < 300
