"""From typed tables to the text of a studio file, laid out as in the specification."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeGuard

import tomli_w

from studio.studio_file.schema import InlineTable, StudioFile, Table
from studio.studio_file.schema.table import toml_key

# A longer list gets a line for each of its items.
_LIST_LENGTH = 70


def write(file: StudioFile) -> str:
    """The file's text; what equals its default is left out, and reading it gives the same file."""
    return "\n".join(_blocks(file, header="", path=()))


def _blocks(table: Table, *, header: str, path: tuple[str, ...]) -> Iterator[str]:
    """The table and then those below it, each with its header, indented by its depth."""
    indent = "  " * (len(path) - 1)
    lines = [f"{indent}{header}\n"] if header else []
    below: list[tuple[str, str, Table]] = []
    for key, value in _items(table):
        if _has_header(value):
            below.append((key, "[{}]", value))
        elif isinstance(value, list) and value and all(map(_has_header, value)):
            below += [(key, "[[{}]]", item) for item in value]
        else:
            lines.append(f"{indent}{key} = {_spelled(value, indent)}\n")
    if lines:
        yield "".join(lines)
    for key, brackets, inner in below:
        inner_path = (*path, key)
        yield from _blocks(inner, header=brackets.format(".".join(inner_path)), path=inner_path)


def _has_header(value: object) -> TypeGuard[Table]:
    return isinstance(value, Table) and not isinstance(value, InlineTable)


def _items(table: Table) -> Iterator[tuple[str, object]]:
    for name, field in type(table).model_fields.items():
        value = getattr(table, name)
        if field.is_required() or value != field.get_default(call_default_factory=True):
            yield toml_key(name, field), value


def _spelled(value: object, indent: str) -> str:
    match value:
        case list():
            items = [_spelled(item, indent) for item in value]
            line = f"[{', '.join(items)}]"
            if len(line) <= _LIST_LENGTH:
                return line
            rows = "".join(f"{indent}    {item},\n" for item in items)
            return f"[\n{rows}{indent}]"
        case dict():
            return _braces(value.items())
        case Table():
            return _braces(_items(value))
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case Decimal():
            return f'"{value}"'
        case str():
            # In lines of its own, but for the carriage returns that would not come back.
            in_lines = "\n" in value and "\r" not in value
            return tomli_w.dumps({"": value}, multiline_strings=in_lines)[5:-1]
        case _:
            return str(value)


def _braces(items: Iterable[tuple[str, object]]) -> str:
    inside = ", ".join(f"{key} = {_spelled(value, '')}" for key, value in items)
    return f"{{ {inside} }}"
