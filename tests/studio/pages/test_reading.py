"""Markdown to sections of safe HTML."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.pages.reading import TAGS, read
from studio.pages.text import FILM_PLACE, Mistake, Picture, Wrong


class Known:
    """One page, one place and one drawing."""

    table = "Table"

    def link(self, typed):
        known = {"page:what": "/what/", "site:book": "/book/"}
        return known.get(typed) or (typed if typed.startswith(("https:", "/", "#")) else None)

    def leaves(self, url):
        return url.startswith("https:")

    def picture(self, name, *, alt, caption):
        return Picture(name, "/feet.svg", 400, 300, alt, caption) if name == "feet" else None


IMG = (
    '<img src="/feet.svg" alt="Two feet" width="400" height="300" loading="lazy" decoding="async">'
)


def text(body):
    return read(body, Known())


def html(body):
    """What stands before the first heading."""
    return text(body).opening.whole


def test_a_section_is_a_heading_and_what_follows():
    found = text("Before.\n\n## Does *it* hurt?\n\nNo.\n\n### Never\n\n## Weight\n")

    assert found.opening.html == "<p>Before.</p>"
    assert [(each.title, each.slug) for each in found.sections] == [
        ("Does it hurt?", "does-it-hurt"),
        ("Weight", "weight"),
    ]
    assert found.sections[0].html == '<p>No.</p>\n<h3 id="never">Never</h3>'


def test_headings_of_one_name_have_addresses_of_their_own():
    found = text("## Oil\n\n### Oil\n\n## Oil\n\n## Main\n\n## ¿?\n")

    assert [each.slug for each in found.sections] == ["oil", "oil-3", "main-2", "section"]
    assert 'id="oil-2"' in found.sections[0].html


def test_a_drawing_alone_in_its_paragraph_is_a_figure_and_leads_its_section():
    section = text('## Oil\n\nWarm.\n\n![Two feet](drawing:feet "From above")\n').sections[0]
    figure = f"<figure>{IMG}<figcaption>From above</figcaption></figure>"

    assert section.drawing == Picture("feet", "/feet.svg", 400, 300, "Two feet", "From above")
    assert section.html == "<p>Warm.</p>"
    assert section.whole == f"<p>Warm.</p>\n{figure}"


def test_only_the_first_drawing_leads():
    section = text("## Oil\n\n![](drawing:feet)\n![Two feet](drawing:feet)\n").sections[0]

    assert section.drawing and section.drawing.alt == ""
    assert section.html == f"<figure>{IMG}</figure>"


def test_a_drawing_among_words_stays_there():
    assert html("So ![Two feet](drawing:feet) we go") == f"<p>So {IMG} we go</p>"


def test_the_film_stands_where_it_was_put():
    found = text("## See\n\nBefore\n\n![](film:)\n\nAfter\n")

    assert found.has_film
    assert found.with_film("<b>film</b>").sections[0].html == (
        "<p>Before</p>\n<b>film</b><p>After</p>"
    )
    assert not text("No film").has_film


def test_links_lead_to_what_their_names_mean():
    assert html("[a](page:what) [b](site:book)") == (
        '<p><a href="/what/">a</a> <a href="/book/">b</a></p>'
    )


def test_a_link_to_another_host_says_so_and_tells_it_nothing():
    assert html("[a](https://else.example)") == (
        '<p><a href="https://else.example" class="out" rel="noopener noreferrer">a</a></p>'
    )


def test_a_table_scrolls_by_itself_and_needs_no_style():
    found = html("| a | b |\n|--:|---|\n| 1 | 2 |\n")

    assert found.startswith('<div class="table" role="region" tabindex="0" aria-label="Table">')
    assert '<th class="to-right">a</th>' in found
    assert "style" not in found


def test_the_empty_corner_of_a_table_heads_nothing():
    found = html("| | a |\n|---|---|\n| b | 1 |\n")

    assert "<td></td>\n<th>a</th>" in found


@pytest.mark.parametrize(
    ("body", "mistake", "shown"),
    [
        ("[a](page:where)", Mistake(Wrong.LINK, "page:where"), "<p>a</p>"),
        ("[a](site:moon)", Mistake(Wrong.LINK, "site:moon"), "<p>a</p>"),
        ("[a](ftp://x)", Mistake(Wrong.LINK, "ftp://x"), "<p>a</p>"),
        ("![Toes](drawing:toes)", Mistake(Wrong.DRAWING, "toes"), "<p>Toes</p>"),
        ("So ![Toes](drawing:toes)", Mistake(Wrong.DRAWING, "toes"), "<p>So Toes</p>"),
        ("![A](https://x.example/a)", Mistake(Wrong.PICTURE, "https://x.example/a"), "<p>A</p>"),
        ("So ![](film:) it is", Mistake(Wrong.FILM, "film:"), "<p>So  it is</p>"),
        ("> # A", Mistake(Wrong.HEADING, "A"), '<blockquote>\n<h4 id="a">A</h4>\n</blockquote>'),
    ],
)
def test_a_name_that_means_nothing_is_told_and_left_out(body, mistake, shown):
    found = text(body)

    assert found.mistakes == (mistake,)
    assert found.opening.whole == shown


def test_a_heading_of_the_first_rank_is_told_and_read_as_the_second():
    found = text("# Oil\n\nWarm.\n")

    assert found.mistakes == (Mistake(Wrong.HEADING, "Oil"),)
    assert found.sections[0].slug == "oil"


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">a</a>',
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:msgbox)",
    '[a](https://x.example "\\" onmouseover=\\"alert(1))',
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    '![a" onerror="alert(1)](drawing:feet)',
    '![a](drawing:feet "\\"><script>alert(1)</script>")',
    "![<script>](drawing:nothing)",
    "## <img src=x onerror=alert(1)>\n\na",
    "```html\n<script>alert(1)</script>\n```",
    "<style>*{}</style>",
    "| <b onclick=x> |\n|---|\n| <iframe src=//x> |",
    "<!-- --><script>alert(1)//",
    "[a]: javascript:alert(1)\n\n[a]",
    "<javascript:alert(1)>",
    '<figure class="film-place"></figure>',
]


class Found(HTMLParser):
    """What a browser would make of it: the tags, and what could run or lead astray."""

    def __init__(self, shown):
        super().__init__()
        self.tags, self.bad = set(), []
        self.feed(shown)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            address = re.sub(r"\s", "", value or "").lower()
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.bad.append(name)
            if name in ("href", "src") and not address.startswith(("https:", "http:", "/", "#")):
                self.bad.append(value)


def nothing_runs(body):
    found = text(body)
    shown = "".join(each.html + each.whole for each in (found.opening, *found.sections))
    seen = Found(shown)
    return seen.tags <= TAGS and not seen.bad and FILM_PLACE not in shown


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["{}", "## A\n\n{}", "- {}", "> {}", "a **{}** b"])
def test_nothing_that_runs_gets_through(attack, place):
    assert nothing_runs(place.format(attack))


MARKS = [*'\n `*|>["\\', "](", "![", "&lt;", "&#x3C;"]


@given(st.lists(st.sampled_from([*ATTACKS, *MARKS])))
def test_nothing_that_runs_gets_through_in_any_order(pieces):
    assert nothing_runs("".join(pieces))
