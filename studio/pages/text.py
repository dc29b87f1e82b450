"""What a page says: sections of safe HTML, and what in its text means nothing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

FILM_PLACE = '<figure class="film-place"></figure>'
"""Where the film will stand."""


class Wrong(StrEnum):
    """What a mistake in a text can be about."""

    DRAWING = "drawing"
    PICTURE = "picture"
    FILM = "film"
    LINK = "link"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in the text that means nothing, as it was typed."""

    about: Wrong
    typed: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as a text shows it."""

    name: str
    url: str
    width: int
    height: int
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what follows it; what stands before the first heading has no title."""

    title: str
    slug: str
    html: SafeString
    """Without the drawing that leads it."""
    whole: SafeString
    """With it, in its place."""
    drawing: Picture | None


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says."""

    opening: Section
    sections: tuple[Section, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def has_film(self) -> bool:
        """Whether the demo film stands somewhere in it."""
        return any(FILM_PLACE in section.whole for section in (self.opening, *self.sections))

    def with_film(self, film: str) -> "Text":
        """The same with the film where it belongs."""
        opening, *sections = (_with_film(each, film) for each in (self.opening, *self.sections))
        return Text(opening, tuple(sections), self.mistakes)


class Names(Protocol):
    """What the names in a text mean."""

    table: str
    """How a table is announced to those who do not see it."""

    def link(self, typed: str) -> str | None:
        """The address that a link leads to."""

    def leaves(self, url: str) -> bool:
        """Whether an address is somebody else's."""

    def picture(self, name: str, *, alt: str, caption: str) -> Picture | None:
        """The drawing of a name."""


def _with_film(section: Section, film: str) -> Section:
    html, whole = (
        mark_safe(each.replace(FILM_PLACE, film))  # noqa: S308 - the film is ours
        for each in (section.html, section.whole)
    )
    return Section(section.title, section.slug, html, whole, section.drawing)
