from datetime import date

import pytest

from tests.studio.studio_file.texts import mistakes_after, read_example

CHRISTMAS = "from = 2026-12-25\n  until = 2026-12-26 "


def test_a_room_is_not_beside_itself():
    [mistake] = mistakes_after(('name = "Bar room"', 'name = "Bar room"\n  beside = ["bar-room"]'))

    assert "expected other rooms than this one" in mistake


def test_a_closure_of_one_day_begins_and_ends_on_it():
    file = read_example(("until = 2026-12-26 ", "until = 2026-12-25 "))

    assert file.locations[0].closures[0].until == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-12-25", "2026-12-24", "from (2026-12-25) or a later day"),
        (
            "2026-12-25",
            "2026-12-26T12:00:00",
            "dates on both sides, or wall-clock times on both sides",
        ),
        (
            "2026-12-24T12:00:00",
            "2026-12-26",
            "dates on both sides, or wall-clock times on both sides",
        ),
        (
            "2026-12-24T12:00:00",
            "2026-12-24T12:00:00",
            "a time after from (2026-12-24T12:00:00)",
        ),
    ],
)
def test_a_closure_is_dates_or_times_in_order(first, last, words):
    mistakes = mistakes_after((CHRISTMAS, f"from = {first}\n  until = {last} "))

    assert mistakes == [
        f'locations "downtown" > closures #1 > until: found {last}, expected {words}'
    ]


def test_a_closure_takes_no_time_with_an_offset():
    mistakes = mistakes_after(
        (CHRISTMAS, "from = 2026-12-24T12:00:00Z\n  until = 2026-12-26T00:00:00 ")
    )

    assert len(mistakes) == 1
    assert mistakes[0].startswith('locations "downtown" > closures #1 > from: found 2026-12-24T12')


def test_a_closure_needs_no_reason():
    file = read_example(('reason = "Christmas"', ""))

    assert file.locations[0].closures[0].reason == ""


def test_s5_only_what_stands_in_the_room_is_inspected():
    mistakes = mistakes_after(("{ ceiling-bars = 2027-06-30 }", "{ ropes = 2027-06-30 }"))

    assert mistakes == [
        (
            'locations "downtown" > rooms "bar-room" > inspections: found a table,'
            ' expected equipment that stands in this room, which "ropes" does not'
        )
    ]


def test_s5_an_inspection_falls_due_on_a_date():
    mistakes = mistakes_after(("{ ceiling-bars = 2027-06-30 }", '{ ceiling-bars = "June" }'))

    assert mistakes == [
        (
            'locations "downtown" > rooms "bar-room" > inspections > ceiling-bars: found "June",'
            " expected a date such as 2027-06-30, without quotes"
        )
    ]


def test_s5_an_inspection_names_its_equipment_by_slug():
    mistakes = mistakes_after(("{ ceiling-bars = 2027-06-30 }", '{ "the bars" = 2027-06-30 }'))

    assert mistakes == [
        (
            'locations "downtown" > rooms "bar-room" > inspections > the bars: found "the bars",'
            " expected a slug of 1 to 64 letters, digits, hyphens and underscores"
        )
    ]


def test_a_room_and_a_location_can_be_retired():
    file = read_example(
        ('name = "Bar room"', 'name = "Bar room"\nactive = false'),
        ('name = "Downtown"', 'name = "Downtown"\nactive = false'),
    )

    assert not file.locations[0].active
    assert not file.locations[0].rooms[0].active
