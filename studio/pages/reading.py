"""From the Markdown of a page to sections of safe HTML.

What the names of pages, drawings and places mean is asked of `Names`. Raw HTML is shown as typed,
and what is left goes through an allow-list. A name that means nothing is told as a mistake, and
left out of what is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from studio.pages.text import FILM_PLACE, Mistake, Names, Picture, Section, Text, Wrong

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")

DRAWING, FILM, PAGE, SITE = "drawing:", "film:", "page:", "site:"

TEXT_TAGS = {"p", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "br"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = TEXT_TAGS | TABLE_TAGS | {"h3", "h4", "a", "figure", "figcaption", "img", "div"}
ATTRIBUTES = {
    "a": {"href", "title", "class", "rel"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "figure": {"class"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "th": {"class"},
    "td": {"class"},
    "ol": {"start"},
    "h3": {"id"},
    "h4": {"id"},
}
SCHEMES = {"https", "http", "mailto", "tel"}

# What the pages themselves are made of; a heading must not be taken for it.
TAKEN_IDS = {"main", "menu", "film", "film-title", "contents", "read-next"}


@dataclass
class _Reading:
    """One pass over a text."""

    names: Names
    mistakes: list[Mistake] = field(default_factory=list)
    ids: set[str] = field(default_factory=lambda: set(TAKEN_IDS))

    def section(self, title: str, tokens: list[Token]) -> Section:
        """A section of safe HTML."""
        slug = self._id(title) if title else ""
        blocks = list(self._blocks(tokens))
        drawing = next((picture for _html, picture in blocks if picture), None)
        rest = [html for html, picture in blocks if picture is None or picture is not drawing]
        return Section(title, slug, _safe(rest), _safe([html for html, _ in blocks]), drawing)

    def _blocks(self, tokens: list[Token]) -> Iterator[tuple[str, Picture | None]]:
        """Top-level pieces of HTML, each with the picture that it is, if it is one."""
        for block in _split(tokens):
            images = _only_images(block)
            if images:
                yield from (self._figure(image) for image in images)
            else:
                _demote_empty_headings(block)
                for token in block:
                    self._prepare(token)
                yield MARKDOWN.renderer.render(block, MARKDOWN.options, {}), None

    def _figure(self, image: Token) -> tuple[str, Picture | None]:
        if str(image.attrs["src"]).startswith(FILM):
            return FILM_PLACE, None
        picture = self._picture(image)
        if picture is None:
            return f"<p>{escape(image.content)}</p>" if image.content else "", None
        caption = escape(picture.caption)
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        shape = ' class="square"' if picture.width == picture.height else ""
        return f"<figure{shape}>{_img(picture)}{below}</figure>", picture

    def _picture(self, image: Token) -> Picture | None:
        source = str(image.attrs["src"])
        if not source.startswith(DRAWING):
            self.mistakes.append(Mistake(Wrong.PICTURE, source))
            return None
        name, caption = source.removeprefix(DRAWING), str(image.attrs.get("title", ""))
        picture = self.names.picture(name, alt=_plain(image), caption=caption)
        if picture is None:
            self.mistakes.append(Mistake(Wrong.DRAWING, name))
        return picture

    def _prepare(self, token: Token) -> None:
        """Make a token ready for rendering: names resolved, nothing that a style would need."""
        match token.type:
            case "table_open":
                label = escape(self.names.table)
                _become(
                    token, f'<div class="table" role="region" tabindex="0" aria-label="{label}">'
                )
                token.content += "<table>"
            case "table_close":
                _become(token, "</table></div>")
            case "th_open" | "td_open" if "style" in token.attrs:
                side = str(token.attrs.pop("style")).removeprefix("text-align:")
                token.attrs["class"] = f"to-{side}"
            case "heading_open" | "heading_close":
                token.tag = "h3" if token.tag == "h3" else "h4"
            case "inline" if token.children:
                self._prepare_inline(token.children)
        if token.type == "heading_open":
            token.attrs["id"] = self._id(str(token.meta["title"]))

    def _prepare_inline(self, children: list[Token]) -> None:
        dead: list[bool] = []
        for child in children:
            if child.type == "image":
                self._prepare_image(child)
            elif child.type == "link_open":
                dead.append(not self._resolve(child))
                child.hidden = dead[-1]
            elif child.type == "link_close":
                child.hidden = dead.pop()

    def _prepare_image(self, image: Token) -> None:
        if str(image.attrs["src"]).startswith(FILM):
            self.mistakes.append(Mistake(Wrong.FILM, FILM))
            _become(image, "")
            return
        picture = self._picture(image)
        _become(image, _img(picture) if picture else escape(image.content))

    def _resolve(self, link: Token) -> bool:
        typed = str(link.attrs["href"])
        url = self.names.link(typed)
        if url is None:
            self.mistakes.append(Mistake(Wrong.LINK, typed))
            return False
        link.attrs["href"] = url
        if self.names.leaves(url):
            link.attrs |= {"class": "out", "rel": "noopener noreferrer"}
        return True

    def _id(self, title: str) -> str:
        slug = base = slugify(title) or "section"
        number = 2
        while slug in self.ids:
            slug, number = f"{base}-{number}", number + 1
        self.ids.add(slug)
        return slug


def read(body: str, names: Names) -> Text:
    """The text of a page, in sections at its headings of the second rank."""
    reading = _Reading(names)
    tokens = MARKDOWN.parse(body)
    starts: list[tuple[str, list[Token]]] = [("", [])]
    inside_heading = False
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            title = _plain(tokens[position + 1])
            if token.tag == "h1":
                reading.mistakes.append(Mistake(Wrong.HEADING, title))
            token.meta["title"] = title
            if token.level == 0 and token.tag in ("h1", "h2"):
                starts.append((title, []))
                inside_heading = True
        if not inside_heading:
            starts[-1][1].append(token)
        elif token.type == "heading_close" and token.level == 0:
            inside_heading = False
    opening, *sections = (reading.section(title, inside) for title, inside in starts)
    return Text(opening, tuple(sections), tuple(reading.mistakes))


def _split(tokens: list[Token]) -> Iterator[list[Token]]:
    """The blocks of the top level."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _only_images(block: Sequence[Token]) -> list[Token]:
    """The images of a paragraph that holds nothing else."""
    if len(block) != 3 or block[0].type != "paragraph_open":
        return []
    children = block[1].children or []
    others = [child for child in children if child.type not in ("image", "softbreak")]
    if any(child.type != "text" or child.content.strip() for child in others):
        return []
    return [child for child in children if child.type == "image"]


def _demote_empty_headings(block: Sequence[Token]) -> None:
    """Let the empty corner of a table head nothing."""
    for opening, inside, closing in zip(block, block[1:], block[2:], strict=False):
        if opening.type == "th_open" and not inside.content.strip():
            opening.tag = closing.tag = "td"


def _plain(token: Token) -> str:
    """The words without their marks."""
    if token.type == "image":
        return token.content
    if token.children is None:
        return " " if token.type in ("softbreak", "hardbreak") else token.content
    return "".join(map(_plain, token.children))


def _become(token: Token, html: str) -> None:
    """Let a token be rendered as it stands; the allow-list still looks at it."""
    token.type, token.content, token.tag, token.nesting = "html_inline", html, "", 0


def _img(picture: Picture) -> str:
    return (
        f'<img src="{escape(picture.url)}" alt="{escape(picture.alt)}" width="{picture.width}"'
        f' height="{picture.height}" loading="lazy" decoding="async">'
    )


def _safe(pieces: list[str]) -> SafeString:
    cleaned = nh3.clean(
        "".join(pieces), tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    )
    return mark_safe(cleaned.strip())  # noqa: S308 - this is where it becomes safe
