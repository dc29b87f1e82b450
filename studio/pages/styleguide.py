"""The design on one page, for who works on it: tokens with their contrast, parts, drawings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib.staticfiles.finders import find
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studio.drawings import drawings
from studio.methods import require_safe

TEXT, EDGE = 4.5, 3.0
"""What WCAG 2.2 asks of the contrast of words, and of what one has to see to find a control."""

GROUNDS = ("paper", "card", "tint")
NOTICES = ("accent-soft", "warm", "bad-soft", "good-soft")
PAIRS = {
    "ink": (TEXT, (*GROUNDS, *NOTICES)),
    "ink-soft": (TEXT, (*GROUNDS, *NOTICES)),
    "accent": (TEXT, (*GROUNDS, *NOTICES)),
    "accent-strong": (TEXT, (*GROUNDS, "accent-soft")),
    "bad": (TEXT, (*GROUNDS, "bad-soft")),
    "good": (TEXT, (*GROUNDS, "good-soft")),
    "on-accent": (TEXT, ("accent", "accent-strong")),
    "on-deep": (TEXT, ("deep",)),
    "on-deep-soft": (TEXT, ("deep",)),
    "paper": (TEXT, ("bad",)),
    "edge": (EDGE, GROUNDS),
}
"""Which colour is used on which ground, and what that asks of them."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour by the name that sheets use, as `#rrggbb` on light paper and in the dark."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on a ground, and how well the one is told from the other."""

    colour: Colour
    ground: Colour
    least: float

    @property
    def light(self) -> float:
        """The contrast on light paper."""
        return contrast(self.colour.light, self.ground.light)

    @property
    def dark(self) -> float:
        """The contrast in the dark."""
        return contrast(self.colour.dark, self.ground.dark)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part in every state."""
    return render(
        request,
        "pages/styleguide.html",
        {
            "colours": colours().values(),
            "pairs": list(pairs()),
            "today": date(2026, 8, 6),
            "drawings": drawings().values(),
        },
    )


def colours() -> dict[str, Colour]:
    """The tokens that are colours, by name, as the sheet has them."""
    sheet = Path(str(find("site/tokens.css"))).read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", sheet)
    return {name: Colour(name, light, dark) for name, light, dark in found}


def pairs() -> Iterator[Pair]:
    """Every colour on every ground that it is used on."""
    known = colours()
    for name, (least, grounds) in PAIRS.items():
        for ground in grounds:
            yield Pair(known[name], known[ground], least)


def contrast(one: str, other: str) -> float:
    """From 1 to 21, by the formula of WCAG."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
