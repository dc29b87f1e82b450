"""A booking on the board is drawn once and filled in, and says what the template would."""

from dataclasses import asdict

import pytest
from django.template.loader import render_to_string

from bookings.desk.board.blocks import BookingBlock
from bookings.templatetags.boards import booking


def block(*, together: str, movable: bool) -> BookingBlock:
    return BookingBlock(
        pk=7_000,
        url="/admin/bookings/booking/7000/change/",
        place="from-12 for-15",
        session_place="from-0 for-12",
        start=29_760_000,
        minutes=60,
        before=0,
        after=15,
        movable=movable,
        status="confirmed",
        sign="✓",
        state="Confirmed",
        times="9:00–10:00",
        client="<b>Robin</b> 100%",
        together=together,
        session="Bar session, 60 minutes",
        where="Cedar",
    )


@pytest.mark.parametrize("together", ["", "with Sam"])
@pytest.mark.parametrize(("movable", "said"), [(True, "true"), (False, "false")])
def test_it_says_what_the_template_would(together, movable, said):
    shown = block(together=together, movable=movable)
    words = {name: str(value) for name, value in asdict(shown).items()}

    drawn = booking(shown)

    assert drawn == render_to_string("admin/desk/board/booking.html", {**words, "movable": said})
    assert f'data-movable="{said}"' in drawn
    assert "&lt;b&gt;Robin&lt;/b&gt; 100%" in drawn
