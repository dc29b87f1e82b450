from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

import studio.studio_file
from bookings.domain.checks import findings
from bookings.enums import Status
from bookings.models import Questionnaire
from bookings.scheduling.hours import to_instant, to_minute
from studio.studio_file.dumping import dump
from studio.studio_file.reading import read
from studio.studio_file.schema import StudioFile
from studio.studio_file.writing import write
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_closure_of_dates,
    make_closure_of_times,
    make_location,
    make_shift,
    make_therapist,
)
from tests.studio.studio_file.arbitrary import studio_files
from tests.studio.studio_file.loaded import NOW, load_example, load_text, meaning
from tests.studio.studio_file.texts import read_example

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

EXAMPLES = Path(studio.studio_file.__file__).parent / "examples"
LATE = to_minute(at("2999-12-31 12:00"))


@contextmanager
def empty_database() -> Iterator[None]:
    """A database whose rows are gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def loaded_and_dumped(text: str, now: int = NOW) -> StudioFile:
    """What the database says after loading a text into an empty one."""
    with empty_database():
        load_text(text, now=now)
        assert not list(findings())
        return dump(now=now, with_bookings=True)


def test_all_that_the_example_says_comes_back():
    load_example()

    assert meaning(dump(now=NOW, with_bookings=True)) == meaning(read_example())


@pytest.mark.parametrize("name", ["demo", "chain", "tiny"])
def test_what_was_loaded_is_dumped_and_loads_to_the_same(name):
    once = loaded_and_dumped((EXAMPLES / f"{name}.toml").read_text())

    again = loaded_and_dumped(write(once))

    assert again == once
    assert write(again) == write(once)


def without_rules(file: StudioFile) -> StudioFile:
    """The file with bookings that no rule judges, each in a room of its location."""
    rooms = {location.slug: location.rooms[0].slug for location in file.locations if location.rooms}
    bookings = [
        booking.model_copy(
            update={"status": str(Status.CANCELLED), "room": rooms[booking.location]}
        )
        for booking in file.bookings
        if booking.location in rooms
    ]
    studio = file.studio or read_example().studio
    return file.model_copy(update={"bookings": bookings, "studio": studio})


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
@given(file=studio_files())
def test_whatever_is_loaded_is_dumped_and_loads_to_the_same(file):
    stated = without_rules(file)

    once = loaded_and_dumped(write(stated), now=LATE)

    assert meaning(once) == meaning(by_start(stated))
    assert loaded_and_dumped(write(once), now=LATE) == once
    # What the dump says is in the form that reading gives it.
    assert read(write(once).encode()) == once


def by_start(file: StudioFile) -> StudioFile:
    """The file with its bookings in the order in which they are dumped."""
    bookings = sorted(file.bookings, key=lambda booking: (booking.starts_at, booking.location))
    return file.model_copy(update={"bookings": bookings})


def test_bookings_are_left_out_unless_they_are_asked_for():
    load_example()

    assert dump(now=NOW).bookings == []
    assert len(dump(now=NOW, with_bookings=True).bookings) == 1


def test_an_empty_database_is_an_empty_file():
    assert dump(now=NOW) == StudioFile()


def test_equal_hours_on_several_days_are_one_shift():
    therapist, location = make_therapist(), make_location()
    for weekday in (4, 0, 0):
        make_shift(therapist=therapist, location=location, weekday=weekday)

    (dumped,) = dump(now=NOW).therapists

    assert [shift.days for shift in dumped.shifts] == [["mon"], ["mon", "fri"]]


def test_closures_are_dumped_by_their_start_whichever_kind_they_are():
    location = make_location()
    make_closure_of_times(
        location=location, wall_from="2026-12-24 12:00", wall_until="2026-12-25 00:00"
    )
    make_closure_of_dates(
        location=location, first_day=date(2026, 12, 25), last_day=date(2026, 12, 26)
    )
    make_closure_of_dates(
        location=location, first_day=date(2026, 11, 26), last_day=date(2026, 11, 26)
    )

    (dumped,) = dump(now=NOW).locations

    assert [str(closure.from_) for closure in dumped.closures] == [
        "2026-11-26",
        "2026-12-24 12:00:00",
        "2026-12-25",
    ]


def test_a_start_is_dumped_with_the_offset_of_its_location():
    make_booking(starts_at=at("2026-12-01 09:00"))

    (booking,) = dump(now=NOW, with_bookings=True).bookings

    assert booking.starts_at.isoformat() == "2026-12-01T09:00:00-07:00"


def test_a_start_from_the_days_of_odd_offsets_is_dumped_in_utc():
    studio = make_bookable(timezone="Africa/Monrovia")
    make_booking(
        room=studio.room,
        session_type=studio.session_type,
        starts_at=at("1971-06-01 10:00", "UTC"),
    )

    (booking,) = dump(now=NOW, with_bookings=True).bookings

    assert booking.starts_at.isoformat() == "1971-06-01T10:00:00+00:00"


def test_b3_a_hold_past_its_time_is_dumped_as_expired():
    make_booking(status=Status.HELD, expires_at=to_instant(NOW))

    (booking,) = dump(now=NOW, with_bookings=True).bookings

    assert booking.status == Status.EXPIRED


def test_the_questionnaire_in_force_is_dumped_and_not_the_draft_of_the_next():
    Questionnaire.objects.create(version=1, signed_off_by="Mei", signed_off_on=date(2026, 1, 1))
    Questionnaire.objects.create(version=2)

    dumped = dump(now=NOW).questionnaire

    assert dumped
    assert dumped.version == 1


def test_before_the_first_sign_off_the_newest_draft_is_dumped():
    Questionnaire.objects.create(version=1)
    Questionnaire.objects.create(version=2)

    dumped = dump(now=NOW).questionnaire

    assert dumped
    assert dumped.version == 2


def test_what_no_file_could_say_is_dumped_all_the_same():
    make_location(slug="no\nslug")

    assert [location.slug for location in dump(now=NOW).locations] == ["no\nslug"]
