"""Small templates that a page repeats: drawn once in each language, and then only filled in.

To draw an include takes longer than all that differs from one of a page's hundred cells to the
next. What differs is left open here, as in the `<template>` elements that a browser fills.
"""

import re
import secrets
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_MARK = secrets.token_hex(8)
"""Nobody can guess it, and so nothing that is filled in can hold it."""

_OPEN = re.compile(f"{_MARK}-([a-z0-9_]+)-")


def left_open(name: str) -> str:
    """What stands for a value until it is filled in."""
    return f"{_MARK}-{name}-"


def drawn(template: str, values: Mapping[str, object]) -> str:
    """A template, some of whose values are left open, to be filled in again and again."""
    return _OPEN.sub(r"%(\1)s", render_to_string(template, values).replace("%", "%%"))


def filled(text: str, values: Mapping[str, str]) -> SafeString:
    """What was drawn, with what was left open."""
    escaped = {name: conditional_escape(value) for name, value in values.items()}
    return mark_safe(text % escaped)  # noqa: S308 - as escaped as in a template


class Fragment:
    """A template with some of its values left open, and others that it is drawn with."""

    def __init__(self, template: str, *names: str, **values: object) -> None:
        """`names` are those of the values that are filled in: words, never conditions."""
        self._template = template
        self._values = {**values, **{name: left_open(name) for name in names}}
        self._kept = lru_cache(maxsize=None)(self._drawn)

    def fill(self, **values: str) -> SafeString:
        """The template with these values, in the language of the moment."""
        draw = self._drawn if settings.DEBUG else self._kept
        return filled(draw(get_language()), values)

    def _drawn(self, _language: str | None) -> str:
        return drawn(self._template, self._values)
