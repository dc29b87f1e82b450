"""Brings the catalogues of other languages up to date: `python -m tests.catalogue`.

Reads every message of the code and the templates into `locale/*/LC_MESSAGES/django.po`, keeps what
is translated, drops what nobody says any more, and compiles it into the `django.mo` beside it.
GNU gettext is not needed; templates are read as Django reads them.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

HOME = Path(__file__).resolve().parent.parent
ROOMS = ("bookings", "studio", "therapists", "templates")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources() -> list[Path]:
    """The files whose words people read."""
    return sorted(
        path
        for room in ROOMS
        for kind in ("*.py", "*.html", "*.txt", "*.ics")
        for path in (HOME / room).rglob(kind)
        if "migrations" not in path.parts
    )


def python_of(path: Path) -> str:
    """The calls of gettext that a file makes; a template's, as Django would make them."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    # What surrounds the calls is blanked out, but not its indentation, which Python would mind.
    return re.sub(r"^\s+", "", templatize(text, origin=str(path)), flags=re.MULTILINE)


def said() -> Catalog:
    """Every message of the code and the templates, without translations."""
    catalogue = Catalog(fuzzy=False)
    for path in sources():
        where = [(str(path.relative_to(HOME)), 0)]
        code = BytesIO(python_of(path).encode())
        for _line, words, _comments, context in extract("python", code, KEYWORDS):
            catalogue.add(words, locations=where, context=context)
    return catalogue


def translated(po: Path) -> Catalog:
    """What a translator wrote."""
    with po.open("rb") as file:
        return read_po(file)


def brought_up_to_date(catalogue: Catalog) -> Catalog:
    """With every message that is said now, new ones empty, and none that nobody says any more."""
    catalogue.update(
        said(), no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False
    )
    catalogue.obsolete.clear()
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """As the program reads it."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def main() -> None:
    """Bring every language up to date, compile it, and say what is still to be translated."""
    for po in sorted((HOME / "locale").glob("*/LC_MESSAGES/django.po")):
        catalogue = brought_up_to_date(translated(po))
        with po.open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, sort_by_file=True)
        po.with_suffix(".mo").write_bytes(compiled(catalogue))
        empty = [message for message in catalogue if message.id and not is_translated(message)]
        print(
            f"{po.relative_to(HOME)}: {len(catalogue)} messages, {len(empty)} without translation"
        )


def forms(words: str | Sequence[str] | None) -> tuple[str, ...]:
    """The one form of a message, or each of its forms; an empty one where there is none."""
    return (words or "",) if isinstance(words, str | None) else tuple(words)


def is_translated(message: Message) -> bool:
    """Whether every form of a message has its words."""
    return all(forms(message.string))


if __name__ == "__main__":
    main()
