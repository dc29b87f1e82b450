"""What a mail says, whole: its text and its HTML are two ways to write the same letter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
LINK = "link"
"""The placeholder that is something to follow."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what the mail is about: what it is, and what it says."""

    label: str
    lines: tuple[str, ...]
    is_past: bool = False
    """Whether it is not so any more, and must not be taken for what is."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that is true of this booking, and perhaps where to read more."""

    words: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """Words with placeholders, which the studio may have written itself, and what fills them."""

    words: str
    values: Mapping[str, str]

    @property
    def text(self) -> str:
        """As plain text; a value is never looked through for placeholders again."""
        return PLACEHOLDER.sub(lambda found: self.values.get(found[1], ""), self.words).strip()

    @property
    def html(self) -> SafeString:
        """As paragraphs; what is written and what is filled in are both escaped."""
        escaped = str(conditional_escape(self.words))
        filled = PLACEHOLDER.sub(lambda found: self._filled(found[1]), escaped)
        return mark_safe(linebreaks(filled.strip())) if filled.strip() else mark_safe("")  # noqa: S308 - every part of it is escaped

    @property
    def line(self) -> str:
        """As one line without anything that could begin another, for a header."""
        return one_line(self.text)

    def _filled(self, name: str) -> str:
        value = self.values.get(name, "")
        if name == LINK:
            return format_html('<a href="{}">{}</a>', value, value)
        return str(conditional_escape(value))


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that one mail says."""

    subject: str
    heading: str
    opening: Prose
    action: Link
    studio: str
    facts: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    closing: Prose = field(default_factory=lambda: Prose("", {}))
    reason: str = ""
    """Why whoever reads it gets it."""
    stop: Link | None = None
    """Where such mail is switched off."""

    @property
    def text(self) -> str:
        """The text of it."""
        return render_to_string("mails/letter.txt", self._context).strip() + "\n"

    @property
    def html(self) -> str:
        """The HTML of it."""
        return render_to_string("mails/letter.html", self._context)

    @property
    def _context(self) -> dict[str, object]:
        return {"letter": self, "language": get_language()}


def one_line(text: str) -> str:
    """The text on one line, without signs that are not seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
