"""What is seen from above: the client's back and the feet on it. The middle of the spine is 0."""

from studio.drawing.geometry import Point, between, blob, pair, pairs, stroke, tube
from studio.drawing.paper import (
    Drawn,
    Group,
    box,
    dashes,
    disc,
    fill,
    group,
    line,
    moved,
    oval,
)
from studio.drawing.people import Look


def back(look: Look) -> Group:
    """Somebody lying face down on the table, draped from the hips."""
    half = [
        -7 - 31j,
        -12 - 28j,
        -21 - 25j,
        -23.5 - 17j,
        -18.5 - 6j,
        -15 + 10j,
        -17.5 + 26j,
        -19 + 40j,
    ]
    outline = [*half, *(complex(-point.real, point.imag) for point in reversed(half))]
    arms = [
        fill(
            look.skin,
            tube(
                (side * 21 - 19j, 5.8),
                (side * 27 + 3j, 4.6),
                (side * 26.5 + 12j, 4.4),
                (side * 25 + 30j, 3.4),
                (side * 24.5 + 36j, 3.2),
            ),
        )
        for side in (-1, 1)
    ]
    return group(
        box("cushion", -37 - 34j, 74 + 150j, 7),
        disc("cushion", -46j, 15),
        disc("cushion-shade", -46j, 10),
        *arms,
        fill(look.skin, tube((-27j, 7), (-38j, 5.4))),
        fill(look.skin, blob(*outline)),
        disc(look.hair, -46j, 10.5),
        fill("cloth", "M-31 31Q-16 26 0 30 16 34 31 29L34 120H-34Z"),
        line("fold", 1.2, stroke(-14 + 32j, -17 + 42j, -16 + 60j)),
        line("fold", 1.2, stroke(12 + 35j, 15 + 46j, 13 + 60j)),
    )


def spine(top: float = -27, bottom: float = 26) -> Drawn:
    """The line that no foot ever touches."""
    return dashes("cloth", 1.5, f"M0 {top:g}V{bottom:g}", "0 3.4")


def foot(
    heel: Point, look: Look, *, degrees: float = 0, left: bool = False, leg: float = 34
) -> Group:
    """A foot seen from above, its toes towards the head; the leg comes towards whoever looks."""
    shin = tube((-4j, 4.4), (0.3 + 3j, 3.9), (0.8 + 12j, 4.8))
    trousers = tube((1.2 + leg * 1j, 9.5), (0.9 + leg * 0.5j, 8), (0.6 + 8j, 6.6), end=0.4)
    return moved(
        heel, *sole(look.skin), fill(look.skin, shin), fill(look.trousers, trousers),
        degrees=degrees, mirrored=left,
    )  # fmt: skip


def sole(tone: str) -> list[Drawn]:
    """A right foot, its heel at 0, with toes that stand apart."""
    toes = (
        (-3.1 - 22.4j, 2.5, 3.1, -6),
        (0.9 - 23j, 1.5, 2, 4),
        (3.4 - 21.8j, 1.35, 1.8, 12),
        (5.4 - 19.8j, 1.25, 1.6, 20),
        (6.8 - 17.4j, 1.1, 1.4, 28),
    )
    return [
        fill(
            tone,
            (
                "M-4-2.6C-4.8 4 4.2 4.2 4.4-2.2 4.6-6.6 6.6-9.6 6.2-14.6"
                " 5.6-20.6-5-21-5.6-16-6-11.6-3.4-9-4-2.6Z"
            ),
        ),
        *(oval(tone, *toe) for toe in toes),
    ]


def arrow(*points: Point, tone: str = "mark", width: float = 2.2) -> Group:
    """A smooth line with a head at its last point."""
    tip = points[-1]
    way = tip - between(points[-2], tip, 0.4)
    back_ = way / abs(way) * width * 2.1
    wings = (tip - back_ * (1 + 0.85j), tip, tip - back_ * (1 - 0.85j))
    return group(
        line(tone, width, stroke(*points)),
        line(tone, width, f"M{pair(wings[0])}L{pairs(wings[1], wings[2])}"),
    )
