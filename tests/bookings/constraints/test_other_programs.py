"""A database guards itself against any program, without Django (rule B2)."""

import contextlib
import sqlite3
import threading

import psycopg
import pytest

from tests.bookings.constraints.overlapping import connect, insert_of, plain_row


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
        f"SEARCH bookings_booking USING COVERING INDEX {index} ({owner}_id=? AND occupied_from<?)"
    ]
