"""What is kept of a schedule for who looks: the same as what is gathered, and never too old."""

from dataclasses import replace
from datetime import date

import pytest

from bookings.domain.bookable.availability import gather, listing
from bookings.domain.bookable.keeping import kept, look
from bookings.domain.bookable.question import Question
from bookings.domain.schedule import changing_schedule
from studio.premises.models import Location, ScheduleVersion
from tests.bookings.domain.asking import NOW, booked, held
from tests.factories import make_bookable, make_closure_of_dates, make_time_off

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 8, 1), date(2026, 8, 31)


def question_about(studio, **other):
    location = Location.objects.select_related("version").get(pk=studio.location.pk)
    return Question(location, studio.session_type, FIRST, LAST, NOW, **other)


def slots(question, **how):
    return dict(listing(question, **how).days)


def test_what_is_looked_at_is_what_can_be_booked():
    studio = make_bookable(buffer_after_minutes=15)
    booked(studio, "2026-08-03 10:00")
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-04 12:00",
        wall_until="2026-08-05 12:00",
    )

    for question in (question_about(studio), question_about(studio, therapist="therapist-1")):
        for _again in range(2):
            assert slots(question, look=look) == slots(question, look=gather)


def test_a_booking_counts_at_once():
    studio = make_bookable()
    slots(question_about(studio), look=look)

    booked(studio, "2026-08-03 10:00")

    assert slots(question_about(studio), look=look) == slots(question_about(studio))


def test_a_change_of_the_schedule_counts_at_once():
    studio = make_bookable()
    slots(question_about(studio), look=look)

    with changing_schedule():
        make_closure_of_dates(location=studio.location, first_day=FIRST, last_day=date(2026, 8, 9))

    found = slots(question_about(studio), look=look)
    assert found[date(2026, 8, 9)] == []
    assert found == slots(question_about(studio))


def test_the_own_hold_counts_as_free():
    studio = make_bookable()
    own = held(studio, "2026-08-03 10:00")

    found = slots(question_about(studio, freed=own), look=look)

    assert found == slots(question_about(studio, freed=own))
    assert found != slots(question_about(studio))


def test_an_unchanged_schedule_is_looked_at_in_one_query(django_assert_num_queries):
    studio = make_bookable()
    slots(question_about(studio), look=look)
    booked(studio, "2026-08-03 10:00")
    question = question_about(studio)

    with django_assert_num_queries(1):
        slots(question, look=look)


def test_what_is_booked_as_it_was_is_not_laid_out_again():
    studio = make_bookable()

    today = question_about(studio)
    tomorrow = replace(today, now=NOW + 24 * 60)
    look(today)

    before, later, anew = look(today), look(tomorrow), gather(tomorrow)
    booked(studio, "2026-08-03 10:00")

    assert later.roster is before.roster is not look(today).roster
    assert list(later.search.slots()) == list(anew.search.slots())


def test_what_no_booking_bears_on_is_found_anew_after_a_change_alone():
    studio = make_bookable()
    found = iter(range(9))

    def count():
        return kept(question_about(studio).location, "count", lambda: next(found))

    before = count(), count()
    booked(studio, "2026-08-03 10:00")
    after_a_booking = count()
    with changing_schedule():
        pass

    assert (before, after_a_booking, count()) == ((0, 0), 0, 1)


def test_a_location_without_a_version_is_one_that_nothing_has_changed_at():
    studio = make_bookable()
    ScheduleVersion.objects.all().delete()

    assert slots(question_about(studio), look=look) == slots(question_about(studio))
