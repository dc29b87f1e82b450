"""Bookings that overlap, how to write them past the ORM, and what the database says."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, transaction

from bookings.constraints import NoOverlap
from bookings.enums import LIVE, Status
from bookings.models import Booking
from tests.factories import MONDAY_AT_TEN, make_booking, make_room

OTHER_STATES = [status for status in Status if status not in LIVE]


def constraint_named(name: str) -> NoOverlap:
    """A constraint of bookings."""
    found = next(found for found in Booking._meta.constraints if found.name == name)
    assert isinstance(found, NoOverlap)
    return found


def overlap_of(
    taken: Booking,
    *,
    starts_at: datetime = MONDAY_AT_TEN,
    status: Status = Status.CONFIRMED,
    duration: int = 60,
) -> Booking:
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


type Row = dict[str, object]


def row_of(booking: Booking) -> Row:
    """The columns of a booking as plain values, without its number."""
    return {
        str(field.column): _plain(getattr(booking, field.attname))
        for field in Booking._meta.concrete_fields
        if not field.primary_key
    }


def _plain(value: object) -> object:
    """A value as any driver takes it."""
    return str(value) if isinstance(value, (date, Decimal)) else value


def insert_of(row: Row, placeholder: str) -> str:
    """The statement that stores a row; each value's place is written as `placeholder`."""
    columns = ", ".join(f'"{column}"' for column in row)
    values = ", ".join(placeholder.format(column) for column in row)
    return f"INSERT INTO bookings_booking ({columns}) VALUES ({values})"


@contextlib.contextmanager
def refused(name: str = "therapist_booked_once") -> Iterator[None]:
    """The database refuses what happens here, and names the constraint."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert constraint_named(name).broken_by(caught.value)


def connect(url: str) -> tuple[Any, str]:
    """A driver's own connection, and how it spells placeholders; other tables are not checked."""
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30), ":{}"
    server = psycopg.connect(url)
    server.execute("SET session_replication_role = replica")
    server.commit()
    return server, "%({})s"


def plain_row(reference: str, start: int, **changes: object) -> Row:
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
