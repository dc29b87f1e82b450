"""The film of a session as a page shows it: the studio's own, or the drawn one."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language, gettext
from PIL import Image

from studio.pages.drawings import drawings
from studio.pages.models import Film, Language
from studio.pages.text import Picture
from studio.uploads import FILMS, PublicKind

DIRECTORY = "film"
NAME = "ashiatsu"
POSTERS = ("poster.webp", "poster.jpg", "poster.png")
WIDTH, HEIGHT = 1280, 720
"""Of a film whose poster nobody gave: it keeps this place until it is known better."""


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


def film_html() -> str:
    """The film as it stands on a page."""
    return render_to_string("includes/film.html", {"film": showing()})


def _of_studio(film: Film) -> Showing:
    language = get_language()
    captions = {"en": film.captions_en, "es": film.captions_es}
    titles = {"en": film.title_en, "es": film.title_es}
    descriptions = {"en": film.description_en, "es": film.description_es}
    kind = PublicKind(Path(str(film.file.name)).suffix.removeprefix(".")) if film.file else None
    return Showing(
        title=titles.get(language) or film.title_en or gettext("Film of a session"),
        description=descriptions.get(language) or film.description_en,
        sources=(Source(film.file.url, kind.content_type),) if kind else (),
        link=film.link,
        poster=film.poster.url if film.poster else "",
        width=film.poster_width or WIDTH,
        height=film.poster_height or HEIGHT,
        captions=_captions({code: file.url for code, file in captions.items() if file}, language),
    )


@cache
def _shipped(language: str) -> Showing:
    """The drawn one; it changes with the program only."""
    files = [(kind, f"{NAME}.{kind.value}") for kind in FILMS]
    poster = next((name for name in POSTERS if _file(name)), "")
    width, height = _size(poster)
    return Showing(
        title=gettext("A session, drawn"),
        description="",
        sources=tuple(Source(_url(name), kind.content_type) for kind, name in files if _file(name)),
        poster=_url(poster) if poster else "",
        width=width,
        height=height,
        captions=_captions(
            {code: _url(name) for code in Language.values if _file(name := f"captions.{code}.vtt")},
            language,
        ),
        stills=tuple(_stills()),
    )


def _stills() -> list[Picture]:
    """What the film shows, in pictures."""
    words = {
        "step-talk": gettext("First we talk: what is tight, and what to leave in peace."),
        "step-oil": gettext("Warm oil is spread over the back."),
        "step-first-stroke": gettext("Hands on the bars, one foot settles beside the spine."),
        "step-walk": gettext("Slowly along both sides of the spine, as firm as you like."),
        "step-turn": gettext("Sometimes you turn over, for hips and thighs."),
        "step-rest": gettext("At the end there is rest, and something to drink."),
    }
    known = drawings()
    return [
        Picture(name, drawing.url, drawing.width, drawing.height, "", caption)
        for name, caption in words.items()
        if (drawing := known.get(name))
    ]


def _captions(urls: dict[str, str], language: str) -> tuple[Captions, ...]:
    names = dict(settings.LANGUAGES)
    return tuple(
        Captions(url, code, names[code], is_default=code == language) for code, url in urls.items()
    )


def _file(name: str) -> Path | None:
    found = find(f"{DIRECTORY}/{name}") if name else None
    return Path(found) if isinstance(found, str) else None


def _url(name: str) -> str:
    return static(f"{DIRECTORY}/{name}")


def _size(poster: str) -> tuple[int, int]:
    file = _file(poster)
    if file is None:
        return WIDTH, HEIGHT
    with Image.open(file) as image:
        return image.size
