"""The client on the table, seen from the side: head to the right, the table's top at y = 0."""

from studio.drawing.geometry import Point, between, blob, joint, stroke, tube
from studio.drawing.paper import Drawn, Group, disc, fill, group, line, moved, shaded
from studio.drawing.people import Look, head

SHOULDER, RESTING_HAND = 45 - 11j, -13 - 4j
UPPER_ARM, FOREARM = 27.0, 33.0


def prone(look: Look, *, breath: float = 0, hand: Point = RESTING_HAND) -> Group:
    """Face down in the cradle, draped from the hips."""
    return _face_down(look, breath, hand, towel(), sleeve="")


def prone_in_clothes(look: Look) -> Group:
    """Face down in the loose clothes that some styles are given in."""
    legs = tube((2 - 9.8j, 11.6), (-20 - 8j, 9), (-42 - 6j, 6.8), (-68 - 5.6j, 6), end=0.3)
    shirt = (
        "M56-12.5C50-18.5 44-20.6 38-21 30-20.8 18-17.8 10-16.8 6-16.4 4-17.6 3-18.4 1-12 0-6 1 0"
        "H46C51-1 57-6 56-12.5Z"
    )
    clothes: list[Drawn] = [fill(look.top, shirt), fill(look.trousers, legs)]
    return _face_down(look, 0, RESTING_HAND, clothes, sleeve=look.top)


def _face_down(
    look: Look, breath: float, hand: Point, clothes: list[Drawn], *, sleeve: str
) -> Group:
    lift = complex(0, -breath)
    body = blob(
        59 - 11j, 50 - 18j + lift, 38 - 20.5j + lift, 24 - 18.5j + lift, 10 - 15.5j + lift,
        -5 - 20j, -22 - 15.5j, -42 - 11j, -57 - 12.5j, -78 - 8j,
        -80 - 1j, -40 + 0j, 0 + 0j, 40 + 0j, 56 - 1j,
    )  # fmt: skip
    toes = (
        "M5-3.6C1-4.6-4-5.6-7.4-4.4-9.6-3.4-9.4-1.4-9.8 1-10.4 4-13 7.4-12 8.6-10.6 9.8-8 7.6-6"
        " 5.6-3.6 3.4 0 4 5 4Z"
    )
    return group(
        disc("cushion-shade", -76 - 2j, 5),
        moved(-80 - 7.5j, fill(look.skin, toes)),
        moved(70 - 8j, *head(look, seen=False), degrees=94, scale=1.04),
        fill(look.skin, tube((54 - 11j, 6), (64 - 8.5j, 4.6))),
        fill(look.skin, body),
        *clothes,
        *_arm(look.skin, SHOULDER + lift / 2, hand, sleeve=sleeve),
    )


def supine(look: Look, *, breath: float = 0, cover: str = "cloth") -> Group:
    """Face up, covered from the chest to the shins."""
    lift = complex(0, -breath)
    body = blob(
        54 - 8j, 46 - 17j, 34 - 20j, 16 - 17j, 0 - 16j, -20 - 16.5j, -42 - 13j,
        -60 - 10j, -80 - 7j, -80 - 1j, -40 + 0j, 0 + 0j, 40 + 0j, 54 - 1j,
    )  # fmt: skip
    foot = (
        "M6-3.6C3-4-1-6-2.6-9-4-12-5-15-7-15.4-9.4-15.6-9.4-12-8.6-8.6-8-5-8-1-7.4 2.6-6.6 5 0"
        " 4.6 6 3.6Z"
    )
    return group(
        moved(-84 - 6j, fill(look.skin, foot)),
        fill(look.skin, tube((50 - 9j, 6), (60 - 9j, 4.8))),
        moved(69 - 10j, *head(look), degrees=-84, scale=1.04),
        fill(look.skin, body),
        *_arm(look.skin, SHOULDER, RESTING_HAND),
        *_sheet(cover, lift),
    )


def _arm(skin: str, shoulder: Point, hand: Point, *, sleeve: str = "") -> list[Drawn]:
    elbow = joint(shoulder, hand, UPPER_ARM, FOREARM, bend=1)
    wrist = between(elbow, hand, 0.8)
    half = between(elbow, wrist, 0.5)
    edge = -1.3j
    behind = tube(
        (shoulder + edge, 6.6), (elbow + edge, 4.4), (half + edge, 4), (wrist + edge, 2.6)
    )
    arm = tube((shoulder, 6.6), (elbow, 4.3), (half, 4), (wrist, 2.8), (hand, 2.6))
    cloth = tube((shoulder, 7.4), (between(shoulder, elbow, 0.55), 6.4), end=0.3)
    parts: list[Drawn] = [fill(shaded(skin), behind), fill(skin, arm)]
    return [*parts, fill(shaded(sleeve), cloth)] if sleeve else parts


def towel() -> list[Drawn]:
    """Over hips and legs, down the side of the table."""
    outline = (
        "M8.5-16.2C5-18.6 0-21.6-6-21.4-14-21-20-16.6-28-15-36-12.6-46-12-54-13.8-60-13.5-64-12"
        "-66-10.4C-67-5-66.6 2-67 7-60 8.4-52 5.8-44 7.4-34 9-24 6-14 7.6-6 8.8 2 6.4 9.5 7.6"
        " 8.6 0 10-8 8.5-16.2Z"
    )
    folds = ((4 - 16.5j, 4.6 - 5j, 3.4 + 5j), (-18 - 15j, -14 - 6j, -14.5 + 4j))
    return [
        fill("cloth", outline),
        *(
            line("fold", 1.1, stroke(*fold))
            for fold in (*folds, (-48 - 11.5j, -44 - 4j, -44.5 + 3j))
        ),
    ]


def _sheet(tone: str, lift: Point) -> list[Drawn]:
    top = blob(
        40 - 20j + lift, 28 - 20.6j + lift, 10 - 18.4j + lift, -8 - 18j, -24 - 17.8j, -42 - 14.4j,
        -60 - 11.6j, -68 - 10j, -69 + 2j, -68 + 7j, -50 + 6j, -34 + 8j, -14 + 6.4j, 6 + 8.2j,
        26 + 6.2j, 38 + 7.6j, 41 - 4j,
    )  # fmt: skip
    folds = (
        (28 - 17j, 30 - 7j, 28.6 + 4j),
        (-8 - 14.6j, -5 - 5j, -6 + 4j),
        (-46 - 11j, -43 - 4j, -44 + 3j),
    )
    return [fill(tone, top), *(line("fold", 1.1, stroke(*fold), 0.8) for fold in folds)]
