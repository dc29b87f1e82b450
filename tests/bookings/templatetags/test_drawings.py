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


@pytest.mark.parametrize(
    ("pronouns", "numbers"),
    [("he/him", {2, 4}), ("She/her", {1, 3, 4}), ("they/them", {1, 4}), ("", {1, 4})],
)
def test_a_portrait_suits_the_pronouns(pronouns, numbers):
    addresses = {portrait(Therapist(slug=f"t{n}", pronouns=pronouns)) for n in range(40)}

    assert {int(address[-5]) for address in addresses} == numbers


def test_a_portrait_stays_the_same():
    mei, again = (Therapist(slug="mei", pronouns="she/her") for _ in range(2))

    assert portrait(mei) == portrait(again)
