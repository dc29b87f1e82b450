"""The film of a session as a page shows it: the studio's own, or the drawn one."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language, gettext

from studio.drawing.film import facts
from studio.drawing.film.facts import HEIGHT, WIDTH
from studio.pages.models import Film, Language
from studio.pages.text import Picture
from studio.uploads import PublicKind

CODES: tuple[str, ...] = tuple(Language.values)


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the film, which a browser takes if it can play it."""

    url: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Captions:
    """What is said and heard, in one language."""

    url: str
    language: str
    name: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Showing:
    """The film in the language that is spoken now."""

    title: str
    description: str
    sources: tuple[Source, ...] = ()
    link: str = ""
    poster: str = ""
    width: int = WIDTH
    height: int = HEIGHT
    seconds: int | None = None
    captions: tuple[Captions, ...] = ()
    stills: tuple[Picture, ...] = ()

    @property
    def host(self) -> str:
        """Where the link leads."""
        return urlsplit(self.link).netloc

    @property
    def can_be_seen(self) -> bool:
        """Whether there is anything to play; the stills are there in any case."""
        return bool(self.sources or self.link)


def showing() -> Showing:
    """The film that is shown now."""
    film = Film.objects.first()
    return _of_studio(film) if film else _shipped(get_language())


def film_html(film: Showing) -> str:
    """The film as it stands on a page."""
    return render_to_string("includes/film.html", {"film": film})


def _of_studio(film: Film) -> Showing:
    language = get_language()
    captions: dict[str, Any] = {code: getattr(film, f"captions_{code}") for code in CODES}
    kind = PublicKind(Path(str(film.file.name)).suffix.removeprefix(".")) if film.file else None
    return Showing(
        title=_in(language, film, "title") or gettext("Film of a session"),
        description=_in(language, film, "description"),
        sources=(Source(film.file.url, kind.content_type),) if kind else (),
        link=film.link,
        poster=film.poster.url if film.poster else "",
        width=film.poster_width or WIDTH,
        height=film.poster_height or HEIGHT,
        captions=_captions({code: file.url for code, file in captions.items() if file}, language),
    )


def _in(language: str, film: Film, name: str) -> str:
    """What the film says in a language, or in English."""
    return str(getattr(film, f"{name}_{language}", "") or getattr(film, f"{name}_en"))


@cache
def _shipped(language: str) -> Showing:
    """The drawn one; it changes with the program only."""
    return Showing(
        title=gettext("A session, drawn"),
        description="",
        sources=tuple(Source(_url(name), content_type) for name, content_type in facts.SOURCES),
        poster=_url(facts.POSTER),
        seconds=facts.SECONDS,
        captions=_captions({code: _url(f"captions.{code}.vtt") for code in CODES}, language),
        stills=tuple(
            Picture(still.name, _url(still.name), WIDTH, HEIGHT, "", still.caption.words(language))
            for still in facts.stills()
        ),
    )


def _captions(urls: dict[str, str], language: str) -> tuple[Captions, ...]:
    names = dict(settings.LANGUAGES)
    return tuple(
        Captions(url, code, names[code], is_default=code == language) for code, url in urls.items()
    )


def _url(name: str) -> str:
    return static(f"{facts.FOLDER}/{name}")
