"""What rule P2 gives each role beyond pages: whose bookings, and how much of them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client as Browser
from django.urls import reverse

from bookings.domain.staff import Role, visible_bookings
from bookings.enums import Status
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from tests.bookings.conftest import PASSWORD
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    at,
    make_booking,
    make_client,
    make_location,
    make_room,
    make_therapist,
)
from therapists.models import Therapist

pytestmark = pytest.mark.django_db


def test_p2_an_account_that_is_no_staff_does_not_come_in(db):
    browser = Browser()
    browser.force_login(User.objects.create_user("client"))

    assert browser.get(reverse("admin:index")).status_code == 302


def test_p2_staff_signs_in_with_a_password(sign_in):
    sign_in(Role.RECEPTIONIST)
    browser = Browser()

    page = browser.post(
        reverse("admin:login"),
        {"username": "receptionist", "password": PASSWORD, "next": "/admin/"},
    )

    assert (page.status_code, page["Location"]) == (302, "/admin/")


def test_p2_a_member_of_staff_without_a_role_sees_no_booking(db):
    make_booking()
    user = User.objects.create_user("trainee", is_staff=True)

    assert not visible_bookings(user, now=SEVEN_ON_MONDAY).exists()


def test_p2_a_therapist_sees_her_own_bookings_of_these_days_only(sign_in):
    browser = sign_in(Role.THERAPIST)
    own = Therapist.objects.get(slug="own-account")
    for day in (1, 2, 3, 4, 5):
        make_booking(therapist=own, starts_at=at(f"2026-08-{day:02} 10:00"), reference=f"OWN-{day}")
    make_booking(reference="OTHER")

    page = browser.get(reverse("admin:bookings_booking_changelist"), {"q": ""})

    assert [booking.reference for booking in page.context["cl"].result_list] == [
        "OWN-2",
        "OWN-3",
        "OWN-4",
    ]


@pytest.mark.parametrize("reference", ["OTHER", "LATER"])
def test_p2_a_therapist_does_not_come_to_another_booking_by_its_address(sign_in, reference):
    browser = sign_in(Role.THERAPIST)
    own = Therapist.objects.get(slug="own-account")
    make_booking(reference="OTHER")
    make_booking(therapist=own, reference="LATER", starts_at=at("2026-08-05 10:00"))
    booking = Booking.objects.get(reference=reference)

    for name in ("change", "history", "delete"):
        url = reverse(f"admin:bookings_booking_{name}", args=[booking.pk])
        assert browser.get(url).status_code in (302, 403, 404)
        assert "/booking/" not in browser.get(url).get("Location", "")


def test_p2_a_therapist_has_no_action_on_the_list(sign_in):
    browser = sign_in(Role.THERAPIST)
    booking = make_booking(therapist=Therapist.objects.get(slug="own-account"))

    browser.post(
        reverse("admin:bookings_booking_changelist"),
        {"action": "check_in", "_selected_action": [booking.pk], "index": "0"},
    )

    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED


def test_p2_a_therapist_is_not_asked_whose_bookings_she_means(sign_in):
    other = make_therapist()

    page = sign_in(Role.THERAPIST).get(reverse("admin:bookings_booking_changelist"))

    assert [spec.title for spec in page.context["cl"].filter_specs] == ["when", "status"]
    assert other.name not in page.content.decode()


def test_p2_a_therapist_sees_no_telephone_numbers(sign_in):
    browser = sign_in(Role.THERAPIST)
    client = make_client(email="secret@example.org")
    client.phone = "+1 303 555 0199"
    client.save()
    make_booking(therapist=Therapist.objects.get(slug="own-account"), client=client)

    page = browser.get(reverse("admin:bookings_booking_changelist")).content.decode()

    assert client.name in page
    assert "secret@example.org" not in page
    assert "0199" not in page


@pytest.mark.parametrize("role", [Role.THERAPIST])
def test_p2_clients_cannot_be_looked_up_by_their_autocompletion(sign_in, role):
    make_client()

    page = sign_in(role).get(
        reverse("admin:autocomplete"),
        {"term": "Robin", "app_label": "bookings", "model_name": "booking", "field_name": "client"},
    )

    assert page.status_code == 403


def test_a_receptionist_looks_clients_up_by_autocompletion(sign_in):
    client = make_client()

    page = sign_in(Role.RECEPTIONIST).get(
        reverse("admin:autocomplete"),
        {
            "term": "robin@",
            "app_label": "bookings",
            "model_name": "booking",
            "field_name": "client",
        },
    )

    assert page.json()["results"] == [{"id": str(client.pk), "text": "Robin Client"}]


def test_t1_a_therapists_day_is_that_of_the_location(sign_in):
    sign_in(Role.THERAPIST)
    own = Therapist.objects.get(slug="own-account")
    tokyo = make_location(timezone="Asia/Tokyo")
    booking = make_booking(
        therapist=own,
        room=make_room(location=tokyo),
        starts_at=at("2026-08-04 23:30", "Asia/Tokyo"),
    )
    user = User.objects.get()

    late_on_wednesday = to_minute(at("2026-08-05 23:55", "Asia/Tokyo"))

    assert list(visible_bookings(user, now=late_on_wednesday)) == [booking]
    assert not visible_bookings(user, now=late_on_wednesday + 5).exists()
