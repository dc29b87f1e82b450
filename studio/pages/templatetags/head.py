"""What templates need to say in their heads what their bodies say."""

import re
from collections.abc import Iterable
from html import unescape
from textwrap import shorten

from django import template
from django.utils.safestring import SafeString

from studio import structured

register = template.Library()

MOST_LETTERS = 160
"""What search engines show of a description."""


@register.simple_block_tag
def plain(content: str) -> str:
    """`{% plain as title %}`: what stands inside as words on one line, to say it twice."""
    return " ".join(unescape(content).split())


@register.filter
def cut(text: str) -> str:
    """As many of its first words as a description holds."""
    return shorten(text, MOST_LETTERS, placeholder="…")


@register.filter
def first_sentence(text: str) -> str:
    """The text up to the first mark that ends a sentence; the point of "Dr." ends none."""
    found = re.match(r".{20,}?[.!?](?=\s|$)", text, re.DOTALL)
    return found.group() if found else text


@register.filter
def json_ld(things: Iterable[structured.Thing]) -> SafeString:
    """Things in the words of schema.org, for programs that read the page."""
    return structured.script(things)
