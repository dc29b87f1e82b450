"""What is booked already around a question."""

import pytest
from django.db import connection

from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.question import Question
from bookings.domain.bookable.taken import BookedRow, OthersRow, booked_tables
from studio.premises.models import Room
from tests.bookings.domain.asking import NOW
from tests.bookings.models.test_booking_queryset import a_busy_year
from tests.factories import MONDAY
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def test_what_is_taken_is_found_by_an_index_before_anybody_is_known():
    taken = a_busy_year()
    question = Question(taken.location, taken.session_type, MONDAY, MONDAY, NOW)
    therapists = Therapist.objects.filter(slug=taken.therapist.slug).values("pk")
    rooms = Room.objects.filter(slug=taken.room.slug).values("pk")

    tables = booked_tables(Frame.of(question), therapists, rooms)

    assert "booking_by_therapist" in tables[BookedRow].explain()
    assert "booking_by_room" in tables[OthersRow].explain()


def test_what_is_taken_is_read_of_the_index_alone():
    taken = a_busy_year()
    question = Question(taken.location, taken.session_type, MONDAY, MONDAY, NOW)
    therapists, rooms = Therapist.objects.values("pk"), Room.objects.values("pk")

    tables = booked_tables(Frame.of(question), therapists, rooms)

    for kind in (BookedRow, OthersRow):
        plan = tables[kind].values_list(*kind._fields).explain()
        # PostgreSQL does so once a table has been vacuumed.
        assert "USING COVERING INDEX booking_by" in plan or connection.vendor == "postgresql"
