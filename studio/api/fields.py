"""Fields that take what they say and nothing that could be turned into it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice
from typing import Any, cast

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from studio.api.problems import MAX_ERRORS
from studio.premises.fields import STEP_MINUTES
from studio.premises.unchanged import Unchanging

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
"""Dates that a studio can mean. Further out, reckoning with time zones leaves the calendar."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_INSTANT = re.compile(
    r"(?P<wall>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,9})?"
    r"(?P<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,64}", re.ASCII)
_UNPRINTABLE = {"Cc", "Cs"}


class Strict(serializers.Serializer[Any]):
    """An object with the declared keys and no others."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The values, or every error there is, those of unknown keys included."""
        errors: dict[str, Any] = {}
        values: dict[str, Any] = {}
        try:
            values = super().to_internal_value(data)
        except ValidationError as error:
            errors |= cast("dict[str, Any]", error.detail)
        if isinstance(data, Mapping) and not data.keys() <= self.fields.keys():
            unknown = ErrorDetail(str(_("There is no such field.")), code="unknown_field")
            strange = (key for key in data if key not in self.fields)
            errors |= {key: [unknown] for key in islice(strange, MAX_ERRORS)}
        if errors:
            raise ValidationError(errors)
        return values

    def taken(self, data: Any) -> dict[str, Any]:
        """The values of what was sent; raises ValidationError."""
        values: dict[str, Any] = self.run_validation(data)
        return values


def parameters(request: Request, form: type[Strict]) -> dict[str, Any]:
    """The query, read as strictly as a body; a parameter that is sent empty was not sent."""
    given = request.query_params
    repeated = ErrorDetail(str(_("This is given more than once.")), code="repeated")
    if again := {name: [repeated] for name, values in given.lists() if len(values) > 1}:
        raise ValidationError(again)
    read = _reader(form)
    return read.taken({n: value for n, value in given.items() if value or n not in read.fields})


def body(request: Request, form: type[Strict]) -> dict[str, Any]:
    """The body; a query has no business beside it."""
    parameters(request, Strict)
    return _reader(form).taken(request.data)


@cache
def _reader(form: type[Strict]) -> Strict:
    """One for all requests: what a form reads it does not keep, and making one takes a while."""
    return form()


class Text(serializers.CharField):
    """A string that people can read; several lines only where that is asked for."""

    default_error_messages = {
        "invalid": _("Give a text."),
        "unprintable": _("Leave out control characters."),
        "max_length": _("Give at most {max_length} characters."),
    }

    def __init__(self, *, lines: bool = False, **kwargs: Any) -> None:
        self.allowed_controls = "\n\r\t" if lines else ""
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The text without the spaces around it."""
        if not isinstance(data, str):
            self.fail("invalid")
        # Most texts hold nothing of the kind, which `isprintable` says a hundred times as fast.
        if not data.isprintable() and any(
            unicodedata.category(character) in _UNPRINTABLE
            and character not in self.allowed_controls
            for character in data
        ):
            self.fail("unprintable")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole number, not a string of digits."""

    default_error_messages = {"invalid": _("Give a whole number.")}

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class Digits(serializers.IntegerField):
    """A whole number in a query, where everything is a string."""

    default_error_messages = {"invalid": _("Give a whole number.")}

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        if not isinstance(data, str) or not re.fullmatch(r"[0-9]{1,15}", data, re.ASCII):
            self.fail("invalid")
        return int(data)


class Flag(serializers.BooleanField):
    """True or false, not a word for it."""

    default_error_messages = {"invalid": _("Give true or false.")}

    def to_internal_value(self, data: Any) -> bool:
        """The flag."""
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class Choice(serializers.ChoiceField):
    """One of some words."""

    default_error_messages = {"invalid_choice": _("Give one of: {choices}.")}

    def to_internal_value(self, data: Any) -> Any:
        """The word."""
        if not isinstance(data, str) or data not in self.choices:
            self.fail("invalid_choice", choices=", ".join(self.choices))
        return data


class Few(serializers.ListField):
    """A list of at most `max_length`; a longer one is refused before anything in it is read."""

    default_error_messages = {"max_length": _("Give at most {max_length}.")}

    def to_internal_value(self, data: Any) -> list[Any]:
        """The list."""
        if isinstance(data, list) and len(data) > (self.max_length or 0):
            self.fail("max_length", max_length=self.max_length)
        return super().to_internal_value(data)


class FewByName(serializers.DictField):
    """An object of at most `most` members; one with more is refused before they are read."""

    default_error_messages = {"max_length": _("Give at most {max_length}.")}

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The members by their names."""
        if isinstance(data, dict) and len(data) > self.most:
            self.fail("max_length", max_length=self.most)
        members: dict[str, Any] = super().to_internal_value(data)
        return members


class LocalDate(serializers.DateField):
    """A date of the calendar that exists, as `2026-12-01`."""

    default_error_messages = {
        "invalid": _("Give a date that exists, such as 2026-12-01."),
        "out_of_range": _("Give a date between the years {first} and {last}."),
    }

    def __init__(self, *, earliest: date = EARLIEST, **kwargs: Any) -> None:
        self.earliest = earliest
        super().__init__(**kwargs)

    def to_internal_value(self, value: Any) -> date:
        """The date."""
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            self.fail("invalid")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail("invalid")
        if not self.earliest <= day <= LATEST:
            self.fail("out_of_range", first=self.earliest.year, last=LATEST.year)
        return day


@extend_schema_field(OpenApiTypes.DATETIME)
class Instant(serializers.Field[datetime, str, str, Any]):
    """An instant with its offset (RFC 3339), on a multiple of five minutes (rule T2)."""

    default_error_messages = {
        "invalid": _("Give an instant that exists, such as 2026-12-01T09:00:00-07:00."),
        "no_offset": _("Give the offset from UTC too, such as 2026-12-01T09:00:00-07:00."),
        "step": _("Give a multiple of 5 minutes."),
        "out_of_range": _("Give an instant between the years 2000 and 2199."),
    }

    def to_internal_value(self, data: Any) -> datetime:
        """The instant in UTC."""
        found = _INSTANT.fullmatch(data) if isinstance(data, str) else None
        if found is None:
            self.fail("invalid")
        if not found["offset"]:
            self.fail("no_offset")
        try:
            instant = datetime.fromisoformat(data.upper())
        except ValueError:
            self.fail("invalid")
        if not EARLIEST.year <= instant.year <= LATEST.year:
            self.fail("out_of_range")
        instant = instant.astimezone(UTC)
        if instant.second or instant.microsecond or instant.minute % STEP_MINUTES:
            self.fail("step")
        return instant

    def to_representation(self, value: datetime) -> str:
        """The instant with its offset."""
        return value.isoformat(timespec="seconds")


@extend_schema_field({"type": "string", "maxLength": 64, "examples": ["downtown"]})
class Named[M: Model](serializers.Field[M, str, str, Any]):
    """A row by its slug; a row that is not among those asked for is as unknown as any other."""

    default_error_messages = {
        "invalid": _("Give a slug."),
        "unknown": _("There is none of this name."),
    }

    def __init__(self, rows: QuerySet[M], **kwargs: Any) -> None:
        self.rows = rows
        self.by_slug = Unchanging(lambda slug: rows.filter(slug=slug)[:1], str)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> M:
        """The row."""
        if not isinstance(data, str):
            self.fail("invalid")
        # Asking the database only for what can be a slug also keeps NUL away from it.
        row = self.by_slug.first(data) if _SLUG.fullmatch(data) else None
        if row is None:
            self.fail("unknown")
        return row

    def to_representation(self, value: M) -> str:
        """The slug."""
        slug: str = value.slug  # type: ignore[attr-defined]  # rows that have one
        return slug
