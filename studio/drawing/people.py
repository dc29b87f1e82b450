"""People seen from the side, facing right; their joints may be anywhere that bones allow."""

from dataclasses import dataclass, replace

from studio.drawing.geometry import Point, between, blob, joint, stroke, tube, turned
from studio.drawing.paper import Drawn, Group, disc, fill, group, line, moved, shaded

THIGH, SHIN, UPPER_ARM, FOREARM = 43.0, 42.0, 29.0, 27.0
ANKLE = 7.0
"""How high the ankle is above the sole."""


@dataclass(frozen=True)
class Look:
    """What tells one person from another."""

    skin: str = "terracotta"
    hair: str = "hair-dark"
    cut: str = "bun"
    top: str = "accent"
    trousers: str = "ink"


@dataclass(frozen=True)
class Foot:
    """Where an ankle is, and by how much the toes point down."""

    ankle: Point
    pitch: float = 0


@dataclass(frozen=True)
class Pose:
    """Where hip, feet and hands are; knees and elbows follow."""

    hip: Point
    near_foot: Foot
    far_foot: Foot
    near_hand: Point
    far_hand: Point
    lean: float = 4
    nod: float = 18
    smile: bool = True
    near_palm: bool = False
    """Whether the hand lies flat; one that does not is closed around something."""
    far_palm: bool = False


@dataclass(frozen=True)
class Figure:
    """A person in layers, so that what they stand astride or reach over can go between."""

    far: Group
    trunk: Group
    arm: Group

    @property
    def near(self) -> Group:
        """All but the far limbs."""
        return group(self.trunk, self.arm)


def standing_on(ground: Point, *, pitch: float = 0) -> Foot:
    """A foot whose heel is above this point of the ground."""
    return Foot(ground - ANKLE * 1j, pitch)


def person(pose: Pose, look: Look) -> Figure:
    """Somebody in this pose."""
    deep = replace(look, skin=shaded(look.skin), trousers=shaded(look.trousers))
    shoulder = pose.hip + turned(-49j, pose.lean)
    sleeve = shaded(look.top)
    far = [
        *_arm(shoulder, pose.far_hand, replace(deep, top=sleeve), flat=pose.far_palm),
        *_leg(pose.hip, pose.far_foot, deep),
    ]
    trunk = [*_leg(pose.hip, pose.near_foot, look), _trunk(pose, look)]
    arm = _arm(shoulder, pose.near_hand, replace(look, top=sleeve), flat=pose.near_palm)
    return Figure(group(*far), group(*trunk), group(*arm))


def _trunk(pose: Pose, look: Look) -> Group:
    outline = blob(
        9 + 9j, 9.5 - 6j, 8 - 20j, 10 - 34j, 7.5 - 46j, 3 - 52j, -4 - 53j, -9 - 47j,
        -10.5 - 36j, -7.5 - 20j, -11 - 3j, -11 + 9j, -1 + 10.5j,
    )  # fmt: skip
    return moved(
        pose.hip,
        fill(look.skin, tube((-1 - 49j, 5.5), (1.5 - 60j, 4.3), (3 - 66j, 4.6))),
        moved(3.5 - 71j, *head(look, smile=pose.smile), degrees=pose.nod, scale=1.08),
        fill(look.top, outline),
        degrees=pose.lean,
    )


def _leg(hip: Point, foot: Foot, look: Look) -> list[Drawn]:
    knee = joint(hip, foot.ankle, THIGH, SHIN, bend=-1)
    hem = between(knee, foot.ankle, 0.62)
    calf = between(knee, foot.ankle, 0.3) + 1j * (foot.ankle - knee) / SHIN * 1.2
    return [
        fill(look.skin, tube((between(knee, foot.ankle, 0.4), 5.2), (foot.ankle, 3.3))),
        moved(foot.ankle, _foot(look.skin), degrees=foot.pitch, scale=1.1),
        fill(
            look.trousers,
            tube(
                (hip, 10),
                (between(hip, knee, 0.5), 8.4),
                (knee, 7),
                (calf, 6.6),
                (hem, 6.2),
                end=0.3,
            ),
        ),
    ]


def _foot(skin: str) -> Drawn:
    sole = (
        "M-3.2-.6C-4.4 1-7 2.4-6.4 5.2-6 7.3-4 7.2-2 7 2 6.4 6 5.7 9 6.5 13 7.4 17.5 7.4 18.2 6"
        " 18.8 4.2 16.5 3.4 14 2.7 10 1.3 6 .4 3-2.2Z"
    )
    return fill(skin, sole)


def _arm(shoulder: Point, hand: Point, look: Look, *, flat: bool) -> list[Drawn]:
    elbow = joint(shoulder, hand, UPPER_ARM, FOREARM, bend=1)
    half = between(shoulder, elbow, 0.5)
    palm = tube((hand, 3), (hand + 4 + 0.8j, 3.1), (hand + 8 + 1.4j, 2.6), (hand + 11 + 2j, 1.6))
    return [
        fill(
            look.skin,
            tube((shoulder, 4.8), (elbow, 4), (between(elbow, hand, 0.45), 3.6), (hand, 2.7)),
        ),
        fill(look.skin, palm) if flat else disc(look.skin, hand, 4.4),
        fill(look.top, tube((shoulder, 6.4), (half, 5.8), end=0.3)),
    ]


def head(look: Look, *, smile: bool = True, seen: bool = True) -> list[Drawn]:
    """A head in profile about the middle of its skull; its face may not be seen."""
    face = (
        "M-2-11.5C5-12.5 9.5-8 9.8-3 10 -1.5 12.6 1.6 12.4 2.8 12.2 3.8 10.6 3.7 10.3 4.3"
        " 10.6 5.6 10.4 6.4 9.8 7.2 10 9.6 8.4 11.6 5.2 11.4 1 11.2-3 9.5-5 6-8 2-9-8-2-11.5Z"
    )
    parts: list[Drawn] = []
    if look.cut == "bun":
        parts.append(disc(look.hair, -11.5 - 8.5j, 5.2))
    if look.cut == "tail":
        parts.append(fill(look.hair, "M-9-8C-19-9-20 4-16 13-15 8-13 3-7 2Z"))
    parts.append(fill(look.skin, face))
    parts.append(fill(look.hair, _hair(look.cut)))
    parts.append(disc(shaded(look.skin), -1 + 1.6j, 2.2))
    if seen:
        parts.append(line("ink", 0.9, stroke(5.6 - 0.6j, 7 + 0.3j, 8.6 - 0.4j)))
    if seen and smile:
        parts.append(line("ink", 0.8, stroke(9 + 6.4j, 7.6 + 7.2j, 6.4 + 6.6j)))
    return parts


def _hair(cut: str) -> str:
    if cut == "short":
        return (
            "M9-6.5C7.5-13.5 1-15-4-13.8-11-12-13-5-11.5 0-11 3-9.5 5-7.5 6.5-5.5 5-4.5"
            " 2-3.2-1.5 1-2.5 6-4 9-6.5Z"
        )
    if cut == "long":
        return (
            "M9.2-5.5C8-13.5 1-15.2-4-14-12-12-13.5-4-12.5 2-12.5 8-13 13-11 17-6 18-2"
            " 15-3.5 9-4.5 5-3-0-2-2 2-2 7-3.5 9.2-5.5Z"
        )
    return (
        "M9.2-5.5C8-13 1-14.8-4-13.6-11.5-12-13.2-5-12 0-11.4 4-9 7-6.2 7.6-4.4 6-3"
        " 2.6-2.4-1.6 2-1.4 6.6-3.2 9.2-5.5Z"
    )
