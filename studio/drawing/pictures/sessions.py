"""Sessions as they are given: with the bars, on a mat, by hand."""

from studio.drawing.above import arrow
from studio.drawing.lying import prone
from studio.drawing.paper import Again, Drawn, Sheet, group, moved, named
from studio.drawing.people import Foot, Pose, person, standing_on
from studio.drawing.room import BARS, FLOOR, arch, bars, mat, plant, shelf, table, walls
from studio.drawing.scene import (
    CLIENT,
    OTHER_CLIENT,
    OTHER_THERAPIST,
    THERAPIST,
    on_table,
    on_the_bars,
    sheet,
)


def bar() -> Sheet:
    """The therapist stands over the client and holds the bars."""
    therapist = on_the_bars(0 - 102j, Foot(20 - 18j), Foot(-13 - 28j, 6))
    return sheet(
        800, 600, -190 - 222j, 376,
        walls(-190 - 222j, 376 + 282j),
        arch(-10 + 46j, 150, 225),
        plant(-150 + 60j, scale=1.15),
        shelf(125 - 96j),
        on_table(therapist, prone(CLIENT)),
    )  # fmt: skip


def session_bar() -> Sheet:
    """The same, nearer."""
    therapist = on_the_bars(
        -4 - 102j, Foot(22 - 18j), Foot(-10 - 25j, 14), lean=7, look=OTHER_THERAPIST
    )
    return sheet(
        750, 500, -175 - 214j, 396,
        walls(-175 - 214j, 396 + 264j),
        arch(60 + 46j, 140, 210),
        plant(170 + 48j, scale=1.2),
        on_table(therapist, prone(OTHER_CLIENT)),
    )  # fmt: skip


def session_mat() -> Sheet:
    """On a mat on the floor, without anything to hold."""
    pose = Pose(
        -16 - 88j,
        Foot(17 - 20j, -6),
        Foot(-44 - 9j),
        18 - 76j,
        14 - 78j,
        lean=14,
        nod=18,
        near_palm=True,
    )
    therapist = person(pose, THERAPIST)
    return sheet(
        750, 500, -176 - 186j, 330,
        walls(-176 - 186j, 330 + 220j, floor=0),
        arch(-16 - 6j, 150, 176),
        plant(118 - 4j, scale=1.1),
        mat(),
        therapist.far,
        prone(CLIENT),
        therapist.near,
    )  # fmt: skip


def session_hands() -> Sheet:
    """By hand, from the head of the table."""
    pose = Pose(
        0 - 36j,
        standing_on(complex(-12, FLOOR + 4)),
        standing_on(complex(-34, FLOOR), pitch=14),
        60 - 22j,
        70 - 24j,
        lean=36,
        nod=8,
        near_palm=True,
        far_palm=True,
    )
    therapist = person(pose, OTHER_THERAPIST)
    return sheet(
        750, 500, -150 - 148j, 324,
        walls(-150 - 148j, 324 + 216j),
        arch(-60 + 46j, 120, 168),
        shelf(-24 - 92j),
        moved(112 + 0j, therapist.far, mirrored=True),
        table(),
        prone(OTHER_CLIENT),
        moved(112 + 0j, therapist.near, mirrored=True),
    )  # fmt: skip


def pressure() -> Sheet:
    """The same stroke twice: light while the arms carry most, firm while they carry little."""
    light = on_the_bars(-8 - 108j, Foot(12 - 23j, 16), Foot(-18 - 29j, 26), reach=30, lean=3)
    firm = on_the_bars(
        -2 - 101j, Foot(20 - 18j), Foot(-10 - 24j, 4), reach=40, lean=6, look=OTHER_THERAPIST
    )
    corner, size = -126 - 256j, 460 + 345j
    far_bar, near_bar = bars(-96, 90, ceiling=BARS - 60)
    behind = named("behind", arch(-8 + 46j, 150, 225), far_bar, table())
    return sheet(
        800, 600, corner, 460,
        walls(corner, size),
        behind, light.far, named("client", prone(OTHER_CLIENT)), named("bar", near_bar), light.near,
        _carried(up=9, down=3),
        moved(
            216 + 0j,
            Again("behind"), firm.far, Again("client"), Again("bar"), firm.near,
            _carried(up=3, down=9),
        ),
    )  # fmt: skip


def _carried(*, up: float, down: float) -> Drawn:
    """How much the bars take, and how much reaches the back, by the breadth of two arrows."""
    return group(
        arrow(-56 - 132j, -56 - 146j, -56 - 176j, tone="clay", width=up),
        arrow(-56 - 92j, -56 - 80j, -56 - 48j, tone="clay", width=down),
    )
