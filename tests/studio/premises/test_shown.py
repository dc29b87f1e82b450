"""The database notes each change of what visitors are shown, whoever makes it."""

import pytest
from django.db import connection, transaction

from studio.premises.models import Equipment, Room
from studio.premises.shown import marks_now, tables, watch
from tests.factories import make_booking, make_equipment, make_room

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def changes():
    """Whether something that is done changes the marks."""

    def changes(do):
        before = marks_now()
        do()
        return marks_now() != before

    return changes


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_any_way_of_writing_is_noted(changes):
    room, bars = make_room(), make_equipment()

    assert changes(lambda: room.save())
    assert changes(lambda: Room.objects.update(name="Sea"))
    assert changes(lambda: room.equipment.add(bars))
    assert changes(lambda: Equipment.objects.bulk_create([Equipment(slug="mat", name="Mat")]))
    assert changes(lambda: Equipment.objects.filter(slug="mat").delete())
    assert changes(lambda: sql("UPDATE premises_room SET name = 'Hill'"))


def test_looking_and_booking_are_not(changes):
    booking = make_booking()

    assert not changes(lambda: list(Room.objects.all()))
    assert not changes(lambda: booking.save())


def test_what_is_undone_was_never_noted(changes):
    make_room()

    def undone():
        with transaction.atomic():
            Room.objects.update(name="Sea")
            transaction.set_rollback(True)

    assert not changes(undone)


def test_every_table_is_watched():
    for table in tables():
        names = {name for name in triggers() if name.startswith(f"shown_{table}_")}
        assert len(names) >= 3, table


def triggers():
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return [name for (name,) in cursor.fetchall()]


def test_a_table_that_was_made_anew_is_watched_again(changes):
    make_room()
    on_table = " ON premises_room" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER shown_premises_room_update{on_table}")
    assert not changes(lambda: Room.objects.update(name="Sea"))

    assert changes(lambda: watch(using="default"))  # nobody noted the sea

    assert changes(lambda: Room.objects.update(name="Hill"))
    assert not changes(lambda: watch(using="default"))
