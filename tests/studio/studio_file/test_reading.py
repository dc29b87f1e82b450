from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from studio.studio_file.mistakes import StudioFileError
from studio.studio_file.reading import read
from tests.studio.studio_file.texts import EXAMPLE, mistakes_in


def test_the_example_of_the_specification_is_read():
    file = read(EXAMPLE)

    assert file.studio is not None
    assert (file.studio.name, file.studio.currency) == ("Still Water Ashiatsu", "USD")
    assert [item.slug for item in file.equipment] == ["ceiling-bars", "table"]
    assert [(item.style, item.level) for item in file.qualifications] == [("bar", 2), ("", None)]
    (room,) = file.locations[0].rooms
    assert room.inspections == {"ceiling-bars": date(2027, 6, 30)}
    assert room.blocks[0].from_ == datetime(2026, 12, 4, 12)
    assert file.session_types[0].price == Decimal(120)
    (mei,) = file.therapists
    assert [proof.qualification for proof in mei.certifications] == [
        "bar-two-foot",
        "massage-licence",
    ]
    assert mei.shifts[0].days == ["mon", "tue", "wed"]
    assert not mei.time_off[0].barefoot_only
    (booking,) = file.bookings
    assert booking.starts_at == datetime(2026, 12, 1, 16, tzinfo=UTC)
    assert booking.client is not None
    assert booking.client.email == "ada@example.com"
    assert file.questionnaire is not None
    assert [outcome.within_days for outcome in file.questionnaire.questions[0].outcomes] == [
        3,
        None,
    ]


def test_an_empty_file_says_nothing():
    file = read(b"")

    assert file.studio is None
    assert file.locations == []


def test_the_mark_that_windows_puts_first_is_skipped():
    file = read(b'\xef\xbb\xbf[studio]\r\nname = "Still Water"\r\ncurrency = "USD"\r\n')

    assert file.studio is not None
    assert file.studio.name == "Still Water"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[studio]\nname = Still Water\n", "line 2, column 8"),
        ("[studio]\nname = ", "line 2, column 8"),
        ('[studio]\nname = "a"\nname = "b"\n', "line 3, column 11"),
        ("[studio\n", "line 1, column 8"),
        ("a = 2026-02-30", "line 1, column 5"),
    ],
)
def test_a_mistake_in_the_toml_is_told_with_its_line_and_column(text, where):
    (mistake,) = mistakes_in(text)

    assert mistake.startswith(f"{where}: found a mistake in the TOML itself (")


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = 1" + "0" * 5000])
def test_toml_that_overwhelms_the_parser_is_one_mistake(text):
    assert len(mistakes_in(text)) == 1


def test_bytes_that_are_no_utf_8_are_told_with_their_line():
    with pytest.raises(StudioFileError) as caught:
        read('[studio]\nname = "Stüdio"'.encode("latin-1"))

    assert str(caught.value) == "line 2: found the byte 0xfc, expected text in UTF-8"


def test_a_file_that_does_not_exist_is_one_mistake(tmp_path):
    with pytest.raises(StudioFileError) as caught:
        read(tmp_path / "none.toml")

    assert str(caught.value) == (
        f"{tmp_path / 'none.toml'}: found no such file, expected a studio file"
    )


def test_a_directory_is_one_mistake(tmp_path):
    with pytest.raises(StudioFileError) as caught:
        read(tmp_path)

    assert str(caught.value) == f"{tmp_path}: found a directory, expected a studio file"
