"""What is read before the locks are taken counts while nothing has changed since."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.bookable.ahead import Ahead, look_ahead, situation_now
from bookings.domain.bookable.availability import gather
from bookings.domain.bookable.keeping import version_now
from bookings.domain.booking import question_for
from bookings.errors import SlotUnavailable
from bookings.models import Booking, Client
from studio.premises.locking import bump_versions
from studio.premises.shown import tables
from studio.premises.unchanged import one_moment
from tests.bookings.domain.asking import CLIENT, NOW, booked, minute, wish
from tests.factories import Bookable, make_bookable, make_room_block

READ = re.compile(r'(?:FROM|JOIN) "(\w+)"')
TEN, TWO = "2026-08-03 10:00", "2026-08-03 14:00"


def question(studio: Bookable, wall: str = TEN):
    return question_for(wish(studio, wall), caller=CLIENT, now=NOW)


def seen(studio: Bookable) -> Ahead:
    """What `look_ahead` gives; in a test's own transaction it would hold the locks already."""
    asked = question(studio)
    return Ahead(asked, version_now(studio.location.pk), gather(asked))


@pytest.mark.django_db
@pytest.mark.both_engines
def test_what_was_seen_counts_while_the_schedule_stays():
    ahead = seen(make_bookable())

    assert situation_now(ahead.question, ahead) is ahead.situation


@pytest.mark.django_db
@pytest.mark.both_engines
def test_what_was_booked_since_is_looked_at_again():
    studio = make_bookable()
    ahead = seen(studio)
    booked(studio, TEN)

    now = situation_now(ahead.question, ahead)

    assert ahead.is_open(minute(TEN))
    assert not Ahead(ahead.question, ahead.version, now).is_open(minute(TEN))


@pytest.mark.django_db
@pytest.mark.both_engines
def test_where_somebody_has_booked_nothing_else_is_read_again():
    studio = make_bookable()
    ahead = seen(studio)
    booked(studio, TEN)

    with CaptureQueriesContext(connection) as asked:
        now = situation_now(ahead.question, ahead)

    again = gather(ahead.question)
    assert (now.search, now.taken) == (again.search, again.taken)
    assert not any("certification" in each["sql"] for each in asked.captured_queries)


@pytest.mark.django_db
def test_what_was_seen_counts_no_more_when_a_rule_has_changed():
    studio = make_bookable()
    ahead = seen(studio)
    bump_versions([studio.location.pk], rules=True)

    assert situation_now(ahead.question, ahead) is not ahead.situation


@pytest.mark.django_db
def test_what_was_seen_answers_no_other_question():
    studio = make_bookable()
    ahead = seen(studio)

    assert situation_now(question(studio, "2026-08-04 10:00"), ahead) is not ahead.situation


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_engines
def test_a_time_that_is_taken_is_refused_without_a_lock():
    studio = make_bookable()
    booked(studio, TEN)

    with CaptureQueriesContext(connection) as asked, pytest.raises(SlotUnavailable) as refused:
        booked(studio, TEN)

    # "QUERY = '": as Django spells what the driver has not kept the text of.
    statements = [each["sql"].removeprefix("QUERY = '") for each in asked.captured_queries]
    assert all(each.startswith("SELECT") for each in statements)
    assert not any("advisory" in each["sql"] for each in asked.captured_queries)
    assert refused.value.alternatives
    assert (Booking.objects.count(), Client.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_time_that_is_open_is_read_once():
    studio = make_bookable()

    with CaptureQueriesContext(connection) as asked:
        booked(studio, TWO)

    assert sum("UNION ALL" in each["sql"] for each in asked.captured_queries) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_engines
def test_all_that_no_booking_bears_on_is_watched():
    asked = question(make_bookable())
    with CaptureQueriesContext(connection) as queries:
        gather(asked)

    read = {table for each in queries for table in READ.findall(each["sql"])}
    assert read - {"bookings_booking"} <= set(tables())


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_engines
def test_in_a_moment_only_what_is_booked_is_read_anew():
    studio = make_bookable()
    asked = question(studio)
    with one_moment():
        look_ahead(asked)
    booked(studio, TEN)

    with one_moment(), CaptureQueriesContext(connection) as queries:
        ahead = look_ahead(asked)

    assert ahead is not None
    assert not ahead.is_open(minute(TEN))
    assert not any("certification" in each["sql"] for each in queries)


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_engines
def test_what_was_written_past_the_domain_is_seen_in_a_moment():
    studio = make_bookable()
    asked = question(studio)
    with one_moment():
        look_ahead(asked)
    make_room_block(
        room=studio.room, wall_from="2026-08-03 09:00", wall_until="2026-08-03 12:00"
    )  # tells nobody of it, and leaves the version

    with one_moment():
        ahead = look_ahead(asked)

    assert ahead is not None
    assert not ahead.is_open(minute(TEN))


@pytest.mark.django_db(transaction=True)
def test_s2_who_can_go_past_working_time_looks_with_the_locks_held():
    # Whom it decides about may work elsewhere, where a change leaves this location's version.
    asked = question(make_bookable())

    assert look_ahead(asked) is not None
    assert look_ahead(replace(asked, is_staff=True)) is None


@pytest.mark.django_db
def test_who_is_alone_in_a_transaction_has_nothing_to_look_ahead_for():
    if connection.vendor == "sqlite":
        assert look_ahead(question(make_bookable())) is None
