import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from studio.premises.models import timezones, validate_timezone
from tests.factories import make_location


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
