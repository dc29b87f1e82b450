"""Migrations that add and remove the constraint, on a table of its own."""

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models import Q

from bookings.constraints import NoOverlap

pytestmark = pytest.mark.both_engines


STAY_IN_ROOM = NoOverlap(
    "room", start="arrival", end="departure", condition=Q(kept=True), name="room_let_once"
)
STAY_OF_GUEST = NoOverlap(
    "guest", start="arrival", end="departure", condition=Q(kept=True), name="guest_stays_once"
)


class Hotel:
    """An app that exists for a test, migrated one operation at a time."""

    def __init__(self):
        self.state = ProjectState()
        self.run(
            migrations.CreateModel(
                "Stay",
                [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("room", models.IntegerField()),
                    ("guest", models.IntegerField()),
                    ("arrival", models.IntegerField()),
                    ("departure", models.IntegerField()),
                    ("kept", models.BooleanField(default=True)),
                ],
            )
        )

    def run(self, operation):
        """Migrate forwards, and give what takes it back."""
        before, after = self.state, self.state.clone()
        operation.state_forwards("hotel", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("hotel", editor, before, after)
        self.state = after

        def undo():
            with connection.schema_editor() as editor:
                operation.database_backwards("hotel", editor, after, before)
            self.state = before

        return undo

    def stay(self, *, room=1, guest=1, arrival=10, departure=20):
        """Store a stay, or say which constraint was against it."""
        stays = self.state.apps.get_model("hotel", "Stay").objects
        try:
            with transaction.atomic():
                stays.create(room=room, guest=guest, arrival=arrival, departure=departure)
        except IntegrityError as error:
            return next(c.name for c in (STAY_IN_ROOM, STAY_OF_GUEST) if c.broken_by(error))
        return "stored"


@pytest.fixture
def hotel(restored_db):
    hotel = Hotel()
    yield hotel
    hotel.run(migrations.DeleteModel("Stay"))


def test_a_migration_adds_the_constraint_to_a_table_that_holds_rows(hotel):
    hotel.stay()

    hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))

    assert hotel.stay(guest=2, arrival=15, departure=25) == "room_let_once"
    assert hotel.stay(guest=2, arrival=20, departure=25) == "stored"


def test_a_migration_cannot_add_the_constraint_to_a_table_whose_rows_overlap(hotel):
    hotel.stay(arrival=10, departure=90)
    hotel.stay(arrival=100, departure=110)
    hotel.stay(arrival=20, departure=30)

    with pytest.raises(IntegrityError, match="room_let_once"):
        hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))


def test_a_migration_taken_back_removes_the_constraint(hotel):
    undo = hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))

    undo()

    assert [hotel.stay(), hotel.stay()] == ["stored", "stored"]


def test_a_migration_removes_the_constraint(hotel):
    hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))

    hotel.run(migrations.RemoveConstraint("Stay", "room_let_once"))

    assert [hotel.stay(), hotel.stay()] == ["stored", "stored"]


def test_a_removal_taken_back_puts_the_constraint_back(hotel):
    hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))
    undo = hotel.run(migrations.RemoveConstraint("Stay", "room_let_once"))

    undo()

    assert [hotel.stay(), hotel.stay(guest=2)] == ["stored", "room_let_once"]


def test_the_other_constraint_stays_when_one_is_removed(hotel):
    hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))
    hotel.run(migrations.AddConstraint("Stay", STAY_OF_GUEST))

    hotel.run(migrations.RemoveConstraint("Stay", "room_let_once"))

    assert hotel.stay() == "stored"
    assert hotel.stay(room=1, guest=2) == "stored"
    assert hotel.stay(room=2, guest=1) == "guest_stays_once"


def test_a_renamed_table_keeps_the_constraint(hotel):
    hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))
    hotel.stay()

    undo = hotel.run(migrations.AlterModelTable("Stay", "hotel_visits"))

    assert hotel.stay(guest=2) == "room_let_once"
    undo()
    assert hotel.stay(guest=2) == "room_let_once"


def test_the_constraint_holds_on_a_table_that_is_created_with_it(hotel):
    hotel.run(migrations.DeleteModel("Stay"))

    hotel.run(
        migrations.CreateModel(
            "Stay",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("room", models.IntegerField()),
                ("guest", models.IntegerField()),
                ("arrival", models.IntegerField()),
                ("departure", models.IntegerField()),
                ("kept", models.BooleanField(default=True)),
            ],
            options={"constraints": [STAY_IN_ROOM]},
        )
    )

    assert [hotel.stay(), hotel.stay(guest=2)] == ["stored", "room_let_once"]
