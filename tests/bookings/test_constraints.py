import contextlib
import sqlite3
import threading
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models import Q

from bookings.constraints import NoOverlap
from bookings.enums import LIVE, Status
from bookings.models import Booking
from bookings.models.booking import IS_LIVE
from studio.premises.models import Room
from tests.factories import MONDAY_AT_TEN, at, make_booking, make_room, make_therapist
from tests.serving import environment, manage
from therapists.models import Therapist

both_engines = pytest.mark.both_engines

OTHER_STATES = [status for status in Status if status not in LIVE]


def constraint_named(name):
    return next(found for found in Booking._meta.constraints if found.name == name)


def overlap_of(taken, *, starts_at=MONDAY_AT_TEN, status=Status.CONFIRMED, duration=60):
    """A booking of the same therapist in another room, not stored yet."""
    return make_booking(
        therapist=taken.therapist,
        room=make_room(location=taken.location),
        session_type=taken.session_type,
        client=taken.client,
        starts_at=starts_at,
        status=status,
        duration_minutes=duration,
        stored=False,
    )


def plain(value):
    """A value as any driver takes it."""
    return str(value) if isinstance(value, (date, Decimal)) else value


def row_of(booking):
    """The columns of a booking as plain values, without its number."""
    return {
        field.column: plain(getattr(booking, field.attname))
        for field in Booking._meta.concrete_fields
        if not field.primary_key
    }


def insert_of(row, placeholder):
    columns = ", ".join(f'"{column}"' for column in row)
    values = ", ".join(placeholder.format(column) for column in row)
    return f"INSERT INTO bookings_booking ({columns}) VALUES ({values})"


def insert(row):
    """INSERT without the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(insert_of(row, "%({})s"), row)


def update(pk, column, value):
    """UPDATE without the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE bookings_booking SET "{column}" = %s WHERE id = %s', [value, pk])


@contextlib.contextmanager
def refused(name="therapist_booked_once"):
    """The database refuses what happens here, and names the constraint."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert constraint_named(name).broken_by(caught.value)


# What overlaps

OVERLAPS = [
    pytest.param("10:00", 60, id="the same interval"),
    pytest.param("09:00", 65, id="ends inside"),
    pytest.param("10:55", 60, id="begins inside"),
    pytest.param("10:15", 30, id="lies inside"),
    pytest.param("09:00", 180, id="lies around"),
    pytest.param("10:00", 5, id="the first five minutes"),
    pytest.param("10:55", 5, id="the last five minutes"),
]


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize(("time", "duration"), OVERLAPS)
def test_b2_a_therapist_is_not_booked_twice_at_a_time(time, duration):
    taken = make_booking()

    with refused("therapist_booked_once"):
        overlap_of(taken, starts_at=at(f"2026-08-03 {time}"), duration=duration).save()

    assert list(Booking.objects.all()) == [taken]


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize(("time", "duration"), OVERLAPS)
def test_b2_a_room_is_not_booked_twice_at_a_time(time, duration):
    taken = make_booking()

    with refused("room_booked_once"):
        make_booking(
            room=taken.room,
            starts_at=at(f"2026-08-03 {time}"),
            duration_minutes=duration,
        )


@both_engines
@pytest.mark.django_db
def test_b2_the_buffers_count():
    taken = make_booking(buffer_after_minutes=15)

    with refused():
        overlap_of(taken, starts_at=at("2026-08-03 11:10")).save()


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("time", ["09:00", "11:00"])
def test_t3_a_booking_may_touch_another(time):
    taken = make_booking()

    make_booking(therapist=taken.therapist, room=taken.room, starts_at=at(f"2026-08-03 {time}"))

    assert Booking.objects.count() == 2


@both_engines
@pytest.mark.django_db
def test_b2_a_gap_between_two_bookings_can_be_filled_and_no_more():
    taken = make_booking(starts_at=at("2026-08-03 09:00"))
    make_booking(therapist=taken.therapist, starts_at=at("2026-08-03 11:00"))

    overlap_of(taken, starts_at=at("2026-08-03 10:00")).save()
    with refused():
        overlap_of(taken, starts_at=at("2026-08-03 10:30"), duration=5).save()


@both_engines
@pytest.mark.django_db
def test_b2_a_long_booking_is_found_behind_those_that_are_not_live():
    taken = make_booking(starts_at=at("2026-08-03 06:00"), duration_minutes=600)
    overlap_of(taken, starts_at=at("2026-08-03 09:00"), status=Status.CANCELLED).save()

    with refused():
        overlap_of(taken, starts_at=at("2026-08-03 10:00")).save()


@both_engines
@pytest.mark.django_db
def test_another_therapist_in_another_room_is_free():
    make_booking()

    make_booking()

    assert Booking.objects.count() == 2


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("status", LIVE)
def test_b1_a_live_booking_takes_its_time(status):
    limit = at("2026-08-01 10:00") if status == Status.HELD else None
    taken = make_booking(status=status, expires_at=limit)

    with refused():
        overlap_of(taken).save()


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("status", OTHER_STATES)
def test_b1_a_booking_that_is_not_live_takes_nothing(status):
    taken = make_booking(status=status)

    overlap_of(taken).save()

    assert Booking.objects.live().count() == 1


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("status", OTHER_STATES)
def test_b1_a_booking_that_is_not_live_may_be_written_over_a_live_one(status):
    taken = make_booking()

    overlap_of(taken, status=status).save()

    assert Booking.objects.live().count() == 1


# Whoever writes


@both_engines
@pytest.mark.django_db
def test_b2_bulk_create_is_refused():
    taken = make_booking()
    other = overlap_of(taken)

    with refused():
        Booking.objects.bulk_create([other])


@both_engines
@pytest.mark.django_db
def test_b2_two_rows_of_one_insert_do_not_overlap_each_other():
    first, second = (
        overlap_of(make_booking(status=Status.CANCELLED), starts_at=at(f"2026-08-03 {time}"))
        for time in ("10:00", "10:30")
    )
    second.therapist = first.therapist

    with refused():
        Booking.objects.bulk_create([first, second])

    assert not Booking.objects.live().exists()


@both_engines
@pytest.mark.django_db
def test_b2_ignoring_conflicts_lets_no_overlap_in():
    taken = make_booking()
    other = overlap_of(taken)

    # SQLite refuses, PostgreSQL leaves the row out without a word.
    with contextlib.suppress(IntegrityError), transaction.atomic():
        Booking.objects.bulk_create([other], ignore_conflicts=True)

    assert list(Booking.objects.all()) == [taken]


@both_engines
@pytest.mark.django_db
def test_b2_save_of_a_moved_booking_is_refused():
    taken = make_booking()
    other = overlap_of(taken, starts_at=at("2026-08-03 11:00"))
    other.save()
    other.occupied_from -= 30
    other.occupied_until -= 30

    with refused():
        other.save(update_fields=["occupied_from", "occupied_until"])


@both_engines
@pytest.mark.django_db
def test_b2_an_update_of_rows_is_refused():
    taken = make_booking()
    overlap_of(taken, starts_at=at("2026-08-03 11:00")).save()

    with refused():
        Booking.objects.exclude(pk=taken.pk).update(
            occupied_from=taken.occupied_from, occupied_until=taken.occupied_until
        )


@both_engines
@pytest.mark.django_db
def test_b2_bulk_update_is_refused():
    taken = make_booking()
    other = make_booking(room=taken.room, starts_at=at("2026-08-03 11:00"))
    other.therapist = taken.therapist
    other.occupied_from, other.occupied_until = taken.occupied_from, taken.occupied_until

    with refused("room_booked_once"):
        Booking.objects.bulk_update([other], ["occupied_from", "occupied_until"])


@both_engines
@pytest.mark.django_db
def test_b2_a_longer_session_is_refused_where_the_next_one_begins():
    taken = make_booking()
    make_booking(therapist=taken.therapist, starts_at=at("2026-08-03 11:00"))

    with refused():
        Booking.objects.filter(pk=taken.pk).update(
            occupied_until=taken.occupied_until + 30, duration_minutes=90
        )


@both_engines
@pytest.mark.django_db
def test_b2_a_change_of_therapist_is_refused():
    taken = make_booking()
    other = make_booking()

    with refused():
        Booking.objects.filter(pk=other.pk).update(therapist=taken.therapist)


@both_engines
@pytest.mark.django_db
def test_b2_a_change_of_room_is_refused():
    taken = make_booking()
    other = make_booking()

    with refused("room_booked_once"):
        Booking.objects.filter(pk=other.pk).update(room=taken.room)


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("status", OTHER_STATES)
def test_b2_an_overlap_is_not_brought_back_to_life_by_its_status_alone(status):
    taken = make_booking()
    other = overlap_of(taken, status=status)
    other.save()
    other.status = Status.CONFIRMED

    with refused():
        other.save(update_fields=["status"])


@both_engines
@pytest.mark.django_db
def test_b2_a_raw_insert_is_refused():
    taken = make_booking()
    row = row_of(overlap_of(taken))

    with refused():
        insert(row)


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "status", "start"),
    [
        pytest.param("status", Status.CANCELLED, "10:30", id="status"),
        pytest.param("therapist_id", Status.CONFIRMED, "10:30", id="therapist"),
    ],
)
def test_b2_a_raw_update_is_refused(column, status, start):
    taken = make_booking()
    other = overlap_of(taken, starts_at=at(f"2026-08-03 {start}"), status=status)
    if column == "therapist_id":
        other.therapist = make_therapist()
    other.save()

    with refused():
        update(other.pk, column, getattr(taken, column))


@both_engines
@pytest.mark.django_db
def test_b2_a_raw_update_of_all_rows_is_refused():
    taken = make_booking()
    overlap_of(taken, starts_at=at("2026-08-03 11:00")).save()

    with refused(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bookings_booking SET occupied_from = %s, occupied_until = %s",
            [taken.occupied_from, taken.occupied_until],
        )


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("column", ["therapist_id", "room_id", "occupied_from", "occupied_until"])
def test_b2_nothing_slips_through_as_null(column):
    row = row_of(overlap_of(make_booking()))

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(row | {column: None})


# What is not refused


@both_engines
@pytest.mark.django_db
def test_a_booking_does_not_overlap_itself():
    taken = make_booking()

    taken.save()
    Booking.objects.filter(pk=taken.pk).update(status=Status.CHECKED_IN)
    Booking.objects.filter(pk=taken.pk).update(
        occupied_from=taken.occupied_from + 30, occupied_until=taken.occupied_until + 30
    )

    assert Booking.objects.get().occupied_from == taken.occupied_from + 30


@both_engines
@pytest.mark.django_db
def test_a_cancelled_booking_comes_back_where_nobody_took_its_time():
    taken = make_booking()
    other = overlap_of(taken, starts_at=at("2026-08-03 11:00"), status=Status.CANCELLED)
    other.save()

    Booking.objects.filter(pk=other.pk).update(status=Status.CONFIRMED)

    assert Booking.objects.live().count() == 2


@both_engines
@pytest.mark.django_db
def test_b3_in_one_transaction_a_booking_takes_the_time_of_one_that_has_just_expired():
    taken = make_booking(status=Status.HELD, expires_at=at("2026-08-01 10:00"))

    with transaction.atomic():
        Booking.objects.filter(pk=taken.pk).update(status=Status.EXPIRED, expires_at=None)
        overlap_of(taken).save()

    assert Booking.objects.live().count() == 1


# Two at the same time


def connect(url):
    """A driver's own connection, and how it spells placeholders; other tables are not checked."""
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30), ":{}"
    server = psycopg.connect(url)
    server.execute("SET session_replication_role = replica")
    server.commit()
    return server, "%({})s"


def plain_row(reference, start, **changes):
    """The columns of a confirmed hour for therapist 1 in room 1, from a minute of 2026 on."""
    begin = 29_760_000 + start
    booking = Booking(
        reference=reference,
        status=Status.CONFIRMED,
        location_id=1,
        session_type_id=1,
        therapist_id=1,
        room_id=1,
        client_id=1,
        starts_at=datetime(1970, 1, 1) + timedelta(minutes=begin),
        date=date(2026, 8, 3),
        occupied_from=begin,
        occupied_until=begin + 60,
        session_name="Session",
        barefoot=True,
        duration_minutes=60,
        buffer_before_minutes=0,
        buffer_after_minutes=0,
        price=Decimal(100),
        currency="USD",
        free_cancellation_hours=24,
        source="site",
        booked_at=datetime(2026, 7, 1),
    )
    return row_of(booking) | changes


def test_b2_of_two_transactions_that_overlap_only_one_is_kept(live_database):
    outcomes = []
    first, placeholder = connect(live_database)
    row = plain_row("A", 0)
    first.execute(insert_of(row, placeholder), row)

    def write_too():
        second, _ = connect(live_database)
        with contextlib.closing(second):
            try:
                other = plain_row("B", 30, room_id=2)
                second.execute(insert_of(other, placeholder), other)
                second.commit()
            except (sqlite3.IntegrityError, psycopg.IntegrityError) as error:
                outcomes.append(str(error))

    rival = threading.Thread(target=write_too)
    rival.start()
    rival.join(timeout=0.2)  # it waits for the first one
    first.commit()
    rival.join()

    with contextlib.closing(first):
        stored = first.execute("SELECT reference FROM bookings_booking").fetchall()
    assert stored == [("A",)]
    assert "therapist_booked_once" in outcomes[0]


# Without Django


@pytest.fixture
def plain_sqlite(migrated_sqlite, tmp_path):
    """A migrated file, opened with the standard library alone."""
    file = tmp_path / "plain.sqlite3"
    file.write_bytes(migrated_sqlite.read_bytes())
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        yield database


def write(database, row, *, verb="INSERT"):
    database.execute(insert_of(row, ":{}").replace("INSERT", verb, 1), row)


def test_b2_a_file_refuses_overlaps_from_any_program(plain_sqlite):
    write(plain_sqlite, plain_row("A", 0))

    with pytest.raises(sqlite3.IntegrityError, match="therapist_booked_once"):
        write(plain_sqlite, plain_row("B", 30, room_id=2))


def test_checks_of_a_file_need_none_of_django_s_functions(plain_sqlite):
    with pytest.raises(sqlite3.IntegrityError, match="booking_occupies_up_to_a_day"):
        write(plain_sqlite, plain_row("A", 3))


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"])
def test_b2_a_file_refuses_overlaps_however_conflicts_are_to_be_settled(plain_sqlite, verb):
    write(plain_sqlite, plain_row("A", 0))

    with pytest.raises(sqlite3.IntegrityError, match="therapist_booked_once"):
        write(plain_sqlite, plain_row("B", 30, room_id=2), verb=verb)

    assert plain_sqlite.execute("SELECT reference FROM bookings_booking").fetchall() == [("A",)]


def test_a_file_can_be_vacuumed_and_still_refuses_overlaps(plain_sqlite):
    write(plain_sqlite, plain_row("A", 0))

    plain_sqlite.execute("VACUUM")

    with pytest.raises(sqlite3.IntegrityError, match="therapist_booked_once"):
        write(plain_sqlite, plain_row("B", 30, room_id=2))
    assert plain_sqlite.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize(
    ("trigger", "index"),
    [
        ("therapist_booked_once_insert", "booking_by_therapist"),
        ("therapist_booked_once_update", "booking_by_therapist"),
        ("room_booked_once_insert", "booking_by_room"),
        ("room_booked_once_update", "booking_by_room"),
    ],
)
def test_a_file_finds_the_booking_before_by_an_index(plain_sqlite, trigger, index):
    [[sql]] = plain_sqlite.execute("SELECT sql FROM sqlite_master WHERE name = ?", [trigger])
    # The look-up inside the trigger, with numbers in place of the new row's columns.
    _, _, look_up = sql.partition('NEW."occupied_from" < (')
    look_up, _, _ = look_up.rpartition("); END")
    look_up = look_up.replace('NEW."occupied_until"', "29760060")
    for column in ("therapist_id", "room_id", "id"):
        look_up = look_up.replace(f'NEW."{column}"', "1")

    plan = plain_sqlite.execute(f"EXPLAIN QUERY PLAN {look_up}").fetchall()

    owner = trigger.partition("_")[0]
    assert [step[-1] for step in plan] == [
        f"SEARCH bookings_booking USING INDEX {index} ({owner}_id=? AND occupied_from<?)"
    ]


# Tables that change


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


@both_engines
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


@both_engines
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


def test_b2_holds_after_the_migrations_went_back_and_forth(live_database, tmp_path):
    settings = environment(live_database, tmp_path)

    manage("migrate", "bookings", "zero", "-v0", env=settings)
    manage("migrate", "-v0", env=settings)

    database, placeholder = connect(live_database)
    with contextlib.closing(database):
        for row in (plain_row("A", 0), plain_row("B", 60)):
            database.execute(insert_of(row, placeholder), row)
        row = plain_row("C", 30)
        with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="booked_once"):
            database.execute(insert_of(row, placeholder), row)


# Migrations that add and remove it, on a table of its own


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


@both_engines
def test_a_migration_adds_the_constraint_to_a_table_that_holds_rows(hotel):
    hotel.stay()

    hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))

    assert hotel.stay(guest=2, arrival=15, departure=25) == "room_let_once"
    assert hotel.stay(guest=2, arrival=20, departure=25) == "stored"


@both_engines
def test_a_migration_cannot_add_the_constraint_to_a_table_whose_rows_overlap(hotel):
    hotel.stay(arrival=10, departure=90)
    hotel.stay(arrival=100, departure=110)
    hotel.stay(arrival=20, departure=30)

    with pytest.raises(IntegrityError, match="room_let_once"):
        hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))


@both_engines
def test_a_migration_taken_back_removes_the_constraint(hotel):
    undo = hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))

    undo()

    assert [hotel.stay(), hotel.stay()] == ["stored", "stored"]


@both_engines
def test_a_migration_removes_the_constraint(hotel):
    hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))

    hotel.run(migrations.RemoveConstraint("Stay", "room_let_once"))

    assert [hotel.stay(), hotel.stay()] == ["stored", "stored"]


@both_engines
def test_a_removal_taken_back_puts_the_constraint_back(hotel):
    hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))
    undo = hotel.run(migrations.RemoveConstraint("Stay", "room_let_once"))

    undo()

    assert [hotel.stay(), hotel.stay(guest=2)] == ["stored", "room_let_once"]


@both_engines
def test_the_other_constraint_stays_when_one_is_removed(hotel):
    hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))
    hotel.run(migrations.AddConstraint("Stay", STAY_OF_GUEST))

    hotel.run(migrations.RemoveConstraint("Stay", "room_let_once"))

    assert hotel.stay() == "stored"
    assert hotel.stay(room=1, guest=2) == "stored"
    assert hotel.stay(room=2, guest=1) == "guest_stays_once"


@both_engines
def test_a_renamed_table_keeps_the_constraint(hotel):
    hotel.run(migrations.AddConstraint("Stay", STAY_IN_ROOM))
    hotel.stay()

    undo = hotel.run(migrations.AlterModelTable("Stay", "hotel_visits"))

    assert hotel.stay(guest=2) == "room_let_once"
    undo()
    assert hotel.stay(guest=2) == "room_let_once"


@both_engines
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


# Forms


def refusals(booking, *, exclude=()):
    """The messages of `validate_constraints`."""
    try:
        booking.validate_constraints(exclude=set(exclude))
    except ValidationError as error:
        return error.messages
    return []


@both_engines
@pytest.mark.django_db
def test_a_form_hears_of_an_overlap_in_words():
    taken = make_booking()

    assert refusals(overlap_of(taken)) == ["The therapist has another booking at that time."]
    assert refusals(make_booking(room=taken.room, stored=False)) == [
        "The room has another booking at that time."
    ]


@both_engines
@pytest.mark.django_db
def test_a_form_may_save_a_booking_that_is_stored():
    assert refusals(make_booking()) == []


@both_engines
@pytest.mark.django_db
def test_t3_a_form_may_save_a_booking_that_touches_another():
    taken = make_booking()

    assert refusals(overlap_of(taken, starts_at=at("2026-08-03 11:00"))) == []
    assert refusals(overlap_of(taken, starts_at=at("2026-08-03 09:00"))) == []


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("status", OTHER_STATES)
def test_b1_a_form_may_save_over_a_booking_that_is_not_live(status):
    taken = make_booking(status=status)

    assert refusals(overlap_of(taken)) == []


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("status", OTHER_STATES)
def test_b1_a_form_may_save_a_booking_that_is_not_live(status):
    taken = make_booking()

    assert refusals(overlap_of(taken, status=status)) == []


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("field", ["therapist", "occupied_from", "occupied_until", "status"])
def test_a_form_without_one_of_the_fields_does_not_judge(field):
    taken = make_booking()

    assert refusals(overlap_of(taken), exclude=[field]) == []


@both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("column", ["therapist_id", "occupied_from", "occupied_until"])
def test_a_form_with_an_empty_field_hears_of_that_elsewhere(column):
    booking = overlap_of(make_booking())
    setattr(booking, column, None)

    constraint_named("therapist_booked_once").validate(Booking, booking)


# A value for migrations


def a_constraint(**changes):
    parts: dict[str, Any] = {
        "start": "occupied_from",
        "end": "occupied_until",
        "condition": IS_LIVE,
        "name": "therapist_booked_once",
        "violation_error_message": "Taken.",
    }
    return NoOverlap("therapist", **parts | changes)


def test_a_constraint_is_put_together_again_from_its_parts():
    constraint = a_constraint(violation_error_code="taken")
    path, arguments, options = constraint.deconstruct()

    assert path == "bookings.constraints.NoOverlap"
    assert NoOverlap(*arguments, **options) == constraint


def test_a_clone_is_equal():
    assert a_constraint().clone() == a_constraint()


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "starts_at"},
        {"end": "starts_at"},
        {"condition": Q(status="confirmed")},
        {"name": "another"},
        {"violation_error_message": "Busy."},
        {"violation_error_code": "busy"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_constraints_that_differ_are_not_equal(changes):
    assert a_constraint(**changes) != a_constraint()


def test_a_constraint_is_not_equal_to_another_kind():
    assert a_constraint() != models.CheckConstraint(condition=IS_LIVE, name="another_kind")
