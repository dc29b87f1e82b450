"""What stands around a session: how one feels, when to wait, the house, and finding nothing."""

from studio.drawing.above import sole
from studio.drawing.paper import (
    Again,
    Drawn,
    Sheet,
    box,
    disc,
    fill,
    line,
    moved,
    named,
)
from studio.drawing.people import Look, Pose, person, standing_on
from studio.drawing.room import FLOOR, arch, bars, chair, cup, plant, table, walls
from studio.drawing.scene import sheet


def benefits() -> Sheet:
    """Standing tall and loose."""
    look = Look("umber", "hair-dark", "tail", "clay", "ink")
    pose = Pose(
        0 - 40j,
        standing_on(complex(4, FLOOR)),
        standing_on(complex(-8, FLOOR - 2)),
        38 - 132j,
        -34 - 134j,
        lean=-4,
        nod=-18,
    )
    figure = person(pose, look)
    return sheet(
        800, 600, -120 - 150j, 276,
        walls(-120 - 150j, 276 + 207j),
        disc("sun", 0 - 78j, 60),
        plant(-84 + 54j, scale=1.1),
        plant(94 + 54j, scale=0.85),
        figure.far,
        figure.near,
    )  # fmt: skip


def when_not() -> Sheet:
    """At home under a blanket, with something warm."""
    pose = Pose(
        0 + 4j,
        standing_on(complex(42, FLOOR)),
        standing_on(complex(34, FLOOR - 3)),
        31 - 26j,
        34 - 24j,
        lean=-6,
        nod=6,
        smile=False,
    )
    figure = person(pose, Look("porcelain", "hair-red", "long", "leaf-shade", "ink"))
    blanket = fill(
        "clay",
        (
            "M-13-6C-6-12 14-13 36-9 52-6 58 6 57 26 56 36 56 42 57 47 46 50 34 47 24 48 10 49-6 48"
            "-16 46-18 30-19 8-13-6Z"
        ),
    )
    seam = line("cloth", 1.4, "M-16 38C0 41 30 38 56 39", 0.6)
    return sheet(
        800, 600, -110 - 122j, 240,
        walls(-110 - 122j, 240 + 180j),
        moved(58 - 100j, *_calendar()),
        plant(88 + 54j),
        moved(-26 + 0j, chair(), figure.far, cup(35 - 29j), figure.near, blanket, seam),
    )  # fmt: skip


def _calendar(*, full: bool = False) -> list[Drawn]:
    days = [
        disc(
            "clay" if full or (column, row) == (1, 1) else "fold",
            complex(8 + 8.4 * column, 20 + 9 * row),
            2.6,
        )
        for row in range(3)
        for column in range(5)
    ]
    return [box("cloth", 0, 50 + 48j, 4), fill("accent", "M0 11V4Q0 0 4 0H46Q50 0 50 4V11Z"), *days]


def place() -> Sheet:
    """The house from the street."""
    return sheet(750, 500, 0, 300, *house())


def house() -> list[Drawn]:
    """A small house with a foot for a sign, 300 wide, its ground at 170."""
    window = (box("cushion", 0, 26 + 28j, 13), line("cloth", 1.6, "M13 0V28M0 15H26"))
    return [
        box("wall", -60 - 40j, 420 + 300j),
        disc("sun", 246 + 44j, 18),
        box("floor", -60 + 168j, 420 + 100j),
        line("leaf-shade", 5, "M44 170V110"),
        disc("leaf", 44 + 92j, 30),
        disc("leaf-shade", 62 + 108j, 16),
        box("cloth", 84 + 52j, 140 + 118j, 3),
        fill("clay", "M76 56L96 30H212L232 56Z"),
        box("wood", 136 + 104j, 36 + 66j, 3),
        fill("glow", "M141 112Q141 108 145 108H163Q167 108 167 112V136H141Z"),
        disc("sun", 165 + 144j, 1.8),
        moved(98 + 70j, *window),
        moved(184 + 70j, *window),
        moved(141 + 92j, *_sign()),
        plant(112 + 170j, scale=0.55),
        plant(196 + 170j, scale=0.55),
    ]


def _sign() -> list[Drawn]:
    return [disc("accent", 13 - 14j, 13), moved(13 - 7.5j, *sole("porcelain"), scale=0.62)]


def nothing_free() -> Sheet:
    """The room is ready, and nobody is in it yet."""
    far_bar, near_bar = bars(-110, 120, ceiling=-240, height=-150)
    return sheet(
        800, 600, -150 - 172j, 312,
        walls(-150 - 172j, 312 + 234j),
        arch(4 + 46j, 120, 170),
        moved(92 - 104j, *_calendar(full=True)),
        far_bar,
        plant(-122 + 56j, scale=1.1),
        table(),
        box("cloth", -90 - 9j, 40 + 9j, 4),
        box("cloth-shade", -88 - 17j, 36 + 8j, 4),
        near_bar,
    )  # fmt: skip


def lost() -> Sheet:
    """Steps that go astray before the door."""
    steps = (
        (14, 150, 62), (38, 124, 34), (66, 128, 78), (84, 102, 44), (112, 98, 60), (116, 70, -4),
        (106, 44, -44), (78, 36, -100), (52, 50, -160), (62, 76, -226), (90, 76, -262),
        (112, 46, -300), (138, 50, -282), (152, 22, -316),
    )  # fmt: skip
    soles: list[Drawn] = [named("sole", *sole("accent")), *[Again("sole")] * (len(steps) - 1)]
    prints = (
        moved(complex(x, y), one, degrees=turn, scale=0.72, mirrored=bool(index % 2))
        for index, (one, (x, y, turn)) in enumerate(zip(soles, steps, strict=True))
    )
    return sheet(
        800, 600, 0, 240,
        box("wall", 0, 240 + 180j),
        box("floor", 156j, 240 + 24j),
        arch(196 + 156j, 56, 92),
        moved(150 + 164j, plant(0j, scale=0.7)),
        *prints,
    )  # fmt: skip
