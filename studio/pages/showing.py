"""A page as readers get it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from bookings.domain.offers import offered
from studio.drawings import drawings
from studio.pages.context import ReadableHouse
from studio.pages.films import Showing, film_html, showing
from studio.pages.head import Head
from studio.pages.models import HOME, Kind, Page
from studio.pages.rendering import text_of
from studio.pages.structured import film_thing, questions_thing, site_thing
from studio.pages.text import Text
from studio.structured import Thing, place_thing

NEXT_PAGES = 2


def show(
    request: HttpRequest, page: Page | None, *, preview: bool = False, **more: Any
) -> HttpResponse:
    """The page in the layout of its kind; the home page even while nobody has written it."""
    house = ReadableHouse.of(request)
    text = text_of(page.body if page else "", [each.slug for each in house.pages])
    film = showing() if text.has_film else None
    if film:
        text = text.with_film(film_html(film))
    kind = page.kind if page else Kind.HOME
    context = {
        "page": page,
        # Of the article, where it differs from the page around it.
        "lang": page.language if page and page.language != get_language() else "",
        "head": Head(request, house.languages_of(page.slug) if page else None),
        "drawing": drawings().get(page.drawing) if page else None,
        "has_film": film is not None,
        "opening": text.opening,
        "sections": text.sections,
        "structured": _things(page, text, film, house),
        **more,
    }
    if kind == Kind.HOME:
        context["session_types"] = list(offered())
    else:
        context["next_pages"] = next_pages(page, house)
    layout = f"pages/{Kind(kind).value}.html"
    template = "pages/preview.html" if preview else layout
    return render(request, template, {**context, "layout": layout})


def _things(
    page: Page | None, text: Text, film: Showing | None, house: ReadableHouse
) -> list[Thing]:
    """What programs can read of it."""
    things: list[Thing] = []
    if page is None or page.kind == Kind.HOME:
        places = (place_thing(each, house.studio) for each in house.locations)
        things += [site_thing(house.studio), *places]
    elif page.kind == Kind.QUESTIONS and text.sections:
        things.append(questions_thing(page, text))
    if film and film.can_be_seen:
        things.append(film_thing(film))
    return things


def next_pages(page: Page | None, house: ReadableHouse) -> list[Page]:
    """What to read after a page: those that follow it, and from the last the first again."""
    others = [each for each in house.pages if each.slug != HOME]
    slugs = [each.slug for each in others]
    here = slugs.index(page.slug) if page and page.slug in slugs else -1
    following = others[here + 1 :] + others[: max(here, 0)]
    return following[:NEXT_PAGES]
