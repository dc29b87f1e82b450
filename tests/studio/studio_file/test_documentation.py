"""docs/studio-file.md says what the schema takes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.studio_file.reading import read
from studio.studio_file.schema import InlineTable, StudioFile, Table
from studio.studio_file.schema.table import fields_by_key, table_within

TEXT = (Path(__file__).parents[3] / "docs" / "studio-file.md").read_text()


def tables(table: type[Table] = StudioFile, path: str = "") -> Iterator[tuple[str, type[Table]]]:
    """Every table with a header of its own, and its path."""
    for key, field in fields_by_key(table).items():
        inner = table_within(field.annotation)
        if inner is not None and not issubclass(inner, InlineTable):
            yield f"{path}{key}", inner
            yield from tables(inner, f"{path}{key}.")


def section(path: str) -> str:
    """The part of the documentation below a table's header, up to the next one."""
    header = rf"^#+ `\[+{re.escape(path)}\]+`\n"
    found = re.search(rf"{header}(.*?)(?=^#+ |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, path
    return found[1]


@pytest.mark.parametrize(("path", "table"), list(tables()), ids=[path for path, _ in tables()])
def test_every_key_of_every_table_is_documented_and_no_other(path, table):
    named = {
        key
        for line in section(path).splitlines()
        if line.startswith("| `")
        for key in re.findall(r"`(\w+)`", line.split("|")[1])
    }

    assert named == set(fields_by_key(table))


def test_every_inline_table_is_documented():
    for key in ("name", "email", "phone"):
        assert f"`{key}`" in section("bookings")
    for key in ("outcome", "within_days"):
        assert key in section("questionnaire.questions")


def test_the_small_studio_is_a_studio_file():
    example = TEXT.partition("```toml\n")[2].partition("```\n")[0]

    assert [therapist.slug for therapist in read(example.encode()).therapists] == ["mei"]
