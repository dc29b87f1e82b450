import pytest

from studio.premises.house import House
from studio.premises.models import Studio
from tests.factories import make_location, make_studio

pytestmark = pytest.mark.django_db


def test_a_house_is_read_once_for_a_request(rf, django_assert_num_queries):
    studio = make_studio(name="Still Water", currency="EUR", language="es")
    open_, _shut = make_location(), make_location(active=False)
    request = rf.get("/")

    with django_assert_num_queries(1):
        first = House.of(request)
        assert (first.studio, first.locations) == (studio, [open_])
        again = House.of(request)
        assert (again.studio.name, again.locations) == ("Still Water", [open_])
    columns = [field.attname for field in Studio._meta.fields]
    assert [getattr(first.studio, name) for name in columns] == [
        getattr(studio, name) for name in columns
    ]


def test_another_request_reads_the_house_anew(rf):
    assert House.of(rf.get("/")).locations == []

    location = make_location()

    assert House.of(rf.get("/")).locations == [location]


def test_before_its_data_is_loaded_the_house_has_a_plain_name(rf):
    assert House.of(rf.get("/")).studio.name == "Ashiatsu studio"


def test_a_fuller_house_knows_what_was_read_already(rf, django_assert_num_queries):
    class Fuller(House):
        pass

    request = rf.get("/")
    studio = House.of(request).studio

    with django_assert_num_queries(0):
        assert Fuller.of(request).studio is studio
        assert House.of(request) is Fuller.of(request)
