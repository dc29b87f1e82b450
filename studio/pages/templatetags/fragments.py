"""Parts of pages that are drawn once, and not for each page anew."""

from functools import cache

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString

from studio.fragments import Fragment
from studio.pages.framing import framed

register = template.Library()


@register.simple_tag
def constant(name: str) -> SafeString:
    """An include that says the same wherever it stands, but for the language."""
    return _constant(name).fill()


@register.simple_tag(takes_context=True)
def frame(context: RequestContext, name: str) -> SafeString:
    """The include that is the header or the footer."""
    return framed(context["request"], name, context["other_languages"]())


@cache
def _constant(name: str) -> Fragment:
    return Fragment(name)
