import pytest
from django.db import OperationalError

from studio.premises.models import Location
from tests.calling import BASE, Api, anyone, code_of
from tests.factories import make_bookable, make_booking

pytestmark = pytest.mark.django_db

LISTS = ["locations/", "session-types/", "therapists/"]
CALLS = ["confirm/", "reschedule/", "cancel/", "undo/", "approve/", "reassign/"]
FRONT_END = "https://front-end.example"


@pytest.fixture
def front_end(settings):
    settings.CORS_ALLOWED_ORIGINS = [FRONT_END]


def ask(method: str, path: str, **headers: str):
    return anyone().client.generic(method, BASE + path, headers=headers)


def test_a_front_end_on_another_origin_may_ask_what_it_may_send(front_end):
    response = ask(
        "OPTIONS",
        "bookings/",
        **{
            "Origin": FRONT_END,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
        },
    )

    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == FRONT_END
    assert {"authorization", "content-type", "idempotency-key", "if-match", "if-none-match"} <= set(
        response["Access-Control-Allow-Headers"].split(", ")
    )
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.parametrize("path", ["locations/", "bookings/", "nothing/"])
def test_a_front_end_can_read_answers_and_problems(front_end, path):
    response = ask("GET", path, Origin=FRONT_END)

    assert response["Access-Control-Allow-Origin"] == FRONT_END
    assert response["Access-Control-Expose-Headers"] == "ETag, Retry-After"


def test_a_front_end_asks_once_a_day_what_it_may_send(front_end):
    preflight = {"Origin": FRONT_END, "Access-Control-Request-Method": "POST"}

    assert ask("OPTIONS", "bookings/", **preflight)["Access-Control-Max-Age"] == "86400"


def test_a_front_end_can_read_that_nothing_has_changed(front_end):
    make_bookable()
    month = (
        "availability/?location=location-1&session_type=session-1&from=2026-08-03&until=2026-08-31"
    )
    etag = ask("GET", month, Origin=FRONT_END)["ETag"]

    response = ask("GET", month, **{"Origin": FRONT_END, "If-None-Match": etag})

    assert response.status_code == 304
    assert response["Access-Control-Allow-Origin"] == FRONT_END


def test_another_origin_can_read_nothing(front_end):
    response = ask("GET", "locations/", Origin="https://evil.example")

    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("path", [*LISTS, "availability/", "bookings/", "schema/", "docs/"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_what_cannot_be_done_is_a_problem_that_says_what_can(path, method):
    response = ask(method, path)

    assert code_of(response) == (405, "method_not_allowed")
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("name", CALLS)
def test_calls_are_not_read(name):
    booking = make_booking()

    assert code_of(ask("GET", f"bookings/{booking.reference}/{name}")) == (
        405,
        "method_not_allowed",
    )


@pytest.mark.parametrize("path", LISTS)
def test_the_head_of_an_answer_is_without_a_body(path):
    response = ask("HEAD", path)

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", [*LISTS, "availability/", "bookings/"])
def test_options_names_the_methods(path):
    response = ask("OPTIONS", path)

    assert (response.status_code, response.content) == (204, b"")
    assert {"GET", "HEAD", "OPTIONS"} <= set(response["Allow"].split(", "))


@pytest.mark.parametrize("path", [*LISTS, "availability/"])
@pytest.mark.parametrize("accepted", ["text/html", "text/calendar", "image/*"])
def test_there_is_only_json(path, accepted):
    assert code_of(anyone().get(path, Accept=accepted)) == (406, "not_acceptable")


@pytest.mark.parametrize("accepted", ["*/*", "application/*", "text/html,*/*;q=0.1", ";;,q=x"])
def test_json_is_sent_to_who_takes_anything(accepted):
    assert (
        anyone()
        .get("locations/", Accept=accepted)
        .headers["Content-Type"]
        .startswith("application/")
    )


@pytest.mark.parametrize("asked", ["?format=json", "?format=api"])
def test_the_form_is_asked_for_in_a_header_only(asked):
    assert code_of(ask("GET", f"locations/{asked}")) == (400, "invalid")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "x"],
)
@pytest.mark.parametrize("path", ["bookings/"])
def test_only_json_is_read(path, content_type):
    response = anyone().client.generic("POST", BASE + path, b"{}", content_type)

    assert code_of(response) == (415, "unsupported_media_type")


def test_a_body_over_a_megabyte_is_too_large():
    response = anyone().post("bookings/", {"notes": "a" * 1_000_000})

    assert code_of(response) == (413, "too_large")


def test_a_body_in_chunks_is_not_taken_for_an_empty_one():
    response = anyone().client.generic(
        "POST", BASE + "bookings/", b"", headers={"Transfer-Encoding": "chunked"}
    )

    assert code_of(response) == (400, "invalid")
    assert "Content-Length" in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize("path", LISTS)
def test_what_a_person_could_not_be_told_from_may_be_kept_for_no_time(path):
    assert anyone().get(path)["Cache-Control"] == "private, max-age=0"


def test_problems_are_not_kept():
    assert anyone().get("bookings/")["Cache-Control"] == "no-store"


def test_a_database_that_is_away_is_told_without_details(monkeypatch):
    def fail(*_arguments: object, **_options: object) -> None:
        raise OperationalError("no route to 10.0.0.7")

    monkeypatch.setattr(Location.objects, "filter", fail)

    response = anyone().get("locations/")

    assert code_of(response) == (503, "unavailable")
    assert response["Retry-After"] == "5"
    assert b"10.0.0.7" not in response.content


def test_what_nobody_expected_is_told_without_details(monkeypatch):
    def fail(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(Location.objects, "filter", fail)

    response = Api(raises=False).get("locations/")

    assert code_of(response) == (500, "server_error")
    assert b"secret" not in response.content
