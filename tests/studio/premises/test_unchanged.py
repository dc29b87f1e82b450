"""What is asked of the house is kept while nothing of it changes."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bookings.models import Booking
from studio.premises.models import Room
from studio.premises.unchanged import Unchanging, one_moment
from tests.factories import make_booking, make_room

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def rooms():
    """Rooms by their slugs."""
    return Unchanging(lambda slug: Room.objects.filter(slug=slug), str)


@pytest.fixture
def name_of(rooms):
    """What a room is called, asked in a moment of its own."""

    def name_of(slug):
        with one_moment():
            return [room.name for room in rooms(slug)]

    return name_of


def test_unchanged_it_costs_the_query_for_the_marks(rooms, name_of, django_assert_num_queries):
    name_of(make_room(slug="sea").slug)

    with django_assert_num_queries(1):
        assert name_of("sea") == ["Sea"]
    with django_assert_num_queries(1), one_moment():
        assert rooms("sea") == rooms("sea")


def test_without_a_moment_it_is_asked_each_time(rooms, django_assert_num_queries):
    make_room(slug="sea")

    with django_assert_num_queries(2):
        assert rooms("sea") == rooms("sea")


def test_whoever_changes_it_is_noticed(name_of):
    make_room(slug="sea")
    assert name_of("sea") == ["Sea"]

    Room.objects.update(name="Hill")
    assert name_of("sea") == ["Hill"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE premises_room SET name = 'Lake'")
    assert name_of("sea") == ["Lake"]
    Room.objects.all().delete()
    assert name_of("sea") == []
    make_room(slug="sea")
    assert name_of("sea") == ["Sea"]


def test_nothing_is_left_of_what_was_undone(name_of):
    make_room(slug="sea")

    with transaction.atomic():
        Room.objects.update(name="Hill")
        assert name_of("sea") == ["Hill"]
        transaction.set_rollback(True)

    assert name_of("sea") == ["Sea"]


def test_a_moment_within_another_is_of_its_own(rooms):
    make_room(slug="sea")

    with one_moment():
        rooms("sea")
        Room.objects.update(name="Hill")
        with one_moment():
            [room] = rooms("sea")

    assert room.name == "Hill"


def test_what_is_given_can_be_changed_by_who_gets_it(rooms):
    make_room(slug="sea")

    with one_moment():
        [room] = rooms("sea")
        room.name = "Hill"
        assert [again.name for again in rooms("sea")] == ["Sea"]


def test_what_nobody_watches_is_asked_each_time():
    bookings = Unchanging(lambda pk: Booking.objects.filter(pk=pk), int)
    booking = make_booking()

    with one_moment(), CaptureQueriesContext(connection) as asked:
        assert bookings(booking.pk) == bookings(booking.pk) == [booking]

    assert len(asked) == 2
