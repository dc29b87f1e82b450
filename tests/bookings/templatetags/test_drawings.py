import pytest

from bookings.models import SessionType
from bookings.templatetags.drawings import portrait, session_drawing
from therapists.models import Therapist


@pytest.mark.parametrize(
    ("style", "name"),
    [("bar", "bar"), ("mat", "mat"), ("hands", "hands"), ("", "bar"), ("../../x", "bar")],
)
def test_a_session_is_drawn_in_its_style_or_like_any(style, name):
    assert session_drawing(SessionType(style=style)).endswith(f"drawings/session-{name}.svg")


def test_every_portrait_stands_for_somebody():
    addresses = {portrait(Therapist(slug=f"t{n}")) for n in range(40)}

    assert {int(address[-5]) for address in addresses} == {1, 2, 3, 4}


def test_a_portrait_stays_the_same():
    mei, again = (Therapist(slug="mei") for _ in range(2))

    assert portrait(mei) == portrait(again)
