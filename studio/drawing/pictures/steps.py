"""How a session is done, step by step."""

from dataclasses import replace

from studio.drawing.geometry import Point
from studio.drawing.lying import prone, supine
from studio.drawing.paper import Drawn, Group, Sheet, box, fill, line, moved
from studio.drawing.people import Figure, Foot, Pose, person, standing_on
from studio.drawing.room import FLOOR, arch, chair, cup, plant, shelf, table, walls
from studio.drawing.scene import CLIENT, THERAPIST, on_table, on_the_bars, sheet

CLIENT_DRESSED = replace(CLIENT, top="clay", trousers="ink")


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
        moved(-62 + 0j, chair(), therapist.far, _board(37 - 19j), therapist.near),
        moved(62 + 0j, chair(), client.far, cup(36 - 9j), client.near, mirrored=True),
    )  # fmt: skip


def _board(place: Point) -> Group:
    return moved(
        place,
        box("wood", -9 - 1j, 20 + 2.4j, 1),
        box("cloth", -7 - 2j, 16 + 1.6j, 0.6),
        degrees=-24,
    )


def oil() -> Sheet:
    """Warm oil first."""
    pose = Pose(
        -28 - 40j,
        standing_on(complex(-34, FLOOR - 8)),
        standing_on(complex(-20, FLOOR - 10)),
        22 - 44j,
        12 - 26j,
        lean=20,
        nod=22,
    )
    therapist = person(pose, THERAPIST)
    return sheet(
        800, 600, -125 - 138j, 256,
        walls(-125 - 138j, 256 + 192j),
        arch(40 + 46j, 130, 170),
        shelf(66 - 70j),
        therapist.far,
        moved(24 - 43j, *_bottle(), degrees=118),
        therapist.near,
        table(),
        prone(CLIENT),
        line("sun", 1.8, "M33-37Q34.5-30 34.5-23"),
        fill("sun", "M24-19.5Q30-22.5 38-21.6 45-20.8 47-19 40-17.6 34-17.6 28-17.6 24-19.5Z"),
    )  # fmt: skip


def _bottle() -> list[Drawn]:
    return [box("clay", -4 - 9j, 8 + 14j, 2.5), box("ink-shade", -1.4 - 13j, 2.8 + 4j, 0.8)]


def first_stroke() -> Sheet:
    """One foot stands on the table, the other strokes."""
    therapist = on_the_bars(-44 - 92j, Foot(8 - 21j, -4), Foot(-56 - 8j), reach=44, lean=8)
    return _closer(therapist)


def walk() -> Sheet:
    """Both feet, slowly up and down."""
    therapist = on_the_bars(4 - 102j, Foot(26 - 19j), Foot(-10 - 27j, 22), reach=40, lean=6)
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
    therapist = on_the_bars(-50 - 92j, Foot(-14 - 22j, -4), Foot(-72 - 8j), reach=44, lean=8)
    return sheet(
        800, 600, -190 - 214j, 350,
        walls(-190 - 214j, 350 + 264j),
        arch(30 + 46j, 150, 220),
        plant(132 + 50j),
        on_table(therapist, supine(CLIENT), left=-150, right=120),
    )  # fmt: skip


def rest() -> Sheet:
    """A quiet while afterwards."""
    sitting = Pose(
        0 + 4j,
        standing_on(complex(40, FLOOR)),
        standing_on(complex(32, FLOOR - 3)),
        30 - 24j,
        33 - 22j,
        lean=-8,
        nod=-2,
    )
    client = person(sitting, CLIENT)
    return sheet(
        800, 600, -110 - 122j, 240,
        walls(-110 - 122j, 240 + 180j),
        arch(24 + 46j, 130, 160),
        plant(88 + 54j, scale=1.2),
        moved(-30 + 0j, chair(), client.far, cup(34 - 27j), client.near),
    )  # fmt: skip
