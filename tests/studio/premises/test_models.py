from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from studio.premises.models import (
    Closure,
    Location,
    RoomBlock,
    Studio,
    timezones,
    validate_timezone,
)
from tests.factories import (
    make_closure_of_dates,
    make_closure_of_times,
    make_equipment,
    make_inspection,
    make_location,
    make_room,
    make_room_block,
    make_studio,
)

NOON = (datetime(2026, 8, 3, 12) - datetime(1970, 1, 1)) // timedelta(minutes=1)


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize("name", ["localtime", "Factory", "posixrules", "Mars/Olympus", ""])
def test_what_names_no_place_is_no_time_zone(name):
    with pytest.raises(ValidationError):
        validate_timezone(name)


def test_the_time_zones_of_places_can_be_chosen():
    validate_timezone("America/Denver")

    assert {"America/Denver", "UTC", "Asia/Kathmandu"} <= timezones()


@pytest.mark.django_db
@pytest.mark.both_engines
def test_the_horizon_can_be_two_years():
    assert make_location(horizon_days=730).pk


@pytest.mark.django_db
@pytest.mark.both_engines
def test_a_horizon_beyond_two_years_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="location_horizon_at_most_two_years"):
        make_location(horizon_days=731)


@pytest.mark.django_db
@pytest.mark.both_engines
def test_there_is_one_studio():
    make_studio()

    with refused("studio_is_one"):
        Studio.objects.create(id=2, name="Another")


@pytest.mark.django_db
@pytest.mark.parametrize("currency", ["usd", "US", "USDX", "USD\n"])
def test_a_currency_is_three_capitals(currency):
    studio = make_studio()
    studio.currency = currency

    with pytest.raises(ValidationError) as caught:
        studio.full_clean()

    assert list(caught.value.message_dict) == ["currency"]


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize("minutes", [5, 15, 1440])
def test_t2_a_step_is_a_multiple_of_five_up_to_a_day(minutes):
    assert make_location(slot_step_minutes=minutes).pk


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize("minutes", [0, 7, 1445])
def test_t2_other_steps_are_refused(minutes):
    with refused("location_step_is_multiple_of_five"):
        make_location(slot_step_minutes=minutes)


@pytest.mark.django_db
def test_t2_notice_is_any_number_of_minutes():
    location = make_location(min_notice_minutes=7)

    location.full_clean()


def test_a_location_knows_its_zone():
    assert Location(timezone="Asia/Kathmandu").zone == ZoneInfo("Asia/Kathmandu")


@pytest.mark.django_db
def test_a_location_with_rooms_is_not_deleted():
    room = make_room()

    with pytest.raises(ProtectedError):
        room.location.delete()


@pytest.mark.django_db
@pytest.mark.both_engines
def test_a_room_s_slug_is_the_only_one_of_all_locations():
    make_room(slug="alder")

    with pytest.raises(IntegrityError):
        make_room(slug="alder")


@pytest.mark.django_db
@pytest.mark.both_engines
def test_s5_a_room_s_equipment_is_due_on_one_day():
    bars = make_equipment()
    room = make_room(equipment=(bars,))
    make_inspection(room=room, equipment=bars, due_on=date(2026, 8, 3))

    with pytest.raises(IntegrityError):
        make_inspection(room=room, equipment=bars, due_on=date(2026, 9, 3))


# Closures


@pytest.mark.django_db
@pytest.mark.both_engines
def test_a_closure_is_of_one_date_or_more():
    day = date(2026, 8, 3)

    assert make_closure_of_dates(location=make_location(), first_day=day, last_day=day).pk


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"last_day": date(2026, 8, 2)}, id="ends before it begins"),
        pytest.param({"last_day": None}, id="no last day"),
        pytest.param({"first_day": None}, id="no first day"),
        pytest.param({"first_day": None, "last_day": None}, id="nothing at all"),
        pytest.param({"wall_from": NOON, "wall_until": NOON + 60}, id="dates and times"),
        pytest.param({"wall_from": NOON}, id="dates and a time"),
    ],
)
def test_a_closure_of_dates_has_both_in_order_and_no_times(changes):
    day = date(2026, 8, 3)
    make_closure_of_dates(location=make_location(), first_day=day, last_day=day)

    with refused("closure_is_dates_or_times"):
        Closure.objects.update(**changes)


def closed_for_an_hour():
    return make_closure_of_times(
        location=make_location(), wall_from="2026-08-03 12:00", wall_until="2026-08-03 13:00"
    )


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"wall_until": NOON - 60}, id="ends before it begins"),
        pytest.param({"wall_until": NOON}, id="empty"),
        pytest.param({"wall_until": None}, id="no end"),
        pytest.param({"wall_from": None}, id="no start"),
        pytest.param({"last_day": date(2026, 8, 3)}, id="times and a date"),
    ],
)
def test_a_closure_of_times_has_both_in_order_and_no_dates(changes):
    closed_for_an_hour()

    with refused("closure_is_dates_or_times"):
        Closure.objects.update(**changes)


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize("changes", [{"wall_from": NOON + 3}, {"wall_until": NOON + 63}])
def test_t2_a_closure_off_the_step_is_refused(changes):
    closed_for_an_hour()

    with refused("closure_in_steps_of_five"):
        Closure.objects.update(**changes)


@pytest.mark.django_db
def test_a_form_hears_in_words_of_a_closure_that_is_neither():
    closure = closed_for_an_hour()
    closure.wall_from = closure.wall_until = None

    with pytest.raises(ValidationError, match="Give a first and a last day, or a time"):
        closure.full_clean()


# Room blocks


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize(
    "minutes",
    [pytest.param(-60, id="back to front"), pytest.param(0, id="empty"), pytest.param(63, id="T2")],
)
def test_a_room_block_is_in_order_and_on_the_step(minutes):
    make_room_block(room=make_room(), wall_from="2026-08-03 12:00", wall_until="2026-08-03 13:00")

    with refused("room_block_in_order_in_steps_of_five"):
        RoomBlock.objects.update(wall_until=NOON + minutes)
