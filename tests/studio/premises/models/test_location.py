from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from studio.premises.models import Location, timezones, validate_timezone
from tests.factories import make_location, make_room


@pytest.mark.parametrize("name", ["localtime", "Factory", "posixrules", "Mars/Olympus", ""])
def test_what_names_no_place_is_no_time_zone(name):
    with pytest.raises(ValidationError):
        validate_timezone(name)


def test_the_time_zones_of_places_can_be_chosen():
    validate_timezone("America/Denver")

    assert {"America/Denver", "UTC", "Asia/Kathmandu"} <= timezones()


def test_a_location_knows_its_zone():
    assert Location(timezone="Asia/Kathmandu").zone == ZoneInfo("Asia/Kathmandu")


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
@pytest.mark.parametrize("minutes", [5, 15, 1440])
def test_t2_a_step_is_a_multiple_of_five_up_to_a_day(minutes):
    assert make_location(slot_step_minutes=minutes).pk


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize("minutes", [0, 7, 1445])
def test_t2_other_steps_are_refused(minutes):
    with pytest.raises(IntegrityError, match="location_step_is_multiple_of_five"):
        make_location(slot_step_minutes=minutes)


@pytest.mark.django_db
def test_t2_notice_is_any_number_of_minutes():
    location = make_location(min_notice_minutes=7)

    location.full_clean()


@pytest.mark.django_db
def test_a_location_with_rooms_is_not_deleted():
    room = make_room()

    with pytest.raises(ProtectedError):
        room.location.delete()
