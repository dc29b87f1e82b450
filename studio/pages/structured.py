"""Informational pages in the words of schema.org, out of what they show."""

from html import unescape

from django.urls import reverse
from django.utils.html import strip_tags

from studio.addresses import absolute
from studio.pages.films import Captions, Showing
from studio.pages.models import Page
from studio.pages.text import Section, Text
from studio.premises.models import Studio
from studio.structured import Thing, studio_thing, thing


def site_thing(studio: Studio) -> Thing:
    """The site as a whole, by the name that people know."""
    return thing(
        "WebSite",
        id="site",
        name=studio.name,
        url=absolute(reverse("pages:home")),
        publisher=studio_thing(studio),
    )


def questions_thing(page: Page, text: Text) -> Thing:
    """A page of questions, each with its answer in plain words."""
    return thing(
        "FAQPage",
        name=page.title,
        inLanguage=page.language,
        mainEntity=[_question(section) for section in text.sections],
    )


def film_thing(film: Showing) -> Thing:
    """The film as the page shows it; one on another site is an address there.

    When it was uploaded is not known, and not made up.
    """
    words = film.description or " ".join(still.caption for still in film.stills)
    return thing(
        "VideoObject",
        name=film.title,
        description=words or film.title,
        duration=f"PT{film.seconds}S" if film.seconds else None,
        thumbnailUrl=absolute(film.poster) if film.poster else None,
        contentUrl=absolute(film.sources[0].url) if film.sources else None,
        encodingFormat=film.sources[0].content_type if film.sources else None,
        url=film.link,
        caption=[_captions(each) for each in film.captions],
    )


def _question(section: Section) -> Thing:
    answer = " ".join(unescape(strip_tags(section.html)).split())
    return thing("Question", name=section.title, acceptedAnswer=thing("Answer", text=answer))


def _captions(captions: Captions) -> Thing:
    return thing(
        "MediaObject",
        contentUrl=absolute(captions.url),
        encodingFormat="text/vtt",
        inLanguage=captions.language,
    )
