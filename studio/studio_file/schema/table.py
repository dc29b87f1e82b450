"""What all tables of the studio file have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Table(BaseModel):
    """A table of the file: no keys but its own, and no value read as another type."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        validate_by_alias=True,
        validate_by_name=True,
    )


class InlineTable(Table):
    """A table that is written on one line, in braces."""


@dataclass(frozen=True, slots=True)
class Expect:
    """Says in one sentence what a type takes; whatever else is found is answered with it."""

    words: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.custom_error_schema(
            handler(source),
            custom_error_type="expected",
            custom_error_message="{words}",
            custom_error_context={"words": self.words},
        )


def expected(words: str) -> PydanticCustomError:
    """The error for a value that does not go with the keys before it."""
    return PydanticCustomError("expected", "{words}", {"words": words})


def must(fits: Callable[[str], object]) -> AfterValidator:
    """Takes a text that fits, and answers any other in the words of its `Expect`."""

    def check(value: str) -> str:
        if not fits(value):
            raise ValueError(value)
        return value

    return AfterValidator(check)


def each_once[Item](value: list[Item]) -> list[Item]:
    """Refuses a list that names something twice."""
    repeated = [item for position, item in enumerate(value) if item in value[:position]]
    if repeated:
        raise expected(f'each item once, "{repeated[0]}" is there again')
    return value


def toml_key(name: str, field: FieldInfo) -> str:
    """The key as it stands in the file; Python reserves words such as `from`."""
    return field.serialization_alias or name


def fields_by_key(table: type[Table]) -> dict[str, FieldInfo]:
    """The fields of a table under their keys in the file, in the order of the specification."""
    return {toml_key(name, field): field for name, field in table.model_fields.items()}


def table_within(annotation: object) -> type[Table] | None:
    """The table that an annotation such as `list[Shift]` or `Client | None` is about, if any."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next(filter(None, map(table_within, get_args(annotation))), None)


def words_for(field: FieldInfo) -> str:
    """What a field that holds no tables takes, in words."""
    own = [item.words for item in field.metadata if isinstance(item, Expect)]
    if own:
        return own[0]
    return f"a list, each item {_words_within(field.annotation)}"


def _words_within(annotation: object) -> str:
    for argument in get_args(annotation):
        words = argument.words if isinstance(argument, Expect) else _words_within(argument)
        if words:
            return words
    return ""
