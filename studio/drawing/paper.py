"""Sheets of paper: tones by name, shapes in tones, and the SVG they become."""

from collections.abc import Iterable
from dataclasses import dataclass

from studio.drawing.geometry import Point, number, pair

# In daylight, and in the evening (a dark scheme).
TONES = {
    "wall": ("#e3efec", "#2b433d"),
    "glow": ("#f2f6f0", "#3a554e"),
    "floor": ("#eaddc8", "#4b4135"),
    "rug": ("#dcc9ab", "#5d5040"),
    "ink": ("#2b2925", "#161411"),
    "ink-shade": ("#46423b", "#25221d"),
    "accent": ("#1f5a51", "#79b8aa"),
    "accent-shade": ("#174740", "#5c988b"),
    "mark": ("#1f5a51", "#12302a"),
    "leaf": ("#4f8a72", "#5f9c83"),
    "leaf-shade": ("#3a7060", "#4a8470"),
    "wood": ("#b98155", "#b98155"),
    "wood-shade": ("#96633d", "#96633d"),
    "clay": ("#c4694a", "#d5805f"),
    "sun": ("#f3c98b", "#e0b070"),
    "cloth": ("#fdfbf6", "#e9e2d5"),
    "fold": ("#ddd5c6", "#c4baa9"),
    "cushion": ("#5f978b", "#4d8277"),
    "cushion-shade": ("#477d72", "#3b695f"),
    "cloth-shade": ("#efe8db", "#d3cabb"),
    "sun-shade": ("#e0b272", "#c99a5c"),
    "clay-shade": ("#a9573b", "#b86c4f"),
    "porcelain": ("#f1c9ab", "#e2b798"),
    "porcelain-shade": ("#dfae8b", "#cd9b79"),
    "sand": ("#dda27a", "#cf946c"),
    "sand-shade": ("#c68a62", "#b67b55"),
    "terracotta": ("#b8754e", "#b06e48"),
    "terracotta-shade": ("#9c5f3b", "#935837"),
    "umber": ("#8a5639", "#8f5a3c"),
    "umber-shade": ("#70432a", "#74472d"),
    "hair-dark": ("#2b2421", "#1b1613"),
    "hair-brown": ("#6a4630", "#5d3d29"),
    "hair-grey": ("#b9b3a8", "#bdb6aa"),
    "hair-red": ("#a9583a", "#a4573a"),
}


def shaded(tone: str) -> str:
    """The tone of what is farther away, or in the shade; each tone has one shade at most."""
    return f"{tone}-shade" if f"{tone}-shade" in TONES else tone


@dataclass(frozen=True)
class Shape:
    """One element in one tone, filled with it, or a line of it when it has a width."""

    tone: str
    element: str
    attributes: str
    width: float = 0
    more: str = ""

    def svg(self, classes: dict[str, str]) -> str:
        """The element as SVG, its tone by the class it has in this file."""
        kind = f' class="{classes[self.tone]}"'
        if self.width:
            kind = f' class="l {classes[self.tone]}" stroke-width="{number(self.width)}"'
        return f"<{self.element}{kind}{self.more} {self.attributes}/>"


@dataclass(frozen=True)
class Group:
    """Shapes moved, turned or scaled together."""

    shapes: "tuple[Drawn, ...]"
    attributes: str = ""

    def svg(self, classes: dict[str, str]) -> str:
        """The group as SVG."""
        inner = "".join(shape.svg(classes) for shape in self.shapes)
        return f"<g{self.attributes}>{inner}</g>" if self.attributes else inner


@dataclass(frozen=True)
class Again:
    """A named group once more."""

    name: str

    def svg(self, classes: dict[str, str]) -> str:
        """The reference as SVG."""
        return f'<use href="#{self.name}"/>'


type Drawn = Shape | Group | Again


def fill(tone: str, path: str, opacity: float = 1) -> Shape:
    """An outline filled with a tone."""
    return Shape(tone, "path", f'd="{path}"', more=_opacity(opacity))


def line(tone: str, width: float, path: str, opacity: float = 1) -> Shape:
    """A line with round ends."""
    return Shape(tone, "path", f'd="{path}"', width, _opacity(opacity))


def dashes(tone: str, width: float, path: str, pattern: str) -> Shape:
    """A line of dashes with round ends."""
    return Shape(tone, "path", f'd="{path}"', width, f' stroke-dasharray="{pattern}"')


def disc(tone: str, centre: Point, radius: float, opacity: float = 1) -> Shape:
    """A full circle."""
    place = f'cx="{number(centre.real)}" cy="{number(centre.imag)}" r="{number(radius)}"'
    return Shape(tone, "circle", place, more=_opacity(opacity))


def oval(tone: str, centre: Point, across: float, down: float, degrees: float = 0) -> Shape:
    """A full ellipse by its two radii, turned."""
    place = (
        f'cx="{number(centre.real)}" cy="{number(centre.imag)}"'
        f' rx="{number(across)}" ry="{number(down)}"'
    )
    turn = f' transform="rotate({number(degrees)} {pair(centre)})"' if degrees else ""
    return Shape(tone, "ellipse", place + turn)


def box(tone: str, corner: Point, size: Point, round: float = 0) -> Shape:  # noqa: A002 - as in CSS
    """A rectangle, its corners round."""
    place = (
        f'x="{number(corner.real)}" y="{number(corner.imag)}"'
        f' width="{number(size.real)}" height="{number(size.imag)}"'
    )
    return Shape(tone, "rect", place + (f' rx="{number(round)}"' if round else ""))


def moved(
    to: Point, *shapes: Drawn, degrees: float = 0, scale: float = 1, mirrored: bool = False
) -> Group:
    """The shapes with their origin at `to`, turned clockwise, scaled, seen in a mirror."""
    steps = [f"translate({pair(to)})"] if to else []
    if degrees:
        steps.append(f"rotate({number(degrees)})")
    if mirrored:
        steps.append(f"scale({-scale:g} {scale:g})")
    elif scale != 1:
        steps.append(f"scale({scale:g})")
    return Group(shapes, f' transform="{" ".join(steps)}"' if steps else "")


def faded(opacity: float, *shapes: Drawn) -> Group:
    """The shapes as one sheet that can be seen through."""
    return Group(shapes, f' opacity="{opacity:.3g}"' if opacity < 1 else "")


def named(name: str, *shapes: Drawn) -> Group:
    """Shapes that can be drawn again by their name."""
    return Group(shapes, f' id="{name}"')


def group(*shapes: Drawn) -> Group:
    """Shapes that belong together."""
    return Group(shapes)


@dataclass(frozen=True)
class Sheet:
    """A picture: what is seen of the world through a window of so many pixels."""

    width: int
    height: int
    corner: Point
    scale: float
    drawn: tuple[Drawn, ...]

    def svg(self, *, evening: bool | None = None) -> str:
        """The file. `evening` fixes the tones, None leaves them to the reader's scheme."""
        size = complex(self.width, self.height) / self.scale
        view = f"{number(self.corner.real)} {number(self.corner.imag)} {pair(size)}"
        tones = sorted({shape.tone for shape in _flat(self.drawn)})
        classes = dict(zip(tones, "abcdefghijkmnopqrstuvwxyzABCDEFGHIJ", strict=False))
        body = "".join(shape.svg(classes) for shape in self.drawn)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}"'
            f' viewBox="{view}"><style>{_style(classes, evening)}</style>{body}</svg>\n'
        )


def _style(classes: dict[str, str], evening: bool | None) -> str:
    """Each class gives the current colour: shapes are filled with it, lines (`l`) drawn in it."""

    def colours(scheme: int) -> str:
        return "".join(
            f".{name}{{color:{TONES[tone][scheme]}}}"
            for tone, name in classes.items()
            if scheme == bool(evening) or len(set(TONES[tone])) > 1
        )

    shapes = (
        "*{fill:currentColor}.l{fill:none;stroke:currentColor;stroke-linec"
        "ap:round;stroke-linejoin:round}"
    )
    if evening is not None:
        return shapes + colours(evening)
    return f"{shapes}{colours(0)}@media(prefers-color-scheme:dark){{{colours(1)}}}"


def _flat(drawn: Iterable[Drawn]) -> Iterable[Shape]:
    for shape in drawn:
        if isinstance(shape, Group):
            yield from _flat(shape.shapes)
        elif isinstance(shape, Shape):
            yield shape


def _opacity(opacity: float) -> str:
    return f' opacity="{opacity:g}"' if opacity != 1 else ""
