"""What is wrong with a studio file, in words for the person who wrote it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from studio.studio_file.schema import InlineTable, StudioFile, Table
from studio.studio_file.schema.table import fields_by_key, table_within, words_for
from studio.studio_file.schema.values import SLUG

NOTHING = "nothing"

Document = Mapping[str, object]
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: where it stands, what was found there, and what was expected."""

    table: str
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = " > ".join(filter(None, [self.table, self.key]))
        return f"{where}: found {self.found}, expected {self.expected}"


class StudioFileError(Exception):
    """The file cannot be loaded; carries every mistake in it. The command prints them."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def mistake_at(document: Document, place: Place, found: str, expected: str) -> Mistake:
    """A mistake at a place given as keys and positions, told by slugs where there are some."""
    *tables, key = _labels(document, place)
    return Mistake(" > ".join(tables), key, found, expected)


def mistakes_in(document: Document, error: ValidationError) -> list[Mistake]:
    """All that the schema refuses, in the order of the schema."""
    return [_mistake(document, details) for details in error.errors(include_url=False)]


def spell(value: object) -> str:
    """A value as it stands in the file, cut short where it is long."""
    match value:
        case None:
            return NOTHING
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value if len(value) <= 60 else value[:57] + "...", ensure_ascii=False)
        case date() | datetime() | time():
            return value.isoformat()
        case int() if abs(value) >= 10**18:
            return "a number of more than 18 digits"
        case dict():
            return "a table"
        case list() if any(isinstance(item, dict) for item in value):
            return "a list of tables"
        case list():
            more = ", ..." if len(value) > 5 else ""
            return f"[{', '.join(map(spell, value[:5]))}{more}]"
        case _:
            return str(value)


def _labels(document: Document, place: Place) -> list[str]:
    labels: list[str] = []
    value: object = document
    for part in place:
        if isinstance(part, str):
            labels.append(part)
            value = value.get(part) if isinstance(value, dict) else None
        else:
            value = value[part] if isinstance(value, list) and part < len(value) else None
            labels[-1] += f" {_label(value, part)}"
    return labels


def _label(item: object, position: int) -> str:
    name = item.get("slug", item.get("key")) if isinstance(item, dict) else None
    known = isinstance(name, str) and SLUG.fullmatch(name)
    return f'"{name}"' if known else f"#{position + 1}"


def _mistake(document: Document, details: ErrorDetails) -> Mistake:
    place, found, expected = details["loc"], spell(details["input"]), details["msg"]
    match details["type"]:
        case "missing":
            found, expected = NOTHING, _words_at(place)
        case "extra_forbidden":
            found = f"an unknown key with {found}"
            expected = "one of " + ", ".join(fields_by_key(_table_at(place[:-1])))
        case "list_type":
            expected = _words_at(place)
        case "too_short":
            expected = f"{_words_at(place)}, at least one"
        case "model_type" | "dict_type":
            expected = "a table"
    if place[-1] == "[key]" and details["type"] == "expected":
        # A key of a table such as `inspections` is what is wrong, not what stands under it.
        place = place[:-1]
    return mistake_at(document, place, found, expected)


def _table_at(place: Place) -> type[Table]:
    table: type[Table] = StudioFile
    for key in place:
        if isinstance(key, str):
            table = table_within(fields_by_key(table)[key].annotation) or table
    return table


def _words_at(place: Place) -> str:
    keys = [part for part in place if isinstance(part, str)]
    field = fields_by_key(_table_at(place[:-1]))[keys[-1]]
    table = table_within(field.annotation)
    if table is None:
        return words_for(field)
    if issubclass(table, InlineTable):
        return "tables in braces"
    return f"tables, each under [[{'.'.join(keys)}]]"
