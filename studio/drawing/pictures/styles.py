"""Where walking on backs comes from: five places, each with what it holds on to."""

from studio.drawing.geometry import Point
from studio.drawing.lying import prone, prone_in_clothes
from studio.drawing.paper import Drawn, Group, Sheet, box, disc, group, line, moved
from studio.drawing.people import Foot, Look, Pose, person
from studio.drawing.pictures.asia import coast, place
from studio.drawing.room import mat
from studio.drawing.scene import sheet

GIVERS = {
    "india": Look("umber", "hair-dark", "short", "cloth", "clay"),
    "japan": Look("porcelain", "hair-grey", "short", "accent", "ink"),
    "thailand": Look("terracotta", "hair-dark", "short", "clay", "ink"),
    "china": Look("sand", "hair-dark", "short", "ink-shade", "ink"),
    "philippines": Look("terracotta", "hair-dark", "tail", "leaf", "ink"),
}
RECEIVERS = {
    "india": Look("terracotta", "hair-dark", "short"),
    "japan": Look("sand", "hair-dark", "bun", "cloth", "cloth"),
    "thailand": Look("sand", "hair-dark", "short", "sun", "leaf-shade"),
    "china": Look("porcelain", "hair-dark", "short"),
    "philippines": Look("umber", "hair-dark", "short"),
}


def india() -> Sheet:
    """One foot works, and the hands hold a rope."""
    rope = line("wood-shade", 3, "M30-240C28-190 25-160 26-122 26-100 32-80 28-58")
    knots = (disc("wood-shade", 26.5 - 126j, 4), disc("wood-shade", 28 - 60j, 4.6))
    pose = _one_foot(26 - 138j, 25.5 - 156j)
    return _on_a_mat("india", pose, prone(RECEIVERS["india"]), group(rope, *knots))


def japan() -> Sheet:
    """Through clothes, with the back of a chair to lean on."""
    pose = _one_foot(32 - 92j, 36 - 97j)
    chair = moved(34 + 2j, line("wood", 4.4, "M3 0L5-46-1-100M5-46H43L45 0"))
    return _on_a_mat("japan", pose, prone_in_clothes(RECEIVERS["japan"]), chair)


def thailand() -> Sheet:
    """A mat, loose clothes, and nothing to hold."""
    pose = Pose(-56 - 86j, Foot(-26 - 21j, -8), Foot(-74 - 10j), -24 - 76j, -28 - 78j, lean=14)
    return _on_a_mat("thailand", pose, prone_in_clothes(RECEIVERS["thailand"]))


def china() -> Sheet:
    """Two bars on posts."""
    far = line("wood-shade", 4.4, "M-60-118H96M-50-118V-4M86-118V-4")
    near = line("wood", 5.4, "M-68-108H92M-58-108V10M82-108V10")
    pose = _standing(near=40 - 108j, far=36 - 118j)
    return _on_a_mat("china", pose, prone(RECEIVERS["china"]), far, near)


def philippines() -> Sheet:
    """A rod of bamboo in each hand."""
    pose = _standing(near=44 - 104j, far=50 - 112j)
    client = prone(RECEIVERS["philippines"])
    return _on_a_mat("philippines", pose, client, _bamboo(58 - 6j, -4), _bamboo(46 + 10j, -1))


def _standing(*, near: Point, far: Point) -> Pose:
    return Pose(6 - 104j, Foot(22 - 18j), Foot(-6 - 25j, 8), near, far, lean=5, nod=20)


def _one_foot(near: Point, far: Point) -> Pose:
    return Pose(-16 - 88j, Foot(18 - 20j, -4), Foot(-42 - 10j), near, far, lean=8, nod=20)


def _on_a_mat(
    country: str, pose: Pose, client: Group, far: Drawn | None = None, near: Drawn | None = None
) -> Sheet:
    corner, size = -118 - 206j, 232 + 232j
    figure = person(pose, GIVERS[country])
    return sheet(
        480, 480, corner, 232,
        box("wall", corner, size),
        disc("glow", 0 - 96j, 98),
        box("floor", complex(corner.real, 2), complex(size.real, 40)),
        mat(),
        *([far] if far else []),
        figure.far,
        client,
        *([near] if near else []),
        figure.near,
    )  # fmt: skip


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
