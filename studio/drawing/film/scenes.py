"""What each scene of the film shows at a moment, counted from the scene's own beginning."""

from dataclasses import dataclass

from studio.drawing.above import back, foot, spine
from studio.drawing.film.motion import along, breath, crest, eased, swing
from studio.drawing.geometry import Point, between, number, pair
from studio.drawing.lying import RESTING_HAND, prone, supine
from studio.drawing.paper import Drawn, box, disc, faded, line, moved
from studio.drawing.people import Figure, Foot, Pose, person, standing_on
from studio.drawing.pictures.homes import house
from studio.drawing.room import (
    BARS,
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
from studio.drawing.scene import CLIENT, CLIENT_DRESSED, THERAPIST, on_table

WALLS = walls(-400 - 300j, 800 + 600j)
# Where the camera stands for whatever happens on the table; captions have the floor.
SESSION = (-258 - 212j, 524.0)
ROOM = (WALLS, arch(-10 + 46j, 150, 225), plant(-186 + 62j, scale=1.25), shelf(130 - 96j))


@dataclass(frozen=True)
class View:
    """Drawn things through a window: its upper left corner, and how many centimetres it is wide."""

    corner: Point
    across: float
    drawn: tuple[Drawn, ...]


def arriving(now: float) -> View:
    """The house, and its door."""
    nearer = eased(now, 0, 4.5)
    return View(between(-20 + 0j, 30 + 32j, nearer), 340 - 90 * nearer, tuple(house()))


def talking(now: float) -> View:
    """Two people on chairs."""
    speaks = eased(now, 0.6, 1.2) * (0.6 + 0.4 * swing(now, 1.7)) * (1 - eased(now, 2.8, 3.6))
    seat = 0 + 4j
    client = person(
        Pose(seat, standing_on(complex(38, FLOOR)), standing_on(complex(30, FLOOR - 3)),
             33 - 4j, 38 - 6j - 12j * speaks, lean=-2, nod=2 + 3 * swing(now, 2.1)),
        CLIENT_DRESSED,
    )  # fmt: skip
    therapist = person(
        Pose(seat, standing_on(complex(36, FLOOR)), standing_on(complex(28, FLOOR - 3)),
             36 - 14j, 42 - 22j, lean=5, nod=4 + 6 * eased(now, 2.4, 2.9) - 6 * eased(now, 3, 3.5)),
        THERAPIST,
    )  # fmt: skip
    drawn = (
        WALLS,
        arch(0 + 46j, 120, 160),
        plant(-136 + 56j, scale=0.9),
        shelf(94 - 84j),
        moved(-62 + 0j, chair(), therapist.far, board(37 - 19j), therapist.near),
        moved(62 + 0j, chair(), client.far, cup(36 - 9j), client.near, mirrored=True),
    )
    return View(-160 - 118j, 320, drawn)


def oiling(now: float) -> View:
    """Oil is poured, then spread by hand."""
    spreads = eased(now, 2, 4.6)
    spread_to = 2 + 38 * spreads
    hand = complex(spread_to, crest(spread_to + 2) + 0.5)
    pouring = eased(now, 0.9, 1.4) * (1 - eased(now, 2.1, 2.4))
    flask = between(24 - 46j, -2 - 54j, eased(now, 2.2, 3.2))
    tilt = 60 + 58 * eased(now, 0.4, 1) - 70 * eased(now, 2, 2.8)
    therapist = person(
        Pose(-28 - 40j + 4 * spreads, standing_on(complex(-34, FLOOR - 8)),
             standing_on(complex(-20, FLOOR - 10)), hand, flask, lean=20 + 6 * spreads, nod=22,
             near_palm=True),
        THERAPIST,
    )  # fmt: skip
    stream = [poured(flask + 11 + 6j, -21, part=eased(now, 0.9, 1.3))] if pouring > 0.05 else []
    shine = [oil_on_back(24, 25 + 20 * eased(now, 1.3, 4.4))] if now > 1.3 else []
    drawn = (
        *ROOM, bottle(flask, degrees=tilt), therapist.far, therapist.trunk,
        table(), prone(CLIENT, breath=breath(now)), *shine, *stream, therapist.arm,
    )  # fmt: skip
    return View(-136 - 131j, 328, drawn)


def reaching(now: float) -> View:
    """The hands go up to the bars."""
    hip = -42 - 92j
    near = along(eased(now, 0.8, 2.4), hip + 12 + 2j, hip + 62 - 50j, complex(hip.real + 34, BARS))
    far = along(
        eased(now, 1.2, 2.8), hip + 8 + 4j, hip + 56 - 54j, complex(hip.real + 20, BARS - 7)
    )
    nod = 16 - 30 * eased(now, 0.4, 1.2) + 27 * eased(now, 2.6, 3.4)
    pose = Pose(hip, Foot(-30 - 4j), Foot(-56 - 8j), near, far, lean=3, nod=nod)
    return _session(now, person(pose, THERAPIST))


def settling(now: float) -> View:
    """The first foot comes down beside the spine, waits, and glides."""
    glide = eased(now, 2.2, 3.9)
    ankle = along(eased(now, 0.5, 1.7), -30 - 4j, -16 - 56j, 2 - 17.5j)
    ankle += complex(16 * glide, crest(2 + 16 * glide) - crest(2))
    hip = between(-42 - 92j, -26 - 91j, eased(now, 0.4, 3.6))
    pitch = 14 * eased(now, 0.5, 1) * (1 - eased(now, 1.3, 1.8))
    return _session(now, _holding(hip, Foot(ankle, pitch), Foot(-52 - 8j), lean=7))


def stroking(now: float) -> View:
    """Both feet, one forward while the other comes back."""
    return _session(now, _walking(now))


def _walking(now: float, *, lightly: float = 0, reach: float = 12) -> Figure:
    sway = swing(now, 4)
    near, far = 20 + reach * sway, -4 - reach * sway
    return _holding(
        6 - 100j + 3 * sway - 7j * lightly,
        Foot(complex(near, crest(near + 6) - 0.5 - 4 * lightly), 20 * lightly),
        Foot(complex(far, crest(far + 6) - 8 - 2 * lightly), 8 + 4 * sway + 14 * lightly),
        lean=6 - 2 * lightly,
        reach=35 - 6 * lightly,
    )


def from_above(now: float) -> View:
    """The same feet, and the spine between them."""
    way = 11 * swing(now, 4)
    drawn = (
        box("floor", -200 - 200j, 400 + 400j),
        disc("rug", 0 + 10j, 74),
        back(CLIENT),
        spine(-28, 29),
        foot(complex(-10.4, 9 + way), THERAPIST, left=True, leg=70),
        foot(complex(10.4, 9 - way), THERAPIST, leg=70),
    )
    return View(-66 - 50j, 132, drawn)


def lightening(now: float) -> View:
    """A hand is raised; the arms pull, and less of the weight comes down."""
    raised = eased(now, 0.9, 1.7) * (1 - eased(now, 3.4, 4.3))
    hand = along(raised, 77 + 9j, 92 - 6j, 88 - 40j)
    lightly = eased(now, 1.7, 2.7)
    figure = _walking(now * 0.6, lightly=lightly, reach=5)
    felt = [
        faded(1 - lightly if radius > 12 else 1, line("clay", 2.2, _wave(28 - 7j, radius)))
        for radius in (11, 17, 23)
    ]
    lying = prone(CLIENT, breath=breath(now), hand=hand)
    return View(*SESSION, (*ROOM, on_table(figure, lying), *felt))


def _wave(centre: Point, radius: float) -> str:
    left = pair(centre - radius + 5j)
    return f"M{left}a{number(radius)} {number(radius * 0.8)} 0 0 0 {number(2 * radius)} 0"


def resting(now: float) -> View:
    """Alone under a blanket, while the sun goes down."""
    drawn = (
        WALLS,
        arch(-30 + 46j, 120, 146),
        disc("sun", complex(-30, -48 + 8 * eased(now, 0, 5)), 22),
        plant(-112 + 56j, scale=0.95),
        table(),
        supine(CLIENT, breath=1.2 * breath(now), cover="leaf"),
        stool(96 + 0j),
    )
    return View(-140 - 104j, 290, drawn)


def _holding(hip: Point, near: Foot, far: Foot, *, lean: float, reach: float = 34) -> Figure:
    hand = complex(hip.real + reach, BARS)
    return person(Pose(hip, near, far, hand, hand - 14 - 7j, lean=lean, nod=13), THERAPIST)


def _session(now: float, figure: Figure) -> View:
    drawn = (*ROOM, on_table(figure, prone(CLIENT, breath=breath(now), hand=RESTING_HAND)))
    return View(*SESSION, drawn)
