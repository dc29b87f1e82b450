"""Rule P2 as a matrix: who comes to which page."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client as Browser
from django.urls import reverse

from bookings.domain.staff import Role, visible_bookings
from bookings.enums import Status
from bookings.models import Booking, Questionnaire
from bookings.scheduling.hours import to_minute
from studio.api.models import StaffToken
from tests.bookings.conftest import PASSWORD
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    MONDAY,
    at,
    make_booking,
    make_certification,
    make_client,
    make_closure_of_dates,
    make_equipment,
    make_extra_shift,
    make_inspection,
    make_location,
    make_qualification,
    make_room,
    make_room_block,
    make_session_type,
    make_shift,
    make_studio,
    make_therapist,
    make_time_off,
)
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

# What each role may do: v(iew), a(dd), c(hange), d(elete).
MATRIX = {
    "auth.user": ("vac", "", ""),
    "auth.group": ("vacd", "", ""),
    "premises.studio": ("vc", "", ""),
    "premises.location": ("vac", "v", ""),
    "premises.equipment": ("vac", "", ""),
    "premises.room": ("vac", "v", ""),
    "premises.inspection": ("vacd", "", ""),
    "premises.closure": ("vacd", "v", ""),
    "premises.roomblock": ("vacd", "v", ""),
    "therapists.qualification": ("vac", "", ""),
    "therapists.therapist": ("vac", "v", ""),
    "therapists.certification": ("vac", "", ""),
    "therapists.shift": ("vacd", "v", ""),
    "therapists.extrashift": ("vacd", "v", ""),
    "therapists.timeoff": ("vacd", "vacd", ""),
    "bookings.sessiontype": ("vac", "v", ""),
    "bookings.client": ("vacd", "vac", ""),
    "bookings.booking": ("vac", "vac", "v"),
    "bookings.questionnaire": ("vacd", "", ""),
    "api.stafftoken": ("vc", "", ""),
}
ROLES = (Role.MANAGER, Role.RECEPTIONIST, Role.THERAPIST)

# The desk's own pages and forms for a booking of the therapist's own: what is sent (nothing: the
# page is looked at), and who may: m(anager), r(eceptionist), t(herapist).
BOOKING_DESK: dict[tuple[str, ...], tuple[dict[str, str], str]] = {
    ("book",): ({}, "mr"),
    ("book", ""): ({"do": "book"}, "mr"),
    ("booking",): ({}, "mrt"),
    ("booking_step", "check-in"): ({"from": "confirmed"}, "mr"),
    ("booking_step", "complete"): ({"from": "confirmed"}, "mr"),
    ("booking_step", "no-show"): ({"from": "confirmed"}, "mr"),
    ("booking_step", "cancel"): ({"from": "confirmed", "reason": "Ill"}, "mr"),
    ("booking_step", "undo"): ({"from": "confirmed"}, "mr"),
    ("booking_step", "step-back"): ({"from": "confirmed"}, "mr"),
    ("booking_step", "approve"): ({"from": "confirmed"}, "m"),
    ("booking_step", "decline"): ({"from": "confirmed", "reason": "Unfit"}, "m"),
    ("booking_payment",): ({"amount": "1", "method": "cash", "paid": "0"}, "mr"),
    ("booking_notes",): ({"pressure": "firm"}, "mr"),
    ("booking_move",): ({"do": "look"}, "mr"),
    ("booking_change",): ({"room": "room-1"}, "mr"),
}


@pytest.fixture
def rows(sign_in):
    """One row of each model."""
    room, therapist, equipment = make_room(), make_therapist(), make_equipment()
    location = room.location
    times: Any = {"wall_from": "2026-08-03 10:00", "wall_until": "2026-08-03 12:00"}
    user = User.objects.create(username="somebody")
    own = Therapist.objects.filter(slug="own-account").first()
    made = [
        user,
        Group.objects.create(name="Trainees"),
        make_studio(),
        location,
        equipment,
        room,
        make_inspection(room=room, equipment=equipment, due_on=MONDAY),
        make_closure_of_dates(location=location, first_day=MONDAY, last_day=MONDAY),
        make_room_block(room=room, **times),
        therapist,
        make_qualification(),
        make_certification(therapist=therapist, qualification=make_qualification(slug="other")),
        make_shift(therapist=therapist, location=location),
        make_extra_shift(therapist=therapist, location=location, **times),
        make_time_off(therapist=therapist, location=location, **times),
        make_session_type(),
        make_client(),
        make_booking(room=room, therapist=own),
        Questionnaire.objects.create(version=1),
        StaffToken.objects.create(user=user, digest="0" * 64),
    ]
    return {row._meta.label_lower: row for row in made}


@pytest.mark.parametrize("model", MATRIX)
@pytest.mark.parametrize("role", ROLES)
def test_p2_each_role_comes_to_its_own_pages(sign_in, request, role, model):
    browser = sign_in(role)
    row = request.getfixturevalue("rows")[model]
    name = model.replace(".", "_")
    allowed = MATRIX[model][ROLES.index(role)]

    pages = {
        "v": browser.get(reverse(f"admin:{name}_changelist")).status_code,
        "a": browser.get(reverse(f"admin:{name}_add")).status_code,
        "c": browser.post(reverse(f"admin:{name}_change", args=[row.pk])).status_code,
        "d": browser.get(reverse(f"admin:{name}_delete", args=[row.pk])).status_code,
    }

    assert "".join(verb for verb, code in pages.items() if code != 403) == allowed


@pytest.mark.parametrize("page", BOOKING_DESK)
@pytest.mark.parametrize("role", [*ROLES, None])
def test_p2_each_role_does_its_own_with_a_booking(sign_in, request, role, page):
    browser = sign_in(role) if role else Browser()
    row = request.getfixturevalue("rows")["bookings.booking"]
    (name, *rest), (sent, allowed) = page, BOOKING_DESK[page]
    url = reverse(f"admin:{name}", args=[] if name == "book" else [row.reference, *rest])

    code = (browser.post(url, sent) if sent else browser.get(url)).status_code

    if role is None:
        assert (code, row.events.count()) == (302, 0)
    else:
        assert (code != 403) is (role.value[0] in allowed)


@pytest.mark.parametrize("model", MATRIX)
def test_p2_nobody_comes_in_without_signing_in(db, model):
    page = Browser().get(reverse(f"admin:{model.replace('.', '_')}_changelist"))

    assert page.status_code == 302
    assert page["Location"].startswith("/admin/login/")


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
    make_therapist(slug="mei")

    page = sign_in(Role.THERAPIST).get(reverse("admin:bookings_booking_changelist"))

    assert [spec.title for spec in page.context["cl"].filter_specs] == ["when", "status"]
    assert "Mei" not in page.content.decode()


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
