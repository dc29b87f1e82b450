import json

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from studio.api.parsing import MAX_DEPTH, StrictJSONParser, canonical


def parse(body: bytes) -> object:
    http_request = RequestFactory().generic("POST", "/", body, content_type="application/json")
    return Request(http_request, parsers=[StrictJSONParser()]).data


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


def test_an_object_is_read():
    assert parse(b'{"name": "Ad\xc3\xa8le \xf0\x9f\x91\xa3", "n": 1.5}') == {
        "name": "Adèle 👣",
        "n": 1.5,
    }


def test_nothing_at_all_is_an_empty_object():
    assert parse(b"") == {}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b" ",
        b"[]",
        b'"text"',
        b"null",
        b"7",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": "\xff"}',
        b"\xef\xbb\xbf{}",
        '{"a": 1}'.encode("utf-16"),
        rb'{"a": "\ud800"}',
        rb'{"\udfff": 1}',
        b'{"a": "\n"}',
        nested(MAX_DEPTH + 1),
        nested(100_000),
        b'{"a":' + b"[" * 100_000,
    ],
    ids=range(23),
)
def test_what_is_not_quite_an_object_is_refused(body):
    with pytest.raises(ParseError):
        parse(body)


def test_nesting_is_read_up_to_its_limit():
    assert parse(nested(MAX_DEPTH - 1))


def test_a_surrogate_pair_is_one_character():
    assert parse(rb'{"a": "\ud83d\udc63"}') == {"a": "👣"}


def test_a_body_over_the_limit_is_not_read(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20

    with pytest.raises(RequestDataTooBig):
        parse(json.dumps({"name": "a" * 20}).encode())


def test_the_same_value_has_the_same_bytes_however_it_was_written():
    one, other = parse(b'{"a": "\xc3\xa8", "b": [1, 2]}'), parse(b'{ "b":[1,2],"a":"\\u00e8" }')

    assert canonical(one) == canonical(other)


def test_another_value_has_other_bytes():
    assert canonical({"a": [1, 2]}) != canonical({"a": [2, 1]})
