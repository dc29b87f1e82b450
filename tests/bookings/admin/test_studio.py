"""The business as a whole, and the desk's first page."""

import pytest
from django.urls import reverse

from bookings.domain.staff import Role
from studio.premises.models import Studio
from tests.bookings.admin.filling import errors_of, save
from tests.factories import make_studio

pytestmark = pytest.mark.django_db

ADD = reverse("admin:premises_studio_add")
INDEX = reverse("admin:tables")


def test_the_studio_is_named_once(manager):
    save(manager, ADD, name="Still Water", currency="EUR", language="es")

    assert Studio.objects.get().name == "Still Water"
    assert manager.get(ADD).status_code == 403


def test_a_currency_is_three_capitals(manager):
    page = save(manager, ADD, name="Still Water", currency="eur", language="en")

    assert errors_of(page) == {"currency": ["Give three capitals, such as USD."]}


def test_the_desk_is_headed_with_the_studios_name(manager):
    assert "Studio desk</a>" in manager.get(INDEX).content.decode()

    make_studio(name="Still Water")

    assert "Still Water</a>" in manager.get(INDEX).content.decode()


@pytest.mark.parametrize(
    ("role", "models"),
    [
        (
            Role.RECEPTIONIST,
            [
                "Bookings",
                "Clients",
                "Notifications",
                "Session types",
                "Film",
                "Pages",
                "Closures",
                "Locations",
                "Room blocks",
                "Rooms",
                "Extra shifts",
                "Shifts",
                "Therapists",
                "Time off",
            ],
        ),
        (Role.THERAPIST, ["Bookings"]),
    ],
)
def test_p2_the_first_page_lists_what_a_role_works_with(sign_in, role, models):
    page = sign_in(role).get(INDEX)

    assert [model["name"] for app in page.context["app_list"] for model in app["models"]] == models
