from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bookings.enums import Status
from bookings.models import Booking
from studio.premises.models import Location
from tests.factories import make_location
from tests.studio.studio_file.texts import EXAMPLE, example

pytestmark = pytest.mark.django_db


def loadstudio(*arguments):
    output = StringIO()
    call_command("loadstudio", *arguments, stdout=output)
    return output.getvalue()


def test_a_file_is_loaded_and_said_so_in_a_line():
    said = loadstudio(EXAMPLE)

    assert Location.objects.get().slug == "downtown"
    assert said == (
        f"Loaded {EXAMPLE}: added 1 studio, 2 equipment, 2 qualifications, 1 location, 1 room,"
        " 1 session type, 1 therapist, 2 certifications, 1 questionnaire, 1 booking.\n"
    )


def test_every_mistake_is_told_and_nothing_loaded(tmp_path):
    file = tmp_path / "studio.toml"
    file.write_text(
        example(
            ("verified_on = 2024-03-05", "verified_on = 2099-03-05"),
            ("verified_on = 2025-01-10", "verified_on = 2099-01-10"),
        )
    )

    with pytest.raises(CommandError) as error:
        loadstudio(file)

    first, *mistakes = str(error.value).splitlines()
    assert first == f"Nothing was loaded from {file}, for 2 mistakes in it:"
    assert [mistake.partition(":")[0] for mistake in mistakes] == [
        'therapists "mei" > certifications #1 > verified_on',
        'therapists "mei" > certifications #2 > verified_on',
    ]
    assert error.value.returncode == 1
    assert not Location.objects.exists()


def test_a_file_that_is_not_there_is_a_mistake(tmp_path):
    with pytest.raises(CommandError, match="no such file, expected a studio file"):
        loadstudio(tmp_path / "studio.toml")


def test_a_file_must_be_named():
    with pytest.raises(CommandError, match="Name the studio file to load"):
        loadstudio()


def test_an_empty_studio_gets_the_file_of_the_settings(settings):
    settings.STUDIO_FILE = EXAMPLE

    said = loadstudio("--if-empty")

    assert said.startswith(f"Loaded {EXAMPLE}: added 1 studio")


def test_an_empty_studio_can_get_another_file(settings, tmp_path):
    settings.STUDIO_FILE = tmp_path / "none.toml"

    loadstudio("--if-empty", EXAMPLE)

    assert Location.objects.exists()


def test_a_studio_with_a_location_is_left_alone():
    make_location(slug="ours")

    said = loadstudio("--if-empty", EXAMPLE)

    assert said == "The studio is set up already; no file was loaded.\n"
    assert Location.objects.get().slug == "ours"


def test_b8_bookings_that_do_not_fit_the_new_schedule_are_told(tmp_path):
    loadstudio(EXAMPLE)
    booking = Booking.objects.get()
    file = tmp_path / "studio.toml"
    file.write_text(example(('days = ["mon", "tue", "wed"]', 'days = ["mon", "wed"]')))

    _, *told = loadstudio(file).splitlines()

    assert told == [
        "These bookings do not fit the schedule now; none was changed:",
        f"    {booking.reference}, 2026-12-01 09:00, Mei Tanaka: S2",
    ]
    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED
