"""The header and the footer around every page: drawn once while the house stays as it is.

They are the same on all pages but for two things: where a page leads to itself it says so, and the
way to the other languages is each page's own. Addresses of private pages, which hold a token, are
filled in and not kept.
"""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from studio.fragments import drawn, filled, left_open
from studio.memory import Memory
from studio.pages.context import ReadableHouse
from studio.pages.languages import Language
from studio.premises.shown import Marks, marks_of

PARTS = ("includes/header.html", "includes/footer.html")

_ADDRESS = re.compile('href="([^"]*)"')


@dataclass(frozen=True)
class Frame:
    """Header and footer, what they are true of, and where they lead to."""

    marks: Marks
    parts: Mapping[str, str]
    leads_to: frozenset[str]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return 3 * sum(map(len, self.parts.values())) + 1000


FRAMES: Memory[Hashable, Frame] = Memory(most_bytes=8_000_000, seconds=24 * 60 * 60)


def framed(request: HttpRequest, part: str, languages: Sequence[Language]) -> SafeString:
    """The header or footer of the page at hand; `languages` are the others that it is in."""
    marks = marks_of(request)
    known = ReadableHouse.of(request)
    house = known if known.as_of == marks else ReadableHouse()  # what is older is not to be kept
    frame = _frame(house, "", languages, marks)
    if request.path in frame.leads_to:
        frame = _frame(house, request.path, languages, marks)
    return filled(frame.parts[part], {_name(each): each.address for each in languages})


def _frame(house: ReadableHouse, here: str, languages: Sequence[Language], marks: Marks) -> Frame:
    """It as it is seen from a page that it leads to, or from any other."""
    asked = here, get_language()
    frame = FRAMES.get(asked)
    if frame is None or frame.marks != marks or settings.DEBUG:
        values = {
            "house": house,
            "other_languages": [
                Language(each.code, each.name, left_open(_name(each))) for each in languages
            ],
            "request": {"path": here},
        }
        parts = {part: drawn(part, values) for part in PARTS}
        addresses = _ADDRESS.findall("".join(parts.values()).replace("%%", "%"))
        frame = Frame(marks, parts, frozenset(addresses))
        FRAMES.keep(asked, frame)
    return frame


def _name(language: Language) -> str:
    return f"address_{language.code.replace('-', '_')}"
