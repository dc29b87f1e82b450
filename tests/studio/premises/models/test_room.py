from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError

from studio.premises.models import RoomBlock
from tests.factories import make_equipment, make_inspection, make_room, make_room_block

NOON = (datetime(2026, 8, 3, 12) - datetime(1970, 1, 1)) // timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.both_engines
def test_a_room_s_slug_is_the_only_one_of_all_locations():
    make_room(slug="alder")

    with pytest.raises(IntegrityError):
        make_room(slug="alder")


@pytest.mark.django_db
@pytest.mark.both_engines
def test_s5_a_room_s_equipment_is_due_on_one_day():
    bars = make_equipment()
    room = make_room(equipment=(bars,))
    make_inspection(room=room, equipment=bars, due_on=date(2026, 8, 3))

    with pytest.raises(IntegrityError):
        make_inspection(room=room, equipment=bars, due_on=date(2026, 9, 3))


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize(
    "minutes",
    [pytest.param(-60, id="back to front"), pytest.param(0, id="empty"), pytest.param(63, id="T2")],
)
def test_a_room_block_is_in_order_and_on_the_step(minutes):
    make_room_block(room=make_room(), wall_from="2026-08-03 12:00", wall_until="2026-08-03 13:00")

    with pytest.raises(IntegrityError, match="room_block_in_order_in_steps_of_five"):
        RoomBlock.objects.update(wall_until=NOON + minutes)
