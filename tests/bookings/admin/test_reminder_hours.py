"""When reminders leave, as a manager types it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from studio.premises.models import validate_reminder_hours
from tests.bookings.admin.filling import errors_of, save
from tests.factories import make_location

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    return make_location()


@pytest.fixture
def page(location):
    return reverse("admin:premises_location_change", args=[location.pk])


@pytest.mark.parametrize(
    ("typed", "hours"), [("48, 3", [48, 3]), ("3 24;72", [72, 24, 3]), ("", [])]
)
def test_hours_are_typed_as_people_list_them(manager, location, page, typed, hours):
    save(manager, page, reminder_hours=typed)

    location.refresh_from_db()
    assert location.reminder_hours == hours


@pytest.mark.parametrize(
    "typed", ["two days", "-3", "1.5", "[48", "3, 3", "0", "337", "1 2 3 4 5 6"]
)
def test_what_is_no_list_of_hours_is_refused_and_stays_in_the_field(manager, location, page, typed):
    answer = save(manager, page, reminder_hours=typed)

    assert list(errors_of(answer)) == ["reminder_hours"]
    assert f'value="{typed}"' in answer.text
    location.refresh_from_db()
    assert location.reminder_hours == [48, 3]


@pytest.mark.parametrize("hours", [[], [48, 3], [336, 1], [1, 2, 3, 4, 5]])
def test_short_lists_of_different_hours_are_valid(hours):
    validate_reminder_hours(hours)


@pytest.mark.parametrize(
    "hours",
    [None, 48, "48", {"48": 3}, [0], [-1], [337], [1.5], [True], ["3"], [3, 3], [*range(1, 7)]],
)
def test_anything_else_is_not(hours):
    with pytest.raises(ValidationError, match="up to 5 different whole numbers"):
        validate_reminder_hours(hours)
