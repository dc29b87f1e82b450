"""The room: what stands, hangs and grows in it. A table's top is at y = 0, the floor at FLOOR."""

from studio.drawing.geometry import Point, number, pair, stroke
from studio.drawing.paper import Drawn, Group, box, fill, group, line, moved, oval

FLOOR = 52.0
BARS = -192.0
"""How high the near bar hangs."""


LEAF = "M0 0C-15.6-25-9.6-51 0-60 10.8-51 15.6-25 0 0Z"


def walls(corner: Point, size: Point, *, floor: float = FLOOR) -> Group:
    """Wall and floor, over the whole picture."""
    down = corner.imag + size.imag - floor
    return group(
        box("wall", corner, size),
        box("floor", complex(corner.real, floor - 6), complex(size.real, down + 6)),
    )


def arch(foot: Point, width: float, height: float) -> Drawn:
    """A tall round window that light comes through."""
    half = width / 2
    return fill(
        "glow",
        f"M{pair(foot - half)}v{number(half - height)}a{number(half)} {number(half)} 0 0 1"
        f" {number(width)} 0v{number(height - half)}Z",
    )


def bars(
    left: float, right: float, *, height: float = BARS, ceiling: float = -240
) -> tuple[Group, Group]:
    """Two parallel bars under the ceiling: the far one, and the near one."""
    far, near = complex(0, height - 7), complex(0, height)
    ends = (left + 14, right - 14)
    return (
        group(
            *(
                line("wood-shade", 2.6, f"M{number(x + 5)} {number(ceiling)}V{number(far.imag)}")
                for x in ends
            ),
            line("wood-shade", 4, f"M{pair(far + left + 5)}H{number(right + 5)}"),
        ),
        group(
            *(
                line("wood", 3.2, f"M{number(x)} {number(ceiling)}V{number(near.imag)}")
                for x in ends
            ),
            line("wood", 5.2, f"M{pair(near + left)}H{number(right)}"),
        ),
    )


def table(*, cradle: bool = True) -> Group:
    """A massage table on wooden legs."""
    parts: list[Drawn] = [
        oval("rug", complex(-16, FLOOR + 2), 105, 9),
        line("wood-shade", 5, f"M-74 10L-80 {FLOOR - 1:g}M34 10L40 {FLOOR - 1:g}"),
        line("wood", 5, f"M-86 10L-92 {FLOOR + 3:g}M46 10L52 {FLOOR + 3:g}M-88 32H48"),
        box("cushion-shade", -99 + 5j, 162 + 7j, 3),
        box("cushion", -100 + 0j, 162 + 9j, 4.5),
    ]
    if cradle:
        parts += [
            line("wood", 3, "M58 9H82"),
            box("cushion", 60 + 0.5j, 26 + 6.5j, 3.2),
        ]
    return group(*parts)


def plant(foot: Point, *, scale: float = 1) -> Group:
    """A plant in a pot."""
    leaves = [
        moved(-18j, fill(tone, LEAF), degrees=degrees, scale=length / 60)
        for degrees, length, tone in (
            (-52, 36, "leaf-shade"), (50, 38, "leaf-shade"), (-30, 50, "leaf"),
            (28, 52, "leaf"), (-6, 60, "leaf-shade"), (8, 46, "leaf"),
        )
    ]  # fmt: skip
    pot = fill("clay", "M-11-20H11L8.6-1.6Q8.4 0 6.8 0H-6.8Q-8.4 0-8.6-1.6Z")
    return moved(foot, *leaves, pot, scale=scale)


def mat() -> Group:
    """A mat on the floor, its top at y = 0."""
    return group(
        box("rug", -118 + 5j, 226 + 9j, 4.5),
        box("cushion-shade", -112 + 3j, 212 + 7j, 3.5),
        box("cushion", -112 + 0j, 212 + 7j, 3.5),
    )


def shelf(left: Point) -> Group:
    """A shelf with oil and towels."""
    return moved(
        left,
        box("clay", 6 - 14j, 8 + 14j, 2.5),
        box("ink-shade", 8.5 - 18j, 3 + 4j, 0.8),
        box("leaf", 17 - 10j, 7 + 10j, 2.5),
        box("ink-shade", 19 - 14j, 3 + 4j, 0.8),
        box("cloth", 29 - 6j, 18 + 6j, 3),
        box("cloth-shade", 30 - 12j, 16 + 6j, 3),
        line("wood", 3, "M0 1.5H52"),
    )


def chair() -> Group:
    """A chair for somebody whose hip is at y = 4, facing right."""
    return group(
        line("wood-shade", 4.2, f"M-12 16L-17 {FLOOR - 3:g}M24 16L28 {FLOOR - 3:g}"),
        line("wood", 4.2, f"M-14 16L-19 {FLOOR:g}M22 16L26 {FLOOR:g}M-15 14L-22-44"),
        fill("cushion", "M-14-12C-14-17-16-40-17-44-18-49-27-49-26-43L-20 0C-19 5-13 3-14-12Z"),
        box("cushion", -20 + 11j, 48 + 8j, 4),
    )


def cup(place: Point) -> Group:
    """Something warm to drink."""
    return moved(
        place,
        line("sun-shade", 1.6, "M4.5-2.5A3 3 0 1 1 4.5 2.6"),
        fill("sun", "M-5-5H5L4.4 2Q4 5 1 5H-1Q-4 5-4.4 2Z"),
        line("fold", 1.2, "M-2-9Q-4-12-2-15T-2-21M3-9Q1-12 3-15T3-21"),
    )


def stool(place: Point) -> Group:
    """A stool beside the head of the table, with a cup on it."""
    return moved(
        place,
        line("wood-shade", 3.6, f"M6 18V{FLOOR - 4:g}"),
        line("wood", 3.6, f"M-9 18L-11 {FLOOR:g}M9 18L11 {FLOOR:g}"),
        box("wood", -14 + 14j, 28 + 4.6j, 2.3),
        cup(0 + 9j),
    )


def board(place: Point) -> Group:
    """A board with a sheet of paper, held."""
    return moved(
        place,
        box("wood", -9 - 1j, 20 + 2.4j, 1),
        box("cloth", -7 - 2j, 16 + 1.6j, 0.6),
        degrees=-24,
    )


def bottle(hand: Point, *, degrees: float = 118) -> Group:
    """A bottle of oil in a hand."""
    return moved(
        hand,
        box("clay", -4 - 9j, 8 + 14j, 2.5),
        box("ink-shade", -1.4 - 13j, 2.8 + 4j, 0.8),
        degrees=degrees,
    )


def poured(top: Point, bottom: float, *, part: float = 1) -> Drawn:
    """A thread of oil, as far down as it has come."""
    down = top.imag + (bottom - top.imag) * part
    return line("sun", 1.8, f"M{pair(top)}V{number(down)}")


def oil_on_back(left: float, right: float) -> Drawn:
    """The shine of oil along the back."""
    middle = (left + right) / 2
    return line("sun", 3, stroke(left - 14.2j, middle - 16.2j, right - 17j), 0.8)
