import pytest

from studio.premises.models import (
    Closure,
    Equipment,
    Inspection,
    Location,
    Room,
    RoomBlock,
    Studio,
)
from tests.studio.studio_file.loaded import load_example, load_text, refused
from tests.studio.studio_file.texts import example

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def pks(model):
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def test_the_first_file_must_name_the_studio():
    assert refused('[[equipment]]\nslug = "mat"\nname = "Mat"\n') == [
        "studio: found nothing, expected a table with name and currency, as there is no studio yet"
    ]


def test_a_later_file_may_rename_the_studio_or_leave_it_out():
    load_example()

    load_text('[studio]\nname = "Deep Water"\ncurrency = "EUR"\nlanguage = "es"\n')
    load_text('[[equipment]]\nslug = "mat"\nname = "Mat"\n')

    assert list(Studio.objects.values_list("name", "currency", "language")) == [
        ("Deep Water", "EUR", "es")
    ]


def test_a_slug_is_updated_in_place():
    load_example()
    before = pks(Location), pks(Room), pks(Equipment)

    report = load_example(
        ('name = "Downtown"', 'name = "Old Town"'),
        ('name = "Bar room"', 'name = "Cedar"'),
        ('name = "Ceiling bars"', 'name = "Bars"'),
    )

    assert str(report) == "updated 1 equipment, 1 location, 1 room"
    assert (pks(Location), pks(Room), pks(Equipment)) == before
    assert Location.objects.get().name == "Old Town"
    assert Room.objects.get().name == "Cedar"


def test_closures_are_replaced_and_equal_ones_stay():
    load_example()
    (christmas,) = pks(Closure)
    new_year = "[[locations.closures]]\n  from = 2027-01-01\n  until = 2027-01-01\n\n  "

    report = load_example(("[[locations.closures]]", f"{new_year}[[locations.closures]]"))

    assert str(report) == "updated 1 location"
    assert Closure.objects.count() == 2
    assert christmas in pks(Closure)


def test_closures_that_the_file_leaves_out_are_gone():
    load_example()
    start, end = example().index("  [[locations.closures]]"), example().index("[[session_types]]")

    load_text(example()[:start] + example()[end:])

    assert not Closure.objects.exists()


def test_a_closure_may_have_times():
    load_example(
        ("from = 2026-12-25", "from = 2026-12-24T12:00:00"),
        ("until = 2026-12-26 ", "until = 2026-12-25T00:00:00 "),
    )

    closure = Closure.objects.get()
    assert str(closure.wall_from) == "2026-12-24 12:00:00"
    assert str(closure.wall_until) == "2026-12-25 00:00:00"
    assert closure.first_day is None


def test_the_equipment_of_a_room_is_replaced():
    load_example()

    report = load_example(
        ('equipment = ["ceiling-bars", "table"]', 'equipment = ["ceiling-bars"]'),
        ('requires_equipment = ["ceiling-bars", "table"]', "requires_equipment = []"),
    )

    assert "1 room" in str(report)
    assert [thing.slug for thing in Room.objects.get().equipment.all()] == ["ceiling-bars"]


TWO_ROOMS = """
  [[locations.rooms]]
  slug = "bay"
  name = "Bay"
  equipment = []
  beside = {bay}

  [[locations.rooms]]
  slug = "attic"
  name = "Attic"
  equipment = []
  beside = {attic}

  [[locations.closures]]"""


def with_rooms(*, bay: str = "[]", attic: str = "[]") -> tuple[str, str]:
    """Two more rooms downtown, and what each says it is beside."""
    rooms = TWO_ROOMS.format(bay=bay, attic=attic)
    return "\n  [[locations.closures]]", rooms


def beside():
    """Per room what is beside it."""
    return {
        room.slug: [other.slug for other in room.beside.all()]
        for room in Room.objects.all()
        if room.beside.exists()
    }


def test_a_room_is_beside_the_one_it_names_and_the_one_beside_it():
    load_example(with_rooms(bay='["attic"]'))

    assert beside() == {"attic": ["bay"], "bay": ["attic"]}


def test_loading_rooms_beside_each_other_twice_writes_nothing():
    load_example(with_rooms(bay='["attic", "bar-room"]'))

    assert str(load_example(with_rooms(bay='["attic", "bar-room"]'))) == "nothing was new"


def test_rooms_are_beside_what_the_file_says_and_no_other_any_more():
    load_example(with_rooms(bay='["attic"]'))

    report = load_example(with_rooms(attic='["bar-room"]'))

    assert beside() == {"attic": ["bar-room"], "bar-room": ["attic"]}
    assert "3 rooms" in str(report)


def test_a_room_is_not_beside_one_of_another_location():
    load_example(with_rooms())

    uptown = UPTOWN.replace("bar-room", "up").replace("[]", '[]\n  beside = ["bay"]')
    assert refused(uptown) == [
        'locations "uptown" > rooms "up" > beside #1: found "bay", expected a room of "uptown"'
    ]


def test_another_due_date_replaces_the_inspection():
    load_example()

    load_example(("ceiling-bars = 2027-06-30", "ceiling-bars = 2028-06-30"))

    assert [str(inspection.due_on) for inspection in Inspection.objects.all()] == ["2028-06-30"]


def test_blocks_are_replaced():
    load_example()

    load_example(("until = 2026-12-04T16:00:00", "until = 2026-12-04T15:00:00"))

    assert [str(block.wall_until) for block in RoomBlock.objects.all()] == ["2026-12-04 15:00:00"]


UPTOWN = """
[[locations]]
slug = "uptown"
name = "Uptown"
timezone = "America/Denver"
address = "1 Pearl St, Denver"
phone = "+13035550143"
email = "hello@stillwater.example"
slot_step_minutes = 15
min_notice_minutes = 120
horizon_days = 90
free_cancellation_hours = 24

  [[locations.rooms]]
  slug = "bar-room"
  name = "Bar room"
  equipment = []
"""


def test_a_room_with_bookings_stays_at_its_location():
    load_example()

    (mistake,) = refused(UPTOWN)

    assert mistake == (
        'locations "uptown" > rooms "bar-room" > slug: found "bar-room", expected another slug,'
        ' as "downtown" has bookings in a room of this one'
    )


def test_a_room_without_bookings_may_go_to_another_location():
    load_text(example().partition("[[bookings]]")[0])

    load_text(UPTOWN)

    assert Room.objects.get().location.slug == "uptown"


def test_t7_a_location_with_bookings_keeps_its_time_zone():
    load_example()

    assert refused(example(('"America/Denver"', '"America/New_York"')))[0] == (
        'locations "downtown" > timezone: found "America/New_York",'
        ' expected "America/Denver", as there are bookings on that clock'
    )


def test_a_location_without_bookings_may_get_another_time_zone():
    text = example().partition("[[bookings]]")[0]
    load_text(text)

    load_text(text.replace("America/Denver", "America/New_York"))

    assert Location.objects.get().timezone == "America/New_York"
