"""docs/api.md is a promise: the schema, and what is really answered, keep it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from studio.api.problems import KINDS
from studio.api.schema import EVERYWHERE
from tests.calling import DENVER_TEN, ROBIN, anyone, client_of, reception
from tests.factories import make_bookable, make_booking, make_studio

PAGE = (Path(__file__).parents[3] / "docs/api.md").read_text()
SCHEMA: Any = SchemaGenerator().get_schema(public=True)
PREFIX = "/api/v1/"


@dataclass(frozen=True)
class Call:
    """What the page says of one call."""

    method: str
    path: str
    text: str

    @property
    def operation(self) -> Any:
        return SCHEMA["paths"][PREFIX + self.path][self.method]

    @property
    def example(self) -> tuple[str, Any] | None:
        """Status and body of the answer that is shown."""
        found = re.search(r"```json (\d+)\n(.*?)```", self.text, re.DOTALL)
        return (found[1], json.loads(found[2])) if found else None

    @property
    def body(self) -> Any:
        """The body that is sent with curl."""
        found = re.search(r"-d '\n(.*?)'\n", self.text, re.DOTALL)
        return json.loads(found[1]) if found else None

    @property
    def problems(self) -> set[str]:
        found = re.search(r"^Problems: ((?:`\w+`\s+)+)", self.text, re.MULTILINE)
        return set(re.findall(r"\w+", found[1])) if found else set()


def calls() -> list[Call]:
    _before, *parts = re.split(r"^### `([A-Z]+) (\S+)`\n", PAGE, flags=re.MULTILINE)
    return [
        Call(method.lower(), path, text.partition("\n## ")[0])
        for method, path, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


CALLS = calls()
each_call = pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.method} {call.path}")


def resolved(schema: Any) -> Any:
    """The schema behind references, in all its variants."""
    if "$ref" in schema:
        return resolved(SCHEMA["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    return schema


def variants(schema: Any) -> list[Any]:
    """Each object that the schema allows."""
    schema = resolved(schema)
    choices = [*schema.get("oneOf", ()), *schema.get("allOf", ())]
    return [variant for choice in choices for variant in variants(choice)] or [schema]


def names(schema: Any) -> set[str]:
    return {name for variant in variants(schema) for name in variant.get("properties", {})}


def misfits(value: Any, schema: Any, path: str, *, complete: bool) -> list[str]:
    """Where an example and a schema differ in names; with `complete`, missing ones count too."""
    if isinstance(value, list):
        [items] = [variant["items"] for variant in variants(schema)]
        return [
            misfit
            for item in value
            for misfit in misfits(item, items, f"{path}[]", complete=complete)
        ]
    if not isinstance(value, dict):
        return []
    for members in [variant.get("additionalProperties") for variant in variants(schema)]:
        if members:  # any name, and what is called by it
            return [
                misfit
                for name, member in value.items()
                for misfit in misfits(member, members, f"{path}.{name}", complete=complete)
            ]
    known = names(schema)
    found = [f"{path}.{name}" for name in set(value) - known]
    if complete:
        found += [f"{path}.{name} is missing" for name in known - set(value)]
    for name in set(value) & known:
        [inner] = [
            variant["properties"][name]
            for variant in variants(schema)
            if name in variant.get("properties", {})
        ][:1]
        found += misfits(value[name], inner, f"{path}.{name}", complete=complete)
    return found


def answer_schema(call: Call, status: str) -> Any:
    [content] = call.operation["responses"][status]["content"].values()
    return content["schema"]


def test_the_page_tells_of_every_call_and_of_no_other():
    described = {(call.method, PREFIX + call.path) for call in CALLS}

    assert described == {
        (method, path) for path, methods in SCHEMA["paths"].items() for method in methods
    }


def test_the_page_tells_of_every_code_with_its_status():
    table = re.findall(r"^\| `(\w+)` \| (\d{3}) \|", PAGE, re.MULTILINE)

    assert {code: int(status) for code, status in table} == {
        code: kind.status for code, kind in KINDS.items()
    }


@each_call
def test_a_call_answers_the_problems_that_the_page_names(call):
    told = {
        code
        for response in call.operation["responses"].values()
        if "application/problem+json" in response.get("content", {})
        for code in re.findall(r"\w+", response["description"])
    }

    assert told - set(EVERYWHERE) == call.problems


@each_call
def test_a_problem_is_answered_with_the_status_of_its_code(call):
    for status, response in call.operation["responses"].items():
        if "application/problem+json" in response.get("content", {}):
            codes = re.findall(r"\w+", response["description"])
            assert {KINDS[code].status for code in codes} == {int(status)}


@each_call
def test_an_answer_has_the_fields_that_the_page_shows(call):
    if call.example is not None:
        status, body = call.example
        assert misfits(body, answer_schema(call, status), "", complete=True) == []


@each_call
def test_a_body_has_the_fields_that_the_page_sends(call):
    if call.body is not None:
        schema = call.operation["requestBody"]["content"]["application/json"]["schema"]
        assert misfits(call.body, schema, "", complete=False) == []


@each_call
def test_a_query_has_the_parameters_that_the_page_sends(call):
    sent = {
        name
        for query in re.findall(r'curl[^"]*"\$API/[^"?]*\?([^"]*)"', call.text)
        for name in re.findall(r"(\w+)=", query)
    }
    known = {
        parameter["name"]
        for parameter in call.operation.get("parameters", ())
        if parameter["in"] == "query"
    }

    assert sent <= known


def test_a_problem_has_the_fields_that_the_page_shows():
    [shown] = re.findall(r"```json problem\n(.*?)```", PAGE, re.DOTALL)
    schema = SCHEMA["components"]["schemas"]["ProblemOutput"]

    assert misfits(json.loads(shown), schema, "", complete=True) == []


def test_a_booking_has_exactly_the_fields_that_were_promised():
    promised = [
        "reference",
        "status",
        "starts_at",
        "ends_at",
        "timezone",
        "location",
        "session_type",
        "therapist",
        "room",
        "price",
        "held_until",
        "cancellable_until",
        "manage_token",
        "manage_url",
        "calendar_url",
    ]

    assert list(SCHEMA["components"]["schemas"]["BookingOutput"]["properties"]) == promised


@pytest.mark.django_db
def test_what_is_really_answered_has_the_fields_of_the_schema():
    make_studio()
    place = make_bookable()
    booking = make_booking(
        therapist=place.therapist, room=place.room, session_type=place.session_type
    )
    where = {"location": place.location.slug, "session_type": place.session_type.slug}
    dates = {"from": "2026-08-03", "until": "2026-08-03"}
    noon = DENVER_TEN.replace("T10", "T12")
    answers = {
        ("get", "locations/"): anyone().get("locations/"),
        ("get", "session-types/"): anyone().get("session-types/"),
        ("get", "therapists/"): anyone().get("therapists/"),
        ("get", "availability/"): anyone().get("availability/", {**where, **dates}),
        ("get", "availability/explain/"): reception().get(
            "availability/explain/", {**where, "starts_at": DENVER_TEN}
        ),
        ("get", "bookings/"): reception().get("bookings/"),
        ("get", "attention/"): reception().get("attention/"),
        ("post", "bookings/"): anyone().post(
            "bookings/", {**where, "starts_at": noon, "client": ROBIN}
        ),
        ("post", "bookings/{reference}/cancel/"): client_of(booking).post(
            f"bookings/{booking.reference}/cancel/"
        ),
    }

    for call in CALLS:
        if response := answers.get((call.method, call.path)):
            schema = answer_schema(call, str(response.status_code))
            assert misfits(response.json(), schema, call.path, complete=True) == []
