import pytest

from studio.premises.models import Closure
from studio.studio_file.loading.rows import replace
from tests.factories import MONDAY, make_closure_of_dates, make_location

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def monday(location):
    return Closure(location=location, first_day=MONDAY, last_day=MONDAY)


def replaced(*wanted, owners):
    return replace(Closure, "location_id", [owner.pk for owner in owners], wanted)


def test_two_equal_rows_are_two_rows():
    location = make_location()

    replaced(monday(location), monday(location), owners=[location])
    before = set(Closure.objects.all())
    changed = replaced(monday(location), monday(location), owners=[location])

    assert len(before) == 2
    assert set(Closure.objects.all()) == before
    assert changed == set()


def test_one_too_many_is_deleted():
    location = make_location()
    first, _ = (
        make_closure_of_dates(location=location, first_day=MONDAY, last_day=MONDAY)
        for _ in range(2)
    )

    changed = replaced(monday(location), owners=[location])

    assert list(Closure.objects.all()) == [first]
    assert changed == {location.pk}


def test_what_belongs_to_somebody_else_stays():
    here, elsewhere = make_location(), make_location()
    theirs = make_closure_of_dates(location=elsewhere, first_day=MONDAY, last_day=MONDAY)

    replaced(owners=[here])

    assert list(Closure.objects.all()) == [theirs]


def test_who_is_left_with_nothing_has_changed():
    location = make_location()
    make_closure_of_dates(location=location, first_day=MONDAY, last_day=MONDAY)

    assert replaced(owners=[location]) == {location.pk}
    assert not Closure.objects.exists()
