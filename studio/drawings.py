"""What pages can show of what is drawn: `studio/static/drawings/`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.finders import find
from django.templatetags.static import static

DIRECTORY = "drawings"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing by its name, with the size that keeps its place while it loads."""

    name: str
    url: str
    width: int
    height: int


@cache
def drawings() -> dict[str, Drawing]:
    """All there are, by name. They change with the program only."""
    found = find(DIRECTORY)
    files = sorted(Path(found).glob("*.svg")) if isinstance(found, str) else []
    return {drawing.name: drawing for file in files if (drawing := _drawing(file))}


def _drawing(file: Path) -> Drawing | None:
    try:
        url = static(f"{DIRECTORY}/{file.name}")
    except ValueError:  # was not collected
        return None
    tag = re.search(r"<svg\b[^>]*>", file.read_text(encoding="utf-8"))
    width, height = (_number(side, tag.group() if tag else "") for side in ("width", "height"))
    return Drawing(file.stem, url, width, height)


def _number(attribute: str, tag: str) -> int:
    found = re.search(rf'\s{attribute}="(\d+)', tag)
    return int(found.group(1)) if found else 0
