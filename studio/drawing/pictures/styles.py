"""Where walking on backs comes from: five places, each with what it holds on to."""

from studio.drawing.geometry import Point
from studio.drawing.lying import prone
from studio.drawing.paper import Drawn, Group, Sheet, box, disc, group, line, moved
from studio.drawing.people import Foot, Look, Pose, person
from studio.drawing.pictures.asia import coast, place
from studio.drawing.room import mat
from studio.drawing.scene import sheet

GIVERS = {
    "india": Look("umber", "hair-dark", "short", "cloth", "clay"),
    "japan": Look("porcelain", "hair-dark", "bun", "accent", "ink"),
    "thailand": Look("terracotta", "hair-dark", "short", "clay", "ink"),
    "china": Look("sand", "hair-dark", "short", "ink-shade", "ink"),
    "philippines": Look("terracotta", "hair-dark", "tail", "leaf", "ink"),
}
RECEIVERS = {
    "india": Look("terracotta", "hair-dark", "short"),
    "japan": Look("sand", "hair-grey", "short"),
    "thailand": Look("sand", "hair-dark", "short"),
    "china": Look("porcelain", "hair-dark", "short"),
    "philippines": Look("umber", "hair-dark", "short"),
}


def india() -> Sheet:
    """A rope hangs from the ceiling."""
    rope = line("wood-shade", 3, "M52-240C50-190 47-160 48-122 48-100 54-80 50-58")
    knots = (disc("wood-shade", 48.5 - 128j, 4), disc("wood-shade", 50 - 60j, 4.6))
    pose = _standing(near=46 - 150j, far=46 - 168j)
    return _on_a_mat("india", pose, group(rope, *knots))


def japan() -> Sheet:
    """Between the backs of two chairs."""
    pose = _standing(near=36 - 92j, far=44 - 102j)
    return _on_a_mat(
        "japan", pose, moved(44 - 6j, _chair("wood-shade")), moved(36 + 8j, _chair("wood"))
    )


def thailand() -> Sheet:
    """A mat and nothing else."""
    pose = Pose(-56 - 86j, Foot(-26 - 21j, -8), Foot(-74 - 4j), -24 - 76j, -28 - 78j, lean=14)
    return _on_a_mat("thailand", pose)


def china() -> Sheet:
    """Two bars on posts."""
    far = line("wood-shade", 4.4, "M-60-118H96M-50-118V-4M86-118V-4")
    near = line("wood", 5.4, "M-68-108H92M-58-108V10M82-108V10")
    pose = _standing(near=40 - 108j, far=36 - 118j)
    return _on_a_mat("china", pose, far, near)


def philippines() -> Sheet:
    """A bamboo rod in each hand."""
    pose = _standing(near=44 - 104j, far=50 - 112j)
    return _on_a_mat("philippines", pose, _bamboo(58 - 6j, -4), _bamboo(46 + 10j, -1))


def _standing(*, near: Point, far: Point) -> Pose:
    return Pose(6 - 104j, Foot(22 - 18j), Foot(-6 - 25j, 8), near, far, lean=5, nod=20)


def _on_a_mat(
    country: str, pose: Pose, far: Drawn | None = None, near: Drawn | None = None
) -> Sheet:
    corner, size = -118 - 206j, 232 + 232j
    figure = person(pose, GIVERS[country])
    props = [prop for prop in (far,) if prop]
    return sheet(
        480, 480, corner, 232,
        box("wall", corner, size),
        disc("glow", 0 - 96j, 98),
        box("floor", complex(corner.real, 2), complex(size.real, 40)),
        mat(),
        *props,
        figure.far,
        prone(RECEIVERS[country]),
        *([near] if near else []),
        figure.near,
    )  # fmt: skip


def _chair(tone: str) -> Drawn:
    return line(tone, 4, "M2 0L4-46-2-98M4-46H40L42 0")


def _bamboo(foot: Point, degrees: float) -> Group:
    knots = "".join(f"M-3 {-30 * index:g}H3" for index in range(1, 6))
    return moved(
        foot, line("leaf", 5, "M0 0V-172"), line("leaf-shade", 1.6, knots), degrees=degrees
    )


def all_five() -> Sheet:
    """A map of Asia with the five."""
    dots = [
        group(disc("sun", place(*where), 17, 0.55), disc("clay", place(*where), 8))
        for where in ((76.5, 10.5), (138, 36.2), (100.8, 15.5), (112, 31), (121.3, 15.5))
    ]
    return sheet(800, 450, 0, 800, box("wall", 0, 800 + 450j), *coast(), *dots)
