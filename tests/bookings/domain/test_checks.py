"""Each invariant of the schedule, broken once."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from bookings.domain.booking import book
from bookings.domain.callers import Caller
from bookings.domain.certifying import attach
from bookings.domain.checks import Finding, Row, Step, findings, wrong_bookings, wrong_histories
from bookings.domain.requests import Details, Person, Wish
from bookings.enums import LIVE, Source, Status
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from studio.premises.models import RoomBlock
from tests.factories import at, make_bookable, make_room_block
from tests.uploading import PDF

NOW = to_minute(at("2026-08-03 07:00"))
TEN = datetime(2026, 8, 3, 16, tzinfo=UTC)
START = to_minute(TEN)

SOUND = Row(
    reference="SOUND",
    status=Status.CONFIRMED,
    location=1,
    timezone="America/Denver",
    room=1,
    room_location=1,
    therapist=1,
    client=1,
    starts_at=TEN,
    date=date(2026, 8, 3),
    occupied_from=START - 10,
    occupied_until=START + 75,
    duration=60,
    before=10,
    after=15,
    expires_at=None,
    cancelled_at=None,
)


def test_a_sound_booking_is_not_named():
    assert list(wrong_bookings([SOUND])) == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        (
            {"status": "lost"},
            "has a status that does not exist: lost",
        ),
        ({"starts_at": TEN + timedelta(seconds=1)}, "does not start at a whole minute (T6)"),
        (
            {"duration": 62, "occupied_until": START + 77},
            "has a start, a duration or a buffer off the 5 minutes (T2)",
        ),
        (
            {
                "starts_at": TEN + timedelta(minutes=3),
                "occupied_from": START - 7,
                "occupied_until": START + 78,
            },
            "has a start, a duration or a buffer off the 5 minutes (T2)",
        ),
        ({"duration": 0, "occupied_until": START + 15}, "has a length that cannot be"),
        ({"occupied_from": START}, "is not occupied from its start less the buffer"),
        ({"occupied_until": START + 60}, "is not occupied until its end and the buffer"),
        (
            {"date": date(2026, 8, 4)},
            "does not count on the date of its start at its location (T7)",
        ),
        ({"room_location": 2}, "is in a room of another location (S1)"),
        ({"client": None}, "has no client"),
        (
            {"status": Status.HELD},
            "has no time limit, though its state ends by itself (B3)",
        ),
        (
            {"expires_at": TEN},
            "has a time limit, though its state does not end by itself (B3)",
        ),
        (
            {"cancelled_at": TEN},
            "is cancelled without a moment, or has one without being cancelled",
        ),
        (
            {"status": Status.CANCELLED},
            "is cancelled without a moment, or has one without being cancelled",
        ),
    ],
)
def test_a_broken_invariant_is_named(changes, wrong):
    assert list(wrong_bookings([SOUND._replace(**changes)])) == [Finding("SOUND", wrong)]


def test_t7_the_date_is_that_of_the_location():
    late = SOUND._replace(
        starts_at=TEN + timedelta(hours=12),
        occupied_from=START + 710,
        occupied_until=START + 795,
    )

    assert list(wrong_bookings([late])) == []


@pytest.mark.parametrize("status", [Status.HELD, Status.EXPIRED, Status.CANCELLED])
def test_a_state_in_which_nobody_may_be_named_yet(status):
    row = SOUND._replace(
        status=status,
        client=None,
        expires_at=TEN,
        cancelled_at=TEN if status == Status.CANCELLED else None,
    )

    assert list(wrong_bookings([row])) == []


def beside(minutes, **changes):
    """Another booking that begins so many minutes later."""
    return SOUND._replace(
        reference="OTHER",
        starts_at=TEN + timedelta(minutes=minutes),
        occupied_from=SOUND.occupied_from + minutes,
        occupied_until=SOUND.occupied_until + minutes,
        **changes,
    )


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, ["therapist", "room"]),
        ({"room": 2}, ["therapist"]),
        ({"therapist": 2}, ["room"]),
        ({"therapist": 2, "room": 2}, []),
    ],
)
def test_b2_live_bookings_that_overlap_are_named(changes, names):
    found = list(wrong_bookings([SOUND, beside(80, **changes)]))

    assert found == [
        Finding("OTHER", f"overlaps SOUND, which has the same {name} (B2)") for name in names
    ]


def test_t3_touching_is_not_overlapping():
    assert list(wrong_bookings([SOUND, beside(85)])) == []


@pytest.mark.parametrize("status", [status for status in Status if status not in LIVE])
def test_b1_what_is_not_live_overlaps_nothing(status):
    other = beside(
        0,
        status=status,
        cancelled_at=TEN if status == Status.CANCELLED else None,
    )

    assert list(wrong_bookings([other, SOUND])) == []


def test_b2_a_long_booking_is_remembered_past_a_short_one():
    long = SOUND._replace(reference="LONG", duration=180, occupied_until=SOUND.occupied_until + 120)
    short = beside(5)._replace(reference="SHORT")
    last = beside(100)._replace(reference="LAST")

    overlaps = [found.row for found in wrong_bookings([long, short, last])]

    assert overlaps == ["SHORT", "SHORT", "LAST", "LAST"]


def test_b7_a_history_without_gaps_is_not_named():
    steps = [
        Step("A", "confirmed", "", "held"),
        Step("A", "confirmed", "held", "confirmed"),
        Step("A", "confirmed", "confirmed", "confirmed"),
        Step("B", "held", "", "held"),
    ]

    assert list(wrong_histories(steps)) == []


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        ([(None, None)], "has no recorded event (B7)"),
        ([("held", "confirmed")], "is recorded as held after nothing (B7)"),
        ([("", "held"), ("", "confirmed")], "is recorded as new after held (B7)"),
        (
            [("", "pending_review"), ("held", "confirmed")],
            "is recorded as held after pending_review (B7)",
        ),
        ([("", "held")], "is confirmed, but was last recorded as held (B7)"),
    ],
)
def test_b7_a_gap_in_a_history_is_named(steps, wrong):
    history = [Step("A", "confirmed", before, after) for before, after in steps]

    assert list(wrong_histories(history)) == [Finding("A", wrong)]


@pytest.fixture
def booked(db):
    """A booking that the domain has made."""
    made = make_bookable()
    return book(
        Wish(made.location, made.session_type, to_minute(at("2026-08-03 10:00"))),
        Details(client=Person("Ada L.", email="ada@example.org")),
        caller=Caller(source=Source.SITE),
        now=NOW,
    )


@pytest.mark.both_engines
def test_what_the_domain_writes_is_sound(booked):
    assert list(findings()) == []


@pytest.mark.both_engines
def test_a_wrong_row_is_found_in_the_database(booked):
    Booking.objects.update(date=date(2026, 8, 4))
    booked.events.all().delete()

    assert list(findings()) == [
        Finding(booked.reference, "does not count on the date of its start at its location (T7)"),
        Finding(booked.reference, "has no recorded event (B7)"),
    ]


@pytest.mark.django_db
@pytest.mark.both_engines
def test_a_constraint_that_was_switched_off_is_looked_at(booked):
    block = make_room_block(
        room=booked.room, wall_from="2026-08-05 10:00", wall_until="2026-08-05 12:00"
    )
    with constraints_off(RoomBlock):
        RoomBlock.objects.update(wall_until=block.wall_from)

    assert list(findings()) == [
        Finding(f"room block {block.pk}", "breaks room_block_in_order_in_steps_of_five")
    ]


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("rules", "reason", "wrong"),
    [
        (["S2", "S8"], "Agreed with her", []),
        (["S2", "S6"], "Agreed with her", ["has gone past S6, which nobody may"]),
        (["S2"], "", ["has gone past S2 without a reason"]),
    ],
)
def test_b8_a_rule_that_was_gone_past_is_soft_and_has_a_reason(booked, rules, reason, wrong):
    booked.events.update(overridden=rules, reason=reason)

    assert [found.wrong for found in findings()] == wrong


@contextmanager
def constraints_off(model):
    """Write what the database would refuse."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for constraint in model._meta.constraints:
                cursor.execute(
                    f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {constraint.name}"
                )
            yield


@pytest.mark.django_db
def test_b7_a_proof_without_its_file_is_named():
    made = make_bookable()
    certification, caller = made.therapist.certifications.get(), Caller(source=Source.DESK)
    kept, lost = (attach(certification, ContentFile(PDF), caller=caller, now=NOW) for _ in range(2))

    Path(lost.file.path).unlink()

    assert list(findings()) == [Finding(f"proof {lost.pk}", "has lost its file (B7)")]
    assert Path(kept.file.path).exists()
