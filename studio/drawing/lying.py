"""The client on the table, seen from the side: head to the right, the table's top at y = 0."""

from studio.drawing.geometry import Point, blob, stroke, tube, turned
from studio.drawing.paper import Drawn, Group, disc, fill, group, line, moved, shaded
from studio.drawing.people import Look, head

BACK = -18.5
"""How high the back is where feet work."""


def prone(look: Look, *, breath: float = 0, raised: float = 0) -> Group:
    """Face down in the cradle, draped from the hips; `raised` lifts a hand (0 to 1)."""
    lift = complex(0, -breath)
    body = blob(
        59 - 11j, 50 - 18j + lift, 38 - 20.5j + lift, 24 - 18.5j + lift, 10 - 15.5j + lift,
        -5 - 20j, -22 - 15.5j, -42 - 11j, -57 - 12.5j, -78 - 8j,
        -80 - 1j, -40 + 0j, 0 + 0j, 40 + 0j, 56 - 1j,
    )  # fmt: skip
    return group(
        disc("cushion-shade", -76 - 2j, 5),
        moved(-80 - 7.5j, *_lying_foot(look.skin)),
        moved(70 - 8j, *head(look, seen=False), degrees=94, scale=1.04),
        fill(look.skin, tube((54 - 11j, 6), (64 - 8.5j, 4.6))),
        fill(look.skin, body),
        *_arm(look.skin, raised, lift),
        *towel(),
    )


def _lying_foot(skin: str) -> list[Drawn]:
    return [
        fill(
            skin,
            (
                "M5-3.6C1-4.6-4-5.6-7.4-4.4-9.6-3.4-9.4-1.4-9.8 1-10.4 4-13 7.4-12 8.6-10.6"
                " 9.8-8 7.6-6 5.6-3.6 3.4 0 4 5 4Z"
            ),
        )
    ]


def _arm(skin: str, raised: float, lift: Point) -> list[Drawn]:
    shoulder = 45 - 11j + lift * 0.5
    elbow = 19 - 5.5j
    wrist = elbow + turned(-25 + 1j, 62 * raised)
    hand = wrist + turned(-7 + 0.6j, 62 * raised)
    return [
        fill(
            shaded(skin),
            tube(
                (shoulder + 0.4 - 1.2j, 6.8),
                (elbow - 1.4j, 4.4),
                ((elbow + wrist) / 2 - 1.2j, 4),
                (wrist - 1j, 2.6),
            ),
        ),
        fill(
            skin,
            tube(
                (shoulder, 6.6), (elbow, 4.3), ((elbow + wrist) / 2, 4), (wrist, 2.8), (hand, 2.4)
            ),
        ),
    ]


def towel() -> list[Drawn]:
    """Over hips and legs, down the side of the table."""
    outline = (
        "M8.5-16.2C5-18.6 0-21.6-6-21.4-14-21-20-16.6-28-15-36-12.6-46-12-54-13.8-60-13.5-64-12"
        "-66-10.4C-67-5-66.6 2-67 7-60 8.4-52 5.8-44 7.4-34 9-24 6-14 7.6-6 8.8 2 6.4 9.5 7.6"
        " 8.6 0 10-8 8.5-16.2Z"
    )
    return [
        fill("cloth", outline),
        line("fold", 1.1, stroke(4 - 16.5j, 4.6 - 5j, 3.4 + 5j)),
        line("fold", 1.1, stroke(-18 - 15j, -14 - 6j, -14.5 + 4j)),
        line("fold", 1.1, stroke(-48 - 11.5j, -44 - 4j, -44.5 + 3j)),
    ]


def supine(look: Look) -> Group:
    """Face up, the towel from chest to shins."""
    body = blob(
        54 - 8j, 46 - 17j, 34 - 20j, 16 - 17j, 0 - 16j, -20 - 16.5j, -42 - 13j,
        -60 - 10j, -80 - 7j, -80 - 1j, -40 + 0j, 0 + 0j, 40 + 0j, 54 - 1j,
    )  # fmt: skip
    return group(
        disc("cushion-shade", -40 - 2j, 4),
        moved(-84 - 6j, *_upright_foot(look.skin)),
        fill(look.skin, tube((50 - 9j, 6), (60 - 9j, 4.8))),
        moved(69 - 10j, *head(look), degrees=-84, scale=1.04),
        fill(look.skin, body),
        *_arm(look.skin, 0, 0j),
        fill(
            "cloth",
            (
                "M35-20.6C28-20 22-18.4 14-17.6"
                " 0-16.6-10-18-22-17-36-16-44-13.6-56-11.6-58-6-57 0-58 6-48 8.6-40 5.6-30"
                " 7.4-18 9-8 5.8 4 7.6 14 8.8 24 6 34 7.4 38 0 37.6-12 35-20.6Z"
            ),
        ),
        line("fold", 1.1, stroke(28 - 18.6j, 30 - 7j, 28.6 + 4j)),
        line("fold", 1.1, stroke(-8 - 15.6j, -5 - 5j, -6 + 4j)),
        line("fold", 1.1, stroke(-40 - 13j, -38 - 5j, -39 + 4j)),
    )


def _upright_foot(skin: str) -> list[Drawn]:
    return [
        fill(
            skin,
            (
                "M6-3.6C3-4-1-6-2.6-9-4-12-5-15-7-15.4-9.4-15.6-9.4-12-8.6-8.6-8-5-8-1-7.4"
                " 2.6-6.6 5 0 4.6 6 3.6Z"
            ),
        )
    ]
