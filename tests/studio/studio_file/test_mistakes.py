from datetime import date, time

import pytest

from studio.studio_file.mistakes import Mistake, StudioFileError, spell
from studio.studio_file.reading import read
from tests.studio.studio_file.texts import example, mistakes_after


def test_a_mistake_tells_its_table_key_and_what_was_expected():
    with pytest.raises(StudioFileError) as caught:
        read(example(('until = "17:00"', 'until = "25:00"')).encode())

    assert caught.value.mistakes == (
        Mistake(
            table='therapists "mei" > shifts #1',
            key="until",
            found='"25:00"',
            expected='a wall-clock time such as "17:00" or "24:00", in steps of 5 minutes',
        ),
    )
    assert str(caught.value) == (
        'therapists "mei" > shifts #1 > until: found "25:00", expected a wall-clock time such as'
        ' "17:00" or "24:00", in steps of 5 minutes'
    )


def test_a_table_whose_slug_is_wrong_is_told_by_its_number():
    mistakes = mistakes_after(('slug = "table"', 'slug = "the table"'))

    assert mistakes[0].startswith('equipment #2 > slug: found "the table", expected a slug')


def test_every_mistake_of_a_file_is_told():
    mistakes = mistakes_after(
        ('currency = "USD"', 'currency = "dollars"\nlanguage = "fr"'),
        ("slot_step_minutes = 15", "slot_step_minutes = 7"),
        ("{ ceiling-bars = 2027-06-30 }", "{ ropes = 2027-06-30 }"),
        ('price = "120.00"', "price = 120"),
        ("level = 2  ", ""),
        ('pronouns = "she/her"', "pronoun = 'she/her'"),
        ("expires_on = 2028-03-01", "expires_on = 2023-03-01"),
        ('"wed"]', '"mon"]'),
        ('status = "confirmed"', 'status = "sure"'),
        ('therapist = "mei"', 'therapist = "mai"'),
        ("version = 1", "version = 0"),
    )

    assert [mistake.partition(": ")[0] for mistake in mistakes] == [
        "studio > currency",
        "studio > language",
        'qualifications "bar-two-foot" > level',
        'locations "downtown" > slot_step_minutes',
        'locations "downtown" > rooms "bar-room" > inspections',
        'session_types "bar-60" > price',
        'therapists "mei" > certifications #1 > expires_on',
        'therapists "mei" > shifts #1 > days',
        'therapists "mei" > pronoun',
        "bookings #1 > status",
        "questionnaire > version",
        "bookings #1 > therapist",
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "true"),
        (5, "5"),
        (10**18, "a number of more than 18 digits"),
        (1.5, "1.5"),
        ("tea", '"tea"'),
        ('a "b"\n', r'"a \"b\"\n"'),
        ("a" * 61, '"' + "a" * 57 + '..."'),
        (date(2026, 12, 1), "2026-12-01"),
        (time(8, 45), "08:45:00"),
        ([1, "a"], '[1, "a"]'),
        ([1, 2, 3, 4, 5, 6], "[1, 2, 3, 4, 5, ...]"),
        ([{}], "a list of tables"),
        ({}, "a table"),
    ],
)
def test_what_was_found_is_spelled_as_in_the_file(value, words):
    assert spell(value) == words


def test_a_number_too_long_to_be_spelled_is_described():
    # Python refuses to turn so many digits into text.
    assert spell(16**5000) == "a number of more than 18 digits"
