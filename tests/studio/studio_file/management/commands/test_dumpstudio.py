from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from studio.studio_file.reading import read
from tests.factories import make_location
from tests.studio.studio_file.loaded import load_example

pytestmark = pytest.mark.django_db


def dumpstudio(*arguments):
    output, errors = StringIO(), StringIO()
    call_command("dumpstudio", *arguments, stdout=output, stderr=errors)
    return output.getvalue(), errors.getvalue()


def test_the_studio_is_written_to_standard_output():
    load_example()

    text, errors = dumpstudio()

    assert read(text.encode()).bookings == []
    assert text.startswith('[studio]\nname = "Still Water Ashiatsu"\n')
    assert errors == ""


def test_bookings_come_when_they_are_asked_for():
    load_example()

    text, _ = dumpstudio("--with-bookings")

    assert len(read(text.encode()).bookings) == 1


def test_a_file_is_written_that_only_its_owner_reads(tmp_path):
    load_example()
    file = tmp_path / "studio.toml"

    text, _ = dumpstudio("--output", file)

    assert text == ""
    assert read(file).studio
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_was_there_is_written_anew(tmp_path):
    file = tmp_path / "studio.toml"
    file.write_text("x" * 10_000)

    dumpstudio("--output", file)

    assert file.read_text() == ""


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be written: "):
        dumpstudio("--output", tmp_path / "nowhere" / "studio.toml")


def test_what_would_not_load_is_told_beside_the_file():
    make_location(timezone="Mars/Olympus")

    text, errors = dumpstudio()

    assert 'timezone = "Mars/Olympus"' in text
    assert errors.splitlines()[0] == "Mend the file before you load it:"
    assert 'timezone: found "Mars/Olympus", expected an IANA time zone' in errors
