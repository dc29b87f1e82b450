"""Changes of the studio's own data, as bookings and readers see them."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection

from bookings.domain.schedule import changing_schedule, latest_today
from bookings.scheduling.hours import to_minute
from studio.premises.locking import LOCK_SPACE, bump_versions
from studio.premises.models import Closure, Location, ScheduleVersion
from tests.factories import MONDAY, make_closure_of_dates, make_location

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def versions():
    return dict(ScheduleVersion.objects.values_list("location__slug", "number"))


@changing_schedule()
def close_and_fail(location):
    make_closure_of_dates(location=location, first_day=MONDAY, last_day=MONDAY)
    make_location(slug=location.slug)


def test_every_location_gets_a_new_version():
    make_location(slug="downtown")
    make_location(slug="uptown")

    with changing_schedule():
        pass

    assert versions() == {"downtown": 1, "uptown": 1}


def test_a_change_is_told_from_a_booking():
    make_location()

    with changing_schedule():
        pass
    bump_versions([Location.objects.get().pk], rules=False)

    assert ScheduleVersion.objects.values_list("number", "rules").get() == (2, 1)


def test_a_location_that_is_made_inside_gets_a_version():
    with changing_schedule():
        Location.objects.create(slug="new", timezone="America/Denver")

    assert versions() == {"new": 1}


def test_an_error_inside_writes_nothing():
    location = make_location(slug="downtown")

    with pytest.raises(IntegrityError):
        close_and_fail(location)

    assert not Closure.objects.exists()
    assert versions() == {"downtown": 0}


def test_the_locations_are_locked_ascending_before_anything_is_read():
    first, second = make_location(), make_location()
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note), changing_schedule():
        list(Closure.objects.all())

    read = next(i for i, (sql, _) in enumerate(asked) if "premises_closure" in sql)
    locks = [params for sql, params in asked[:read] if "pg_advisory_xact_lock" in sql]
    if connection.vendor == "postgresql":
        assert locks == [[LOCK_SPACE, first.pk, LOCK_SPACE, second.pk]]
    else:
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


LATE_ON_MONDAY = to_minute(datetime(2026, 8, 3, 11, tzinfo=UTC))


def test_s6_today_is_the_latest_date_that_any_location_has():
    make_location(timezone="America/Denver")
    make_location(timezone="Pacific/Kiritimati")

    assert latest_today(LATE_ON_MONDAY) == date(2026, 8, 4)


def test_s6_without_a_location_today_is_that_of_utc():
    assert latest_today(LATE_ON_MONDAY) == date(2026, 8, 3)
