"""The pages that the program brings, as files: `content/LANGUAGE/SLUG.md`.

A file begins with TOML between two lines of `+++`; the page's text follows.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ValidationError

from studio.pages.models import Kind, Language, Page, Place

CONTENT = Path(__file__).parent / "content"
FENCE = "+++"

EXPECTED: Mapping[str, tuple[type, str]] = {
    "kind": (str, f"one of {', '.join(Kind.values)} (home for home.md alone)"),
    "title": (str, "text of at most 120 characters"),
    "menu": (str, "text of at most 40 characters"),
    "summary": (str, "text of at most 160 characters"),
    "drawing": (str, "the name of a drawing"),
    "position": (int, "a whole number"),
    "place": (str, f"one of {', '.join(Place.values)}"),
}


class ContentError(Exception):
    """A file that is no page; the sentence says what is wrong with it, and where."""

    def __init__(self, file: Path, key: str, found: str, expected: str) -> None:
        super().__init__(f"{file}, {key}: found {found}, expected {expected}.")


def content_pages(directory: Path = CONTENT) -> list[Page]:
    """All pages of the files, none of them saved. Raises `ContentError` at the first bad one."""
    files = [file for language in Language.values for file in directory.glob(f"{language}/*.md")]
    return [page_of(file) for file in sorted(files)]


def page_of(file: Path) -> Page:
    """The page that a file holds."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ContentError(file, "the file", "nothing readable", "text in UTF-8") from None
    if lines[:1] != [FENCE] or FENCE not in lines[1:]:
        expected = f"TOML between two lines of {FENCE}, and the text after them"
        raise ContentError(file, "line 1", repr("".join(lines[:1])), expected)
    end = lines.index(FENCE, 1)
    page = Page(
        slug=file.stem,
        language=file.parent.name,
        published=True,
        body="\n".join(lines[end + 1 :]).strip(),
        **_front(file, "\n".join(lines[1:end])),
    )
    try:
        page.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as refused:
        key, [words, *_more] = next(iter(refused.message_dict.items()))
        expected = EXPECTED[key][1] if key in EXPECTED else words.rstrip(".")
        raise ContentError(file, key, repr(getattr(page, key)), expected) from None
    return page


def _front(file: Path, text: str) -> dict[str, object]:
    try:
        front = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(file, FENCE, f"a mistake in the TOML ({error})", "TOML") from None
    for key, value in front.items():
        if key not in EXPECTED:
            raise ContentError(file, key, "an unknown key", f"one of {', '.join(EXPECTED)}")
        kind, words = EXPECTED[key]
        if type(value) is not kind:
            raise ContentError(file, key, repr(value), words)
    return front
