"""Studio files for tests: the example of the specification, with one thing changed."""

from pathlib import Path

from studio.studio_file.consistency import KnownSlugs
from studio.studio_file.mistakes import StudioFileError
from studio.studio_file.reading import read
from studio.studio_file.schema import StudioFile

EXAMPLE = Path(__file__).with_name("example.toml")


def example(*changes: tuple[str, str]) -> str:
    """The example's text after replacing the first of each pair, wherever it stands first."""
    text = EXAMPLE.read_text()
    for old, new in changes:
        assert old in text, f"{old} is not in the example"
        text = text.replace(old, new, 1)
    return text


def read_example(*changes: tuple[str, str]) -> StudioFile:
    """The example with changes, as typed tables."""
    return read(example(*changes).encode())


def mistakes_in(text: str, known: KnownSlugs | None = None) -> list[str]:
    """What is wrong with a text, in words; an empty list when nothing is."""
    try:
        read(text.encode(), known=known or KnownSlugs())
    except StudioFileError as error:
        return [str(mistake) for mistake in error.mistakes]
    return []


def mistakes_after(*changes: tuple[str, str]) -> list[str]:
    """What is wrong with the example after these changes."""
    return mistakes_in(example(*changes))
