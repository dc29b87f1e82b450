"""A whole file: everything or nothing, once or twice, today or in years."""

import gc
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

import studio.studio_file
from bookings.domain.bookable.availability import open_slots
from bookings.domain.bookable.question import Question
from bookings.domain.checks import findings
from bookings.models import Booking, SessionType
from bookings.scheduling.hours import local_date, to_instant, to_minute
from bookings.scheduling.slots import Rule
from studio.premises.models import Location, Room, ScheduleVersion, Shown, Studio
from studio.studio_file.loading import load
from tests.factories import at, make_location
from tests.studio.studio_file.loaded import NOW, load_example, load_text, refused
from tests.studio.studio_file.texts import example
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

EXAMPLES = Path(studio.studio_file.__file__).parent / "examples"
FILES = [EXAMPLES / f"{name}.toml" for name in ("demo", "chain", "tiny")]

# Only say that the schedule, or what visitors are shown, may have changed.
COUNTED = {ScheduleVersion, Shown}


def everything():
    """Every row of the project's own models, column by column."""
    return {
        model: sorted(model._base_manager.values_list(), key=repr)
        for label in ("premises", "therapists", "bookings")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model not in COUNTED
    }


def test_the_example_of_the_specification_is_loaded():
    report = load_example()

    assert str(report) == (
        "added 1 studio, 2 equipment, 2 qualifications, 1 location, 1 room, 1 session type,"
        " 1 therapist, 2 certifications, 1 questionnaire, 1 booking"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_loading_twice_changes_nothing(file):
    load(file, now=NOW)
    before = everything()

    report = load(file, now=NOW)

    assert str(report) == "nothing was new"
    assert everything() == before


def test_a_mistake_in_the_last_booking_keeps_everything_out():
    empty = everything()
    last = example()[example().index("[[bookings]]") : example().index("[questionnaire]")]
    text = example(("[questionnaire]", f"{last}[questionnaire]"))

    (mistake,) = refused(text)

    assert mistake == (
        "bookings #2 > starts_at: found 2026-12-01T09:00:00-07:00, expected a booking that keeps"
        " rule S3 (broken: The therapist has another booking then.)"
    )
    assert everything() == empty
    assert not ScheduleVersion.objects.exists()


def test_mistakes_of_every_part_are_told_at_once():
    text = example(
        ('[studio]\nname = "Still Water Ashiatsu"\ncurrency = "USD"', ""),
        ("verified_on = 2024-03-05", "verified_on = 2026-12-05"),
        ("2026-12-01T09:00:00-07:00", "2026-12-01T20:00:00-07:00"),
    )

    places = [mistake.partition(":")[0] for mistake in refused(text)]

    assert places == [
        "studio",
        'therapists "mei" > certifications #1 > verified_on',
        "bookings #1 > starts_at",
    ]


def test_what_the_schema_refuses_is_told_before_anything_is_loaded():
    assert refused(example(("level = 2", "level = 0"))) == [
        'qualifications "bar-two-foot" > level: found 0, expected a level: 1, 2, 3 or more'
    ]
    assert not Studio.objects.exists()


def test_every_location_gets_a_new_version():
    load_example()

    load_example()

    assert ScheduleVersion.objects.get().number == 2


def test_the_locations_are_locked_before_anything_is_read():
    make_location()

    with CaptureQueriesContext(connection) as queries:
        load_example()

    statements = [query["sql"] for query in queries]
    read = next(i for i, sql in enumerate(statements) if "premises_equipment" in sql)
    if connection.vendor == "postgresql":
        assert any("pg_advisory_xact_lock" in sql for sql in statements[:read])


def test_a_file_may_name_what_was_loaded_before():
    load_example()

    load_text(
        """
        [[therapists]]
        slug = "noor"
        name = "Noor Haddad"
        session_types = ["bar-60"]
          [[therapists.certifications]]
          qualification = "massage-licence"
          issuing_body = "State"
          number = "1"
          issued_on = 2020-01-01
          [[therapists.shifts]]
          location = "downtown"
          days = ["mon"]
          from = "09:00"
          until = "17:00"
        """
    )

    noor = Therapist.objects.get(slug="noor")
    assert [kind.slug for kind in noor.session_types.all()] == ["bar-60"]
    assert [shift.location.slug for shift in noor.shifts.all()] == ["downtown"]


def test_what_a_file_leaves_out_stays():
    load_example()
    before = everything()

    load_text('[[equipment]]\nslug = "floor-mat"\nname = "Floor mat"\n')

    after = everything()
    changed = [model.__name__ for model in before if after[model] != before[model]]
    assert changed == ["Equipment"]


def test_things_are_retired_and_never_deleted():
    load_example()

    load_example(
        ('slug = "bar-room"\n', 'slug = "bar-room"\nactive = false\n'),
        ('slug = "bar-60"\n', 'slug = "bar-60"\nactive = false\n'),
        ('slug = "mei"\n', 'slug = "mei"\nactive = false\n'),
        ('slug = "downtown"\n', 'slug = "downtown"\nactive = false\n'),
    )

    for model in (Room, SessionType, Therapist, Location):
        assert list(model.objects.values_list("active", flat=True)) == [False]


def test_a_key_that_is_left_out_has_its_default_again():
    load_example()
    load_example(('pronouns = "she/her"', "active = false"))

    load_example(('pronouns = "she/her"', 'pronouns = "they"'))
    load_example(('pronouns = "she/her"', ""))

    mei = Therapist.objects.get()
    assert (mei.pronouns, mei.active) == ("", True)


def test_garbage_is_collected_again_after_a_load_and_after_a_mistake():
    load_example()
    after_load = gc.isenabled()

    refused("no TOML")

    assert (after_load, gc.isenabled()) == (True, True)


FEWER_DAYS = ('days = ["mon", "tue", "wed"]', 'days = ["mon", "wed"]')


def test_b8_coming_bookings_that_the_new_schedule_leaves_behind_are_told():
    load_example()

    report = load_example(FEWER_DAYS)

    assert [(one.booking, one.rules) for one in report.affected] == [
        (Booking.objects.get(), (Rule.WORKING,))
    ]


def test_b8_nothing_is_told_of_bookings_that_the_change_cannot_concern():
    load_example()
    load_example(FEWER_DAYS)

    report = load_text('[[equipment]]\nslug = "floor-mat"\nname = "Floor mat"\n')

    assert report.affected == []


def test_b8_many_changes_are_looked_at_all_together(monkeypatch):
    monkeypatch.setattr("bookings.domain.attention.affected.MANY_ROWS", 0)
    load_example()

    report = load_example(FEWER_DAYS)

    assert [one.rules for one in report.affected] == [(Rule.WORKING,)]


@pytest.mark.parametrize("today", ["2026-12-01", "2031-06-02"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_session_of_an_example_can_be_booked_in_every_week_to_come(file, today):
    now = to_minute(at(f"{today} 08:00"))
    load(file, now=now)

    for session_type in SessionType.objects.all():
        for location in session_type.locations.all():
            first = local_date(location.timezone, now) + timedelta(days=1)
            weeks = range(location.horizon_days // 7)
            assert weeks
            free = [
                has_slot(session_type, location, first + timedelta(weeks=week), now)
                for week in weeks
            ]
            assert all(free), (session_type.slug, location.slug)


def has_slot(session_type: SessionType, location: Location, first: date, now: int) -> bool:
    """Whether it can be booked within seven days."""
    question = Question(
        location=location,
        session_type=session_type,
        first=first,
        last=first + timedelta(days=6),
        now=now,
    )
    return bool(open_slots(question))


def test_the_demo_has_something_to_see_on_the_day_it_is_loaded():
    load(FILES[0], now=NOW)

    assert Booking.objects.filter(starts_at__lt=to_instant(NOW)).exists()
    assert Booking.objects.filter(starts_at__gt=to_instant(NOW)).exists()


@pytest.mark.parametrize("file", FILES)
def test_b7_a_shipped_studio_leaves_nothing_for_the_check_to_find(file):
    load(file.read_bytes(), now=NOW)

    assert list(findings()) == []
