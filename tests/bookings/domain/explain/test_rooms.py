"""What an explanation says of a room, word by word."""

import pytest

from tests.bookings.domain.explain.telling import SUNDAY, asked, of_room
from tests.factories import (
    MONDAY,
    at,
    make_booking,
    make_equipment,
    make_inspection,
    make_room_block,
)

pytestmark = pytest.mark.django_db


def test_s1_a_retired_room_is_out_of_use(made):
    made.room.active = False
    made.room.save()

    assert of_room(asked(made), "S1") == (False, "Is out of use.")


def test_s4_bookings_and_blocks_are_named(made):
    make_booking(room=made.room, starts_at=at("2026-08-03 11:05"), duration_minutes=30)
    block = make_room_block(
        room=made.room, wall_from="2026-08-03 08:00", wall_until="2026-08-03 10:00"
    )
    block.reason = "deep clean"
    block.save()

    assert of_room(asked(made), "S4") == (
        False,
        "Is booked 11:05–11:35. Is blocked 08:00–10:00: deep clean.",
    )


def test_s4_a_block_that_only_touches_is_not_named(made):
    make_room_block(room=made.room, wall_from="2026-08-03 08:00", wall_until="2026-08-03 09:55")

    assert of_room(asked(made), "S4") == (True, "Is free then.")


def test_s5_missing_equipment_and_an_overdue_inspection_are_named(made):
    bars = made.room.equipment.get()
    made.session_type.requires_equipment.add(make_equipment(slug="ropes"))
    make_inspection(room=made.room, equipment=bars, due_on=SUNDAY)

    assert of_room(asked(made), "S5") == (
        False,
        "Inspection of Ceiling-Bars was due on 2 Aug 2026. Has no Ropes.",
    )


def test_s5_an_inspection_due_today_is_in_time(made):
    make_inspection(room=made.room, equipment=made.room.equipment.get(), due_on=MONDAY)

    assert of_room(asked(made), "S5")[0]
