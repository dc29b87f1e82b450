"""Whatever is sent gets a clear problem, and writes nothing."""

from typing import Any

import pytest

from bookings.api.urls import urlpatterns
from bookings.domain.links import waitlist_token
from bookings.enums import Source
from bookings.models import Booking, Client, Event, Pair, WaitlistEntry
from studio.api.models import KeptAnswer
from tests.calling import BASE, DENVER_TEN, ROBIN, Api, client_of, code_of, manager
from tests.factories import (
    MONDAY,
    MONDAY_AT_TEN,
    make_bookable,
    make_booking,
    make_client,
    make_questionnaire,
    make_room,
)

pytestmark = pytest.mark.django_db

MEGABYTE = "a" * 999_000

VALUES: dict[str, Any] = {
    "null": None,
    "true": True,
    "number": 7,
    "huge number": 10**400,
    "fraction": 0.5,
    "empty": "",
    "text": "nonsense",
    "NUL": "a\x00b",
    "control": "a\x1bb",
    "emoji": "👣👣👣👣👣👣",
    "SQL": "'; DROP TABLE bookings_booking; --",
    "HTML": "<script>alert(1)</script>",
    "megabyte": MEGABYTE,
    "list": ["downtown"],
    "nested": [[[[]]]],
    "object": {"slug": "downtown"},
    "no offset": "2026-08-03T10:00:00",
    "odd minute": "2026-08-03T10:01:00-06:00",
    "no such day": "2026-02-30T10:00:00-07:00",
    "year 1": "0001-01-01T00:00:00Z",
    "year 9999": "9999-12-31T23:55:00-12:00",
}

WORDS = (
    *("notes", "reason", "override_reason", "answers.other.text"),
    *("client.name", "first.client.name", "second.client.name"),
)

FINE = {
    # Nobody, which is what is left out means.
    ("therapist", "null"),
    ("client", "null"),
    ("health_screening", "null"),
    # Words of people: they are kept as they are and escaped where they are shown.
    *(
        (field, value)
        for field in WORDS
        for value in ("text", "emoji", "SQL", "HTML", "no offset", "odd minute", "no such day")
    ),
    *((field, value) for field in WORDS for value in ("year 1", "year 9999")),
    ("notes", "empty"),
    ("reason", "empty"),
    *((f"{who}client.phone", "empty") for who in ("", "first.")),
    *((f"{who}client.language", "empty") for who in ("", "first.")),
    ("hold", "true"),
    ("fitting", "true"),
    ("every_weeks", "number"),
    ("side_by_side", "true"),
    *((f"{who}.{part}", "null") for who in ("first", "second") for part in ("therapist", "client")),
    ("answers.eye_surgery.date", "null"),
    ("answers.other.text", "empty"),
}


def valid_bodies(place: Any) -> dict[str, dict[str, Any]]:
    """Per call a body of which every part is sent."""
    reason = {"reason": "Because."}
    override = {"override": ["S2"], "override_reason": "Because."}
    client = {**ROBIN, "phone": "+1 303 555 0142", "language": "en"}
    details = {"client": client, "pressure": "firm", "notes": "Hello.", "health_screening": None}
    therapist = {"therapist": place.therapist.slug}
    moved = {"starts_at": DENVER_TEN, "session_type": place.session_type.slug, **therapist}
    series = {
        "location": place.location.slug,
        "session_type": place.session_type.slug,
        "starts": [DENVER_TEN, DENVER_TEN.replace("T10", "T12")],
        **therapist,
    }
    return {
        "bookings": {"location": place.location.slug, "hold": False, **moved, **details},
        "confirm": details,
        "reschedule": moved,
        "cancel": reason,
        "approve": reason,
        "decline": reason,
        "check-in": reason,
        "complete": reason,
        "no-show": reason,
        "reassign": {"room": place.room.slug, **therapist, **override},
        "undo": {},
        "health-check": {
            "session_date": "2026-08-03",
            "answers": {
                "eye_surgery": {"answer": "yes", "date": "2026-07-01"},
                "other": {"text": "A stiff neck."},
            },
        },
        "waitlist": {
            "location": place.location.slug,
            "session_type": place.session_type.slug,
            **therapist,
            "from": "2026-08-03",
            "until": "2026-08-04",
            "parts": ["morning"],
            "client": client,
        },
        "withdraw": {},
        "series": {**series, "fitting": False, "every_weeks": 1, **details},
        "series-preview": series,
        "pairs": {
            "location": place.location.slug,
            "starts_at": DENVER_TEN,
            "side_by_side": False,
            "hold": False,
            "first": {"session_type": place.session_type.slug, **therapist, "client": client},
            "second": {"session_type": place.session_type.slug, "client": {"name": "Bo"}},
        },
        "confirm-pair": {"first": {"client": client}, "second": {"client": {"name": "Bo"}}},
        "reschedule-pair": {"starts_at": DENVER_TEN, "first": therapist, "second": therapist},
        "cancel-pair": reason,
        "undo-pair": {},
    }


CALLS = [
    *("bookings", "confirm", "reschedule", "cancel", "undo"),
    *("approve", "decline", "check-in", "complete", "no-show", "reassign"),
    *("health-check", "waitlist", "withdraw", "series", "series-preview"),
    *("pairs", "confirm-pair", "reschedule-pair", "cancel-pair", "undo-pair"),
]
FOR_CLIENTS = (*CALLS[:5], "waitlist", "series", "series-preview", *CALLS[-5:])


def test_every_call_that_writes_is_tried_here():
    readers = {
        *("locations", "session-types", "therapists", "availability", "explain", "attention"),
        *("booking", "calendar", "schema", "docs", "health-questionnaire", "health"),
        *("waiting", "pair", "pair-availability"),
    }
    names = {route.name for route in urlpatterns}

    assert names - readers == set(CALLS)


@pytest.fixture(scope="module")
def place(module_db):
    make_questionnaire(
        {"key": "eye_surgery", "kind": "yes_no_date"}, {"key": "other", "kind": "text"}
    )
    studio = make_bookable()
    WaitlistEntry.objects.create(
        reference="WAITS-TEST",
        location=studio.location,
        session_type=studio.session_type,
        client=make_client(),
        first=MONDAY,
        last=MONDAY,
        joined_at=MONDAY_AT_TEN,
    )
    return studio


@pytest.fixture(scope="module")
def booking(place):
    """The first of two."""
    made = make_booking(therapist=place.therapist, room=place.room, session_type=place.session_type)
    other = make_booking(room=make_room(location=place.location), session_type=place.session_type)
    pair = Pair.objects.create(side_by_side=False, made_at=MONDAY_AT_TEN, source=Source.API)
    for position, each in enumerate((made, other), start=1):
        each.pair, each.pair_position = pair, position
        each.save()
    return made


def path_of(call: str, booking: Booking) -> str:
    if call in ("bookings", "health-check", "waitlist", "pairs", "series"):
        return f"{call}/"
    if call == "series-preview":
        return "series/preview/"
    if call == "withdraw":
        return f"waitlist/{waiting().reference}/{call}/"
    if call.endswith("-pair"):
        return f"pairs/{booking.reference}/{call.removesuffix('-pair')}/"
    return f"bookings/{booking.reference}/{call}/"


def waiting() -> WaitlistEntry:
    """The entry that is there to be withdrawn."""
    return WaitlistEntry.objects.get()


def caller_for(call: str, booking: Booking) -> Api:
    if call == "withdraw":
        return Api(f"Booking {waitlist_token(waiting())}")
    return client_of(booking) if call in FOR_CLIENTS else manager()


def everything() -> list[Any]:
    tables: list[Any] = [Booking, Client, Event, KeptAnswer, WaitlistEntry]
    return [list(table.objects.order_by("pk").values()) for table in tables]


def parts_of(body: dict[str, Any], path: str = "") -> list[str]:
    found = []
    for name, value in body.items():
        found.append(f"{path}{name}")
        if isinstance(value, dict):
            found += parts_of(value, f"{path}{name}.")
    return found


def with_part(body: dict[str, Any], part: str, value: object) -> dict[str, Any]:
    name, _dot, rest = part.partition(".")
    return {**body, name: with_part(body[name], rest, value) if rest else value}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("value", VALUES)
def test_a_value_that_does_not_fit_is_told_where_and_writes_nothing(place, booking, call, value):
    body = valid_bodies(place)[call]
    caller, before = caller_for(call, booking), everything()

    for part in parts_of(body):
        if (part, value) in FINE:
            continue
        response = caller.post(
            path_of(call, booking), with_part(body, part, VALUES[value]), Idempotency_Key="one"
        )
        assert code_of(response) == (400, "invalid"), (part, response.content)
        named = [error["field"] for error in response.json()["errors"]]
        assert [field for field in named if f"{field}.".startswith(f"{part}.")], (part, named)
        assert len(response.content) < 10_000
        assert everything() == before


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"\\ud800": 1}',
        b'{"a":' * 100_000,
        b'{"reason": "\\udfff"}',
        b'{"reason": "a", "reason": "b"}',
        b'{"nothing of the kind": 1}',
        b'{"' + b"a" * 900_000 + b'": 1}',
        b"{" + b",".join(b'"%d": 1' % n for n in range(50_000)) + b"}",
    ],
    ids=range(14),
)
def test_a_body_that_is_none_is_a_problem_and_writes_nothing(place, booking, call, body):
    caller, before = caller_for(call, booking), everything()

    response = caller.client.generic(
        "POST",
        BASE + path_of(call, booking),
        body,
        "application/json",
        headers={"Idempotency-Key": "one"},
    )

    assert code_of(response) == (400, "invalid")
    assert len(response.content) < 20_000
    assert everything() == before
