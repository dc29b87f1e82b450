import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.conf import settings

from studio.drawing.pictures import DRAWINGS

SVG = "{http://www.w3.org/2000/svg}"


def drawing(name: str) -> Path:
    return settings.BASE_DIR / "studio/static/drawings" / f"{name}.svg"


def test_every_file_is_a_drawing_and_every_drawing_a_file():
    files = {path.stem for path in drawing("x").parent.iterdir()}

    assert files == set(DRAWINGS)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_file_is_what_the_script_draws(name):
    assert drawing(name).read_text() == DRAWINGS[name]().svg()


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_has_its_size_and_an_evening_scheme(name):
    root = ET.parse(drawing(name)).getroot()

    width, height = int(root.attrib["width"]), int(root.attrib["height"])
    *_, across, down = map(float, root.attrib["viewBox"].split())
    style = root.findtext(f"{SVG}style") or ""
    assert across / down == pytest.approx(width / height, rel=0.01)
    assert "@media(prefers-color-scheme:dark)" in style


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_shapes_alone_and_refers_to_nothing_outside(name):
    text = drawing(name).read_text()
    elements = {element.tag.removeprefix(SVG) for element in ET.fromstring(text).iter()}

    assert elements <= {"svg", "style", "g", "use", "path", "circle", "ellipse", "rect"}
    assert re.findall(r'href="([^#][^"]*)"|url\(|\son\w+=', text) == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_small(name):
    assert drawing(name).stat().st_size < 12_000
