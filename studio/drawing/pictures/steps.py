"""How a session is done, step by step."""

from studio.drawing.lying import prone, supine
from studio.drawing.paper import Sheet, disc, moved
from studio.drawing.people import Figure, Foot, Pose, person, standing_on
from studio.drawing.room import (
    FLOOR,
    arch,
    board,
    bottle,
    chair,
    cup,
    oil_on_back,
    plant,
    poured,
    shelf,
    stool,
    table,
    walls,
)
from studio.drawing.scene import CLIENT, CLIENT_DRESSED, THERAPIST, on_table, on_the_bars, sheet


def talk() -> Sheet:
    """Both sit and talk first."""
    ground = FLOOR
    sitting = Pose(
        0 + 4j,
        standing_on(complex(38, ground)),
        standing_on(complex(30, ground - 3)),
        33 - 4j,
        38 - 6j,
        lean=-2,
        nod=2,
    )
    client = person(sitting, CLIENT_DRESSED)
    listening = Pose(
        0 + 4j,
        standing_on(complex(36, ground)),
        standing_on(complex(28, ground - 3)),
        36 - 14j,
        42 - 22j,
        lean=4,
        nod=4,
    )
    therapist = person(listening, THERAPIST)
    return sheet(
        800, 600, -130 - 132j, 260,
        walls(-130 - 132j, 260 + 195j),
        arch(0 + 46j, 120, 160),
        plant(-112 + 54j, scale=0.8),
        moved(-62 + 0j, chair(), therapist.far, board(37 - 19j), therapist.near),
        moved(62 + 0j, chair(), client.far, cup(36 - 9j), client.near, mirrored=True),
    )  # fmt: skip


def oil() -> Sheet:
    """Warm oil, poured and spread by hand."""
    pose = Pose(
        -28 - 40j,
        standing_on(complex(-34, FLOOR - 8)),
        standing_on(complex(-20, FLOOR - 10)),
        5 - 18j,
        24 - 46j,
        lean=20,
        nod=22,
        near_palm=True,
    )
    therapist = person(pose, THERAPIST)
    return sheet(
        800, 600, -125 - 138j, 256,
        walls(-125 - 138j, 256 + 192j),
        arch(40 + 46j, 130, 170),
        shelf(66 - 70j),
        bottle(25 - 46j),
        therapist.far,
        therapist.trunk,
        table(),
        prone(CLIENT),
        oil_on_back(14, 44),
        poured(35 - 40j, -21),
        therapist.arm,
    )  # fmt: skip


def first_stroke() -> Sheet:
    """One foot stands on the table, the other strokes."""
    therapist = on_the_bars(-44 - 92j, Foot(8 - 21j, -4), Foot(-56 - 8j), reach=38, lean=8)
    return _closer(therapist)


def walk() -> Sheet:
    """Both feet, slowly up and down."""
    therapist = on_the_bars(4 - 102j, Foot(26 - 19j), Foot(-10 - 27j, 22), lean=6)
    return _closer(therapist)


def _closer(therapist: Figure) -> Sheet:
    return sheet(
        800, 600, -170 - 214j, 350,
        walls(-170 - 214j, 350 + 264j),
        arch(-10 + 46j, 150, 220),
        plant(140 + 50j),
        on_table(therapist, prone(CLIENT)),
    )  # fmt: skip


def turn() -> Sheet:
    """On the back; the legs' turn."""
    therapist = on_the_bars(-50 - 92j, Foot(-14 - 22j, -4), Foot(-72 - 9j), reach=38, lean=8)
    return sheet(
        800, 600, -190 - 214j, 350,
        walls(-190 - 214j, 350 + 264j),
        arch(30 + 46j, 150, 220),
        plant(132 + 50j),
        on_table(therapist, supine(CLIENT), left=-150, right=120),
    )  # fmt: skip


def rest() -> Sheet:
    """A quiet while afterwards, alone under a blanket."""
    return sheet(
        800, 600, -112 - 112j, 224,
        walls(-112 - 112j, 224 + 168j),
        arch(-30 + 46j, 120, 146),
        disc("sun", -30 - 44j, 22),
        plant(-92 + 54j, scale=0.8),
        table(),
        supine(CLIENT, cover="leaf"),
        stool(92 + 0j),
    )  # fmt: skip
