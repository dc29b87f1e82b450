"""From the bytes of a studio file to typed tables, or to all that is wrong with them."""

import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from studio.studio_file.consistency import KnownSlugs, inconsistencies
from studio.studio_file.mistakes import Document, Mistake, StudioFileError, mistakes_in
from studio.studio_file.schema import StudioFile

_NOTHING_LOADED = KnownSlugs()


def read(source: Path | bytes, *, known: KnownSlugs = _NOTHING_LOADED) -> StudioFile:
    """The file as typed tables; raises `StudioFileError` with every mistake in it.

    `known` are the slugs that the database has already and that the file may therefore name.
    """
    document = _document(source if isinstance(source, bytes) else _bytes_of(source))
    mistakes: list[Mistake] = []
    try:
        file = StudioFile.model_validate(document, by_alias=True, by_name=False)
    except ValidationError as error:
        mistakes += mistakes_in(document, error)
    mistakes += inconsistencies(document, known)
    if mistakes:
        raise StudioFileError(mistakes)
    return file


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        found = "no such file"
    except IsADirectoryError:
        found = "a directory"
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
    raise StudioFileError([Mistake("", str(path), found, "a studio file")])


def _document(content: bytes) -> Document:
    try:
        # Editors on Windows begin a file with a mark that TOML does not know.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{content[error.start]:02x}"
        raise StudioFileError([Mistake("", f"line {line}", found, "text in UTF-8")]) from None
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise StudioFileError(
            [Mistake("", "the file", "lists within lists within lists", "the tables of a studio")]
        ) from None
    except ValueError as error:
        # Not TOMLDecodeError alone: a number of thousands of digits is a plain ValueError.
        raise StudioFileError([_syntax_mistake(text, str(error))]) from None


def _syntax_mistake(text: str, message: str) -> Mistake:
    reason, _, place = message.removesuffix(")").rpartition(" (at ")
    numbers = re.fullmatch(r"line (\d+), column (\d+)", place)
    if numbers:
        line, column = map(int, numbers.groups())
    else:
        # The parser says "at end of document", which is no help in an editor.
        line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    found = f"a mistake in the TOML itself ({reason or message})"
    return Mistake("", f"line {line}, column {column}", found, "TOML as in the example files")
