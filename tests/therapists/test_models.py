import pytest
from django.db import IntegrityError

from tests.factories import make_therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.mark.parametrize("minutes", [None, 5, 1440])
def test_a_cap_on_barefoot_minutes_is_none_or_up_to_a_day(minutes):
    assert make_therapist(max_barefoot_minutes_per_day=minutes).pk


@pytest.mark.parametrize("minutes", [0, 1445])
def test_a_cap_of_nothing_or_of_more_than_a_day_is_refused_by_the_database(minutes):
    with pytest.raises(IntegrityError, match="therapist_cap_up_to_a_day"):
        make_therapist(max_barefoot_minutes_per_day=minutes)
