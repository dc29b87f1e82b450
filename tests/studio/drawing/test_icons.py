import pytest
from django.conf import settings
from PIL import Image

from studio.drawing import icons

FOLDER = settings.BASE_DIR / "studio/static/studio"


def test_the_icon_is_what_the_script_draws():
    assert (FOLDER / "icon.svg").read_text() == icons.icon().svg(evening=False)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("icon-180", (180, 180)),
        ("icon-192", (192, 192)),
        ("icon-512", (512, 512)),
        ("icon-maskable-512", (512, 512)),
        ("card", (1200, 630)),
    ],
)
def test_each_picture_has_its_size_and_is_light(name, size):
    path = FOLDER / f"{name}.png"

    with Image.open(path) as picture:
        assert picture.size == size
    assert path.stat().st_size < 100_000


def test_the_maskable_icon_fills_its_square_and_keeps_its_mark_within_the_safe_zone():
    with Image.open(FOLDER / "icon-maskable-512.png") as opened:
        picture = opened.convert("RGB")

    ground = picture.getpixel((0, 0))
    marked = [
        (x, y)
        for x in range(0, 512, 4)
        for y in range(0, 512, 4)
        if picture.getpixel((x, y)) != ground
    ]
    assert marked
    assert all((x - 256) ** 2 + (y - 256) ** 2 <= (0.4 * 512) ** 2 for x, y in marked)
