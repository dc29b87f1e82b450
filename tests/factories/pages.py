"""Informational pages."""

from studio.pages.models import Page


def make_page(
    *,
    slug: str = "page",
    language: str = "en",
    kind: str = "article",
    title: str | None = None,
    menu: str = "",
    body: str = "",
    position: int = 100,
    place: str = "none",
    published: bool = True,
) -> Page:
    """An informational page."""
    return Page.objects.create(
        slug=slug,
        language=language,
        kind=kind,
        title=title or slug.title(),
        menu=menu,
        summary="In short",
        body=body,
        position=position,
        place=place,
        published=published,
    )
