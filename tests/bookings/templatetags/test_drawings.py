import pytest

from bookings.models import SessionType
from bookings.templatetags.drawings import portrait, session_drawing
from therapists.models import Therapist


@pytest.mark.parametrize(
    ("style", "name"),
    [("bar", "bar"), ("mat", "mat"), ("hands", "hands"), ("", "bar"), ("../../x", "bar")],
)
def test_a_session_is_drawn_in_its_style_or_like_any(style, name):
    drawing = session_drawing(SessionType(style=style))

    assert drawing is not None
    assert drawing.url.endswith(f"drawings/session-{name}.svg")
    assert drawing.width * 2 == drawing.height * 3


def test_every_portrait_stands_for_somebody():
    drawings = [portrait(Therapist(slug=f"t{n}")) for n in range(40)]

    assert {drawing.name for drawing in drawings if drawing} == {
        f"portrait-{n}" for n in (1, 2, 3, 4)
    }


def test_a_portrait_stays_the_same():
    mei, again = (Therapist(slug="mei") for _ in range(2))

    assert portrait(mei) == portrait(again)
