"""Reading JSON, and nothing that is only nearly JSON."""

import json
import math
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

MAX_DEPTH = 12
"""No body of ours is deeper than half of it."""


class StrictJSONParser(BaseParser):
    """An object in UTF-8, without what readers of JSON disagree about.

    Refused are names that are given twice, NaN and infinities, half a surrogate pair, and nesting
    that only serves to exhaust somebody's stack.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The object in the body; raises ParseError, or RequestDataTooBig."""
        assert parser_context is not None
        # Reading `body` and not the stream: Django checks the size of that one only.
        raw: bytes = parser_context["request"].body
        try:
            value = json.loads(
                raw.decode(),
                object_pairs_hook=_without_repeats,
                parse_constant=_refuse_constant,
                parse_float=_finite,
            )
        except (ValueError, RecursionError) as error:
            raise ParseError(_("This is not JSON in UTF-8.")) from error
        if not isinstance(value, dict):
            raise ParseError(_("Send a JSON object."))
        _check_depth(value)
        if b"\\u" in raw:  # in UTF-8 itself there are no halves
            _refuse_half_a_pair(value)
        return value


def canonical(value: Any) -> bytes:
    """The same bytes for the same value, however it was written."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _refuse_half_a_pair(value: Any) -> None:
    try:
        canonical(value)
    except UnicodeEncodeError as error:
        raise ParseError(_("A text holds half a surrogate pair.")) from error


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ParseError(_("A name is given twice in one object."))
    return found


def _refuse_constant(_name: str) -> NoReturn:
    raise ParseError(_("NaN and Infinity are not JSON."))


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ParseError(_("A number is too large."))
    return number


def _check_depth(value: Any) -> None:
    """Level by level, so that the check itself cannot run out of stack."""
    level = [value]
    for _depth in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (
                outer.values()
                if isinstance(outer, dict)
                else outer
                if isinstance(outer, list)
                else ()
            )
        ]
        if not level:
            return
    raise ParseError(_("The JSON is nested too deeply."))
