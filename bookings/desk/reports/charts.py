"""Charts as plain geometry, in whole units of an SVG's own grid; templates draw them.

Nothing is told by colour alone: a bar has its name and its value beside it, and series that share
a chart have patterns as well as colours.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, log10

from django.utils.functional import Promise

type Words = str | Promise


class Tone(StrEnum):
    """A colour with a pattern; the patterns are drawn in `patterns.html`."""

    PLAIN = "plain"
    RISING = "rising"
    DOTS = "dots"
    CROSSED = "crossed"
    LEVEL = "level"
    FALLING = "falling"
    CHECKED = "checked"
    UPRIGHT = "upright"


@dataclass(frozen=True, slots=True)
class Rect:
    """A bar on the grid, with what it stands for in words."""

    x: int
    y: int
    width: int
    height: int
    tone: Tone
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text on the grid."""

    x: int
    y: int
    text: str


# Bars that lie: one thing each, its name before it and its value behind it.

BAR_WIDTH = 640
BAR_STEP = 32
BAR_HEIGHT = 18
NAMES_UNTIL = 190
BARS_UNTIL = 480
LONGEST_NAME = 26


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars, one below another; `whole` is as long as all there is, where there is such."""

    template_name = "admin/desk/reports/bars.html"

    height: int
    bars: Sequence[tuple[Label, Rect, Label]]
    whole: int
    width: int = BAR_WIDTH
    names_until: int = NAMES_UNTIL


def lying(values: Sequence[tuple[str, float | None, str]], *, whole: float = 0) -> Bars:
    """Bars for names with values and the values in words; `whole` draws how long all would be."""
    most = max([whole, *(value or 0 for _name, value, _words in values)]) or 1
    room = BARS_UNTIL - NAMES_UNTIL
    bars = []
    for row, (name, value, words) in enumerate(values):
        y = row * BAR_STEP
        width = round((value or 0) / most * room)
        top = y + (BAR_STEP - BAR_HEIGHT) // 2
        bars.append(
            (
                Label(NAMES_UNTIL - 10, y + 21, _short(name)),
                Rect(NAMES_UNTIL, top, width, BAR_HEIGHT, Tone.PLAIN, f"{name}: {words}"),
                Label(NAMES_UNTIL + max(width, round(whole / most * room)) + 8, y + 21, words),
            )
        )
    return Bars(len(values) * BAR_STEP, bars, round(whole / most * room))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


# Columns that stand: through time, several series beside or upon one another.

WIDTH, HEIGHT = 1000, 280
LEFT, RIGHT, TOP, BOTTOM = 70, 10, 24, 34
MOST_NAMES = 13
MOST_VALUES = 16


@dataclass(frozen=True, slots=True)
class Series:
    """One thing through time."""

    name: Words
    tone: Tone
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """Standing columns with an axis for each direction."""

    template_name = "admin/desk/reports/columns.html"

    rects: Sequence[Rect]
    values: Sequence[Label]
    levels: Sequence[Label]
    names: Sequence[Label]
    series: Sequence[Series]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def standing(
    parts: Sequence[tuple[str, str]],
    series: Sequence[Series],
    spell: Callable[[float], str],
    *,
    stacked: bool = False,
    whole_numbers: bool = False,
) -> Columns:
    """Columns for parts (a short name for the axis, a full one) with the value of each series.

    `spell` puts a value into words.
    """
    heights = _heights(series, len(parts), stacked=stacked)
    levels = levels_up_to(max(heights, default=0), whole_numbers=whole_numbers)
    scale = (HEIGHT - TOP - BOTTOM) / levels[-1]
    base, step = HEIGHT - BOTTOM, (WIDTH - LEFT - RIGHT) / max(len(parts), 1)
    lanes = 1 if stacked else len(series)
    width = min(step * 0.8 / lanes, 56)
    rects, values = [], []
    for number, (_short_name, name) in enumerate(parts):
        middle, bottom = LEFT + step * (number + 0.5), float(base)
        for lane, each in enumerate(series):
            value = each.values[number]
            if not value:
                continue
            height = value * scale
            place = 0 if stacked else lane
            x = middle + width * (place - lanes / 2)
            top = bottom - height if stacked else base - height
            words = f"{name}, {each.name}: {spell(value)}"
            rects.append(_rect(x, top, width, height, each.tone, words))
            if not stacked and len(parts) * lanes <= MOST_VALUES:
                values.append(Label(round(x + width / 2), round(top) - 5, spell(value)))
            bottom = top
    return Columns(
        rects,
        values,
        [Label(LEFT - 8, round(base - level * scale), spell(level)) for level in levels],
        _named([short for short, _name in parts], step, base + 22),
        series if len(series) > 1 else (),
    )


def levels_up_to(most: float, *, whole_numbers: bool = False) -> list[float]:
    """Round numbers from 0 until at least `most`, four to six of them where that can be."""
    if most <= 0:
        return [0, 1]
    magnitude = 10 ** floor(log10(most / 4))
    steps = [factor * magnitude for factor in (1, 2, 2.5, 5, 10)]
    step = next(step for step in steps if most / step <= 5)
    if whole_numbers:
        step = ceil(step)
    return [step * number for number in range(ceil(most / step - 1e-9) + 1)]


def _heights(series: Sequence[Series], count: int, *, stacked: bool) -> Iterable[float]:
    columns = [[each.values[number] or 0 for each in series] for number in range(count)]
    return [sum(column) if stacked else max(column, default=0) for column in columns]


def _rect(x: float, top: float, width: float, height: float, tone: Tone, words: str) -> Rect:
    """On the grid; what there is of a thing is at least to be seen."""
    left, right = round(x), max(round(x + width), round(x) + 1)
    upper, lower = round(top), max(round(top + height), round(top) + 1)
    return Rect(left, upper, right - left, lower - upper, tone, words)


def _named(names: Sequence[str], step: float, y: int) -> list[Label]:
    """As many names as stand beside one another without touching."""
    every = ceil(len(names) / MOST_NAMES) or 1
    return [
        Label(round(LEFT + step * (number + 0.5)), y, name)
        for number, name in enumerate(names)
        if number % every == 0
    ]
