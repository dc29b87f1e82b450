from datetime import UTC, date, datetime
from typing import Any

import pytest
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from studio.api.fields import (
    Choice,
    Digits,
    Few,
    FewByName,
    Flag,
    Instant,
    LocalDate,
    Named,
    Strict,
    Text,
    Whole,
    body,
    parameters,
)
from studio.api.parsing import StrictJSONParser
from studio.premises.models import Location
from tests.factories import make_location


def code_of(field: Any, value: object) -> str:
    with pytest.raises(ValidationError) as refused:
        field.run_validation(value)
    codes: Any = refused.value.get_codes()
    return str(codes[0])


class Person(Strict):
    name = Text()


class Letter(Strict):
    to = Person()
    pages = Whole(required=False)


def errors_of(data: object) -> Any:
    letter = Letter(data=data)
    assert not letter.is_valid()
    return letter.errors


def test_unknown_keys_are_errors_at_their_place():
    errors = errors_of({"to": {"name": "Robin", "title": "Dr"}, "stamp": 1})

    assert list(errors) == ["to", "stamp"]
    assert errors["to"]["title"][0].code == "unknown_field"
    assert errors["stamp"][0].code == "unknown_field"


def test_unknown_keys_hide_no_other_error():
    assert set(errors_of({"to": {"name": 1}, "stamp": 1})) == {"to", "stamp"}


@pytest.mark.parametrize("data", [None, 1, "text", [], [{"to": {"name": "Robin"}}]])
def test_what_is_no_object_is_refused(data):
    assert errors_of({"to": data})["to"]


def request_for(query: str = "", sent: object = None) -> Request:
    http_request = APIRequestFactory().post(f"/?{query}", sent or {}, format="json")
    return Request(http_request, parsers=[StrictJSONParser()])


def test_a_parameter_that_is_sent_empty_was_not_sent():
    with pytest.raises(ValidationError) as refused:
        parameters(request_for("name="), Person)

    assert refused.value.get_codes() == {"name": ["required"]}


def test_a_parameter_that_is_given_twice_is_refused():
    with pytest.raises(ValidationError) as refused:
        parameters(request_for("name=Robin&name=Ada"), Person)

    assert refused.value.get_codes() == {"name": ["repeated"]}


def test_an_unknown_parameter_is_refused():
    with pytest.raises(ValidationError) as refused:
        parameters(request_for("name=Robin&page=2"), Person)

    assert refused.value.get_codes() == {"page": ["unknown_field"]}


def test_a_body_has_no_query_beside_it():
    with pytest.raises(ValidationError) as refused:
        body(request_for("name=Robin", {"name": "Robin"}), Person)

    assert refused.value.get_codes() == {"name": ["unknown_field"]}


def test_an_unknown_parameter_is_refused_even_when_it_is_empty():
    with pytest.raises(ValidationError) as refused:
        parameters(request_for("name=Robin&page="), Person)

    assert refused.value.get_codes() == {"page": ["unknown_field"]}


@pytest.mark.parametrize("value", ["Adèle 👣", "'; DROP TABLE bookings; --", "<b>Robin</b>"])
def test_text_is_anything_that_can_be_read(value):
    assert Text().run_validation(value) == value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1, "invalid"),
        (True, "invalid"),
        (["Robin"], "invalid"),
        (None, "null"),
        ("", "blank"),
        ("  ", "blank"),
        ("Ro\x00bin", "unprintable"),
        ("Ro\nbin", "unprintable"),
        ("Ro\x7fbin", "unprintable"),
        ("Ro\ud800bin", "unprintable"),
    ],
)
def test_text_is_no_number_and_has_no_control_characters(value, code):
    assert code_of(Text(), value) == code


def test_text_of_several_lines_may_have_line_ends():
    assert Text(lines=True).run_validation("one\r\ntwo\t") == "one\r\ntwo"


@pytest.mark.parametrize("value", ["1", 1.0, True, None, [1]])
def test_a_whole_number_is_not_a_word_for_one(value):
    assert code_of(Whole(), value) in ("invalid", "null")


@pytest.mark.parametrize("value", ["-1", "1.0", " 1", "1_0", "\uff11", "", "9" * 16])
def test_digits_are_plain(value):
    assert code_of(Digits(), value) == "invalid"


@pytest.mark.parametrize("value", ["true", 1, 0, "yes", None])
def test_a_flag_is_not_a_word_for_one(value):
    assert code_of(Flag(), value) in ("invalid", "null")


@pytest.mark.parametrize("value", ["purple", 1, ["red"], {"red": 1}, ""])
def test_a_choice_is_one_of_its_words(value):
    assert code_of(Choice(choices=["red", "blue"]), value) == "invalid_choice"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Few(child=Text(), max_length=2), ["a"] * 300_000),
        (FewByName(child=Text(), most=2), {str(n): 1 for n in range(100_000)}),
    ],
    ids=["list", "object"],
)
def test_too_many_are_refused_before_they_are_read(field, value):
    assert code_of(field, value) == "max_length"


def test_as_many_as_allowed_are_read():
    assert Few(child=Text(), max_length=2).run_validation(["a", "b"]) == ["a", "b"]
    assert FewByName(child=Text(), most=1).run_validation({"a": "b"}) == {"a": "b"}


def test_a_date_is_read():
    assert LocalDate().run_validation("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026-02-29", "invalid"),
        ("2026-13-01", "invalid"),
        ("20261201", "invalid"),
        ("2026-W49-2", "invalid"),
        ("2026-12-01T00:00:00Z", "invalid"),
        ("tomorrow", "invalid"),
        (20261201, "invalid"),
        ("0001-01-01", "out_of_range"),
        ("9999-12-31", "out_of_range"),
    ],
)
def test_a_date_exists(value, code):
    assert code_of(LocalDate(), value) == code


@pytest.mark.parametrize(
    "value",
    [
        "2026-12-01T09:00:00-07:00",
        "2026-12-01T16:00:00Z",
        "2026-12-01t16:00:00.000z",
        "2026-12-02T01:00:00+09:00",
    ],
)
def test_an_instant_is_read_with_its_offset(value):
    assert Instant().run_validation(value) == datetime(2026, 12, 1, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026-12-01T09:00:00", "no_offset"),
        ("2026-12-01 09:00:00-07:00", "invalid"),
        ("2026-12-01", "invalid"),
        ("2026-02-30T09:00:00Z", "invalid"),
        ("2026-12-01T25:00:00Z", "invalid"),
        ("2026-12-01T09:00:00+25:00", "invalid"),
        ("2026-12-01T09:00:00-0700", "invalid"),
        (1796140800, "invalid"),
        (None, "null"),
        ("2026-12-01T09:01:00Z", "step"),
        ("2026-12-01T09:00:30Z", "step"),
        ("2026-12-01T09:00:00.001Z", "step"),
        ("2026-12-01T09:00:00+00:01", "step"),
        ("0001-01-01T00:00:00+14:00", "out_of_range"),
        ("9999-12-31T23:55:00-12:00", "out_of_range"),
    ],
)
def test_t2_an_instant_exists_and_is_on_five_minutes(value, code):
    assert code_of(Instant(), value) == code


@pytest.mark.django_db
def test_a_slug_names_a_row():
    location = make_location(slug="downtown")

    assert Named(Location.objects.all()).run_validation("downtown") == location


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["uptown", "down\x00town", "DOWNTOWN'; --", "", "a" * 1000])
def test_a_slug_that_names_nothing_is_unknown(value):
    make_location(slug="downtown")

    assert code_of(Named(Location.objects.all()), value) == "unknown"


@pytest.mark.django_db
def test_a_row_that_is_not_asked_for_is_unknown():
    make_location(slug="downtown", active=False)

    assert code_of(Named(Location.objects.filter(active=True)), "downtown") == "unknown"


@pytest.mark.parametrize("value", [1, ["downtown"], {"slug": "downtown"}])
def test_a_slug_is_a_text(value):
    assert code_of(Named(Location.objects.all()), value) == "invalid"
