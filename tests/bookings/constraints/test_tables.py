"""Overlaps stay refused while tables change."""

import pytest
from django.db import connection, models

from bookings.models import Booking
from studio.premises.models import Room
from tests.bookings.constraints.overlapping import overlap_of, refused
from tests.factories import at, make_booking
from therapists.models import Therapist


def assert_overlaps_are_refused():
    """Both constraints refuse what they should, and nothing else."""
    taken = make_booking()
    with refused("therapist_booked_once"):
        overlap_of(taken).save()
    with refused("room_booked_once"):
        make_booking(room=taken.room)
    overlap_of(taken, starts_at=at("2026-08-03 11:00")).save()


def change_schema(change, *arguments):
    with connection.schema_editor() as editor:
        getattr(editor, change)(*arguments)


@pytest.mark.both_engines
@pytest.mark.parametrize("model", [Booking, Therapist, Room])
@pytest.mark.parametrize(
    "options",
    [
        # SQLite adds the one in place, and builds the table anew for the other.
        pytest.param({"null": True}, id="in place"),
        pytest.param({"db_default": 1}, id="built anew"),
    ],
)
def test_b2_holds_while_a_column_comes_and_goes(restored_db, model, options):
    make_booking(starts_at=at("2026-08-02 10:00"))
    column = models.IntegerField(**options)
    column.set_attributes_from_name("extra")
    column.model = model

    change_schema("add_field", model, column)
    try:
        assert_overlaps_are_refused()
    finally:
        change_schema("remove_field", model, column)

    assert_overlaps_are_refused()


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("model", "name"),
    [(Booking, "currency"), (Booking, "status"), (Therapist, "slug"), (Room, "slug")],
)
def test_b2_holds_while_a_column_changes(restored_db, model, name):
    make_booking(starts_at=at("2026-08-02 10:00"))
    old = model._meta.get_field(name)
    new = old.clone()
    new.max_length += 1
    new.set_attributes_from_name(name)
    new.model = model

    change_schema("alter_field", model, old, new)
    try:
        assert_overlaps_are_refused()
    finally:
        change_schema("alter_field", model, new, old)

    assert_overlaps_are_refused()
