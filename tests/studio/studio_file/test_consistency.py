import pytest

from studio.studio_file.consistency import KnownSlugs
from tests.studio.studio_file.texts import example, mistakes_after, mistakes_in

KNOWN = KnownSlugs(
    equipment=frozenset({"ceiling-bars", "table"}),
    qualifications=frozenset({"bar-two-foot", "massage-licence"}),
    locations=frozenset({"downtown"}),
    rooms=frozenset({"bar-room"}),
    session_types=frozenset({"bar-60"}),
    therapists=frozenset({"mei"}),
)


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        (
            'name = "Bar room"\n  equipment = ["ceiling-bars"',
            'name = "Bar room"\n  equipment = ["nowhere"',
            'locations "downtown" > rooms "bar-room" > equipment #1',
            "a piece of equipment",
        ),
        (
            'name = "Bar room"\n',
            'name = "Bar room"\n  beside = ["nowhere"]\n',
            'locations "downtown" > rooms "bar-room" > beside #1',
            "a room",
        ),
        (
            'locations = ["downtown"]',
            'locations = ["nowhere"]',
            'session_types "bar-60" > locations #1',
            "a location",
        ),
        (
            'requires_equipment = ["ceiling-bars", "table"]',
            'requires_equipment = ["table", "nowhere"]',
            'session_types "bar-60" > requires_equipment #2',
            "a piece of equipment",
        ),
        (
            'requires_qualifications = ["bar-two-foot"',
            'requires_qualifications = ["nowhere"',
            'session_types "bar-60" > requires_qualifications #1',
            "a qualification",
        ),
        (
            'session_types = ["bar-60"]',
            'session_types = ["nowhere"]',
            'therapists "mei" > session_types #1',
            "a session type",
        ),
        (
            'qualification = "bar-two-foot"',
            'qualification = "nowhere"',
            'therapists "mei" > certifications #1 > qualification',
            "a qualification",
        ),
        (
            'location = "downtown"\n  days',
            'location = "nowhere"\n  days',
            'therapists "mei" > shifts #1 > location',
            "a location",
        ),
        (
            'location = "downtown"\n  from',
            'location = "nowhere"\n  from',
            'therapists "mei" > extra_shifts #1 > location',
            "a location",
        ),
        (
            'location = "downtown"        #',
            'location = "nowhere"        #',
            'therapists "mei" > time_off #1 > location',
            "a location",
        ),
        (
            'location = "downtown"\nsession_type',
            'location = "nowhere"\nsession_type',
            "bookings #1 > location",
            "a location",
        ),
        (
            'session_type = "bar-60"',
            'session_type = "nowhere"',
            "bookings #1 > session_type",
            "a session type",
        ),
        ('therapist = "mei"', 'therapist = "nowhere"', "bookings #1 > therapist", "a therapist"),
        ('room = "bar-room" ', 'room = "nowhere" ', "bookings #1 > room", "a room"),
    ],
)
def test_a_slug_that_leads_nowhere_is_a_mistake(old, new, where, what):
    changes = [(old, new)]
    if "requires" not in where and "equipment" in where:
        changes.append(("inspections = { ceiling-bars = 2027-06-30 }", ""))

    assert mistakes_after(*changes) == [
        f'{where}: found "nowhere", expected the slug of {what} in this file or loaded before'
    ]


def test_a_file_may_name_what_is_loaded_already():
    _, _, after = example().partition("[[therapists]]")
    text = "[[therapists]]" + after

    assert mistakes_in(text, KNOWN) == []
    assert len(mistakes_in(text)) == 9


def test_slugs_that_lead_nowhere_are_told_beside_other_mistakes():
    mistakes = mistakes_after(
        ('price = "120.00"', "price = 120"), ('therapist = "mei"', 'therapist = "mai"')
    )

    assert [mistake.partition(":")[0] for mistake in mistakes] == [
        'session_types "bar-60" > price',
        "bookings #1 > therapist",
    ]


@pytest.mark.parametrize(
    ("header", "table"),
    [
        ("[[equipment]]", 'slug = "table"\nname = "Another"'),
        ("[[qualifications]]", 'slug = "massage-licence"\nname = "Another"'),
    ],
)
def test_a_slug_that_stands_twice_in_a_table_is_a_mistake(header, table):
    (mistake,) = mistakes_in(f"{example()}\n{header}\n{table}\n")

    assert "once more, expected a slug that nothing else under" in mistake


def test_the_slug_of_a_room_is_its_own_in_the_whole_studio():
    uptown = """
[[locations]]
slug = "uptown"
name = "Uptown"
timezone = "America/Denver"
address = "9 Hill St"
phone = "+13035550143"
email = "uptown@stillwater.example"
slot_step_minutes = 15
min_notice_minutes = 120
horizon_days = 90
free_cancellation_hours = 24
rooms = [{ slug = "bar-room", name = "Bar room", equipment = [] }]
"""

    assert mistakes_in(example() + uptown) == [
        (
            'locations "uptown" > rooms "bar-room" > slug: found "bar-room" once more,'
            " expected a slug that nothing else under locations.rooms has"
        )
    ]


def test_a_certification_is_matched_by_qualification_and_number():
    mistakes = mistakes_after(
        ('qualification = "massage-licence"', 'qualification = "bar-two-foot"')
    )

    assert mistakes == [
        (
            'therapists "mei" > certifications #2 > number: found "..." once more,'
            ' expected another number than the one before for "bar-two-foot"'
        )
    ]


PLACE_OF_TIME_OFF = ('location = "downtown"        #', "#")


def test_time_off_at_the_only_location_of_a_therapist_may_leave_it_out():
    assert mistakes_after(PLACE_OF_TIME_OFF) == []


def test_time_off_of_a_therapist_with_two_locations_says_whose_clock_is_meant():
    text = example(PLACE_OF_TIME_OFF, ('location = "downtown"\n  from', 'location = "up"\n  from'))

    assert mistakes_in(text, KnownSlugs(locations=frozenset({"up"}))) == [
        (
            'therapists "mei" > time_off #1 > location: found nothing,'
            ' expected the location whose wall clock is meant: "downtown", "up"'
        )
    ]


NO_SHIFTS = """
[[therapists]]
slug = "noor"
name = "Noor Haddad"
session_types = []
time_off = [{ from = 2026-12-24T12:00:00, until = 2026-12-27T00:00:00 }]
"""


def test_time_off_without_any_shift_is_at_the_only_location_of_the_studio():
    assert mistakes_in(example() + NO_SHIFTS) == []


def test_time_off_without_any_shift_in_a_chain_says_whose_clock_is_meant():
    assert mistakes_in(example() + NO_SHIFTS, KnownSlugs(locations=frozenset({"up"}))) == [
        (
            'therapists "noor" > time_off #1 > location: found nothing,'
            ' expected the location whose wall clock is meant: "downtown", "up"'
        )
    ]
