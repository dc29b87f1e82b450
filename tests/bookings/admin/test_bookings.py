"""The list of bookings; writing one is the desk's, and the old addresses lead there."""

from dataclasses import replace

import pytest
from django.urls import reverse

from bookings.domain.staff import Role
from bookings.enums import Status
from bookings.models import Booking, Client
from tests.bookings.admin.filling import messages_of, queries_of
from tests.bookings.desk.booking.typing import page_of, pay, place
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_client,
    make_location,
    make_room,
    make_therapist,
)
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

ADD = reverse("admin:bookings_booking_add")
LIST = reverse("admin:bookings_booking_changelist")


@pytest.fixture
def made():
    """A therapist, a room and a session type that fit, every day from nine to five."""
    return make_bookable()


@pytest.fixture
def booked(made):
    """A booking on Monday at ten."""
    return place(made)


def test_a_new_booking_is_made_at_the_desk(receptionist):
    page = receptionist.get(ADD, {"client": "7"})

    assert page["Location"] == f"{reverse('admin:book')}?client=7"


@pytest.mark.parametrize(("name", "part"), [("change", ""), ("history", "#history")])
def test_a_booking_is_looked_at_on_its_own_page(receptionist, booked, name, part):
    page = receptionist.get(reverse(f"admin:bookings_booking_{name}", args=[booked.pk]))

    assert page["Location"] == f"{page_of(booked)}{part}"


def test_a_booking_that_does_not_exist_is_not_found(receptionist):
    assert receptionist.get(reverse("admin:bookings_booking_change", args=[7])).status_code == 404


def test_b3_a_hold_whose_time_is_up_is_shown_as_such(receptionist, made):
    place(made, status=Status.HELD, expires_at=at("2026-08-03 07:00"))

    page = receptionist.get(LIST).content.decode()

    assert '<td class="field-standing">held, time is up</td>' in page


@pytest.mark.parametrize("role", [Role.MANAGER, Role.RECEPTIONIST])
def test_b7_a_booking_is_never_deleted(sign_in, booked, role):
    browser = sign_in(role)

    page = browser.post(reverse("admin:bookings_booking_delete", args=[booked.pk]), {"post": "yes"})
    browser.post(
        LIST, {"action": "delete_selected", "_selected_action": [booked.pk], "post": "yes"}
    )

    assert page.status_code == 403
    assert Booking.objects.filter(pk=booked.pk).exists()


def test_several_bookings_are_checked_in_together(receptionist, made, booked):
    done = place(made, "2026-08-03 12:00", status=Status.CANCELLED, reference="GONE")

    page = receptionist.post(
        LIST,
        {"action": "check_in", "_selected_action": [booked.pk, done.pk], "index": "0"},
        follow=True,
    )

    booked.refresh_from_db()
    assert booked.status == Status.CHECKED_IN
    assert messages_of(page) == [
        "GONE: The booking's state does not allow this.",
        "1 booking changed.",
    ]


def listed(page):
    return [booking.reference for booking in page.context["cl"].result_list]


@pytest.fixture
def week(made):
    """Bookings of yesterday, today, tomorrow and the day after."""
    for number, name in enumerate(["YESTERDAY", "TODAY", "TOMORROW", "LATER"]):
        place(made, f"2026-08-{2 + number:02} 10:00", reference=name)


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ({}, ["TODAY", "TOMORROW", "LATER"]),
        ({"when": "today"}, ["TODAY"]),
        ({"when": "tomorrow"}, ["TOMORROW"]),
        ({"when": "past"}, ["YESTERDAY"]),
        ({"q": "yesterday"}, ["YESTERDAY"]),
        ({"date__year": "2026"}, ["YESTERDAY", "TODAY", "TOMORROW", "LATER"]),
        ({"when": "any"}, ["YESTERDAY", "TODAY", "TOMORROW", "LATER"]),
    ],
)
def test_the_list_begins_today_unless_something_is_asked(receptionist, week, query, references):
    assert listed(receptionist.get(LIST, query)) == references


def test_the_list_says_which_days_it_shows(receptionist, week):
    (when, *_others) = receptionist.get(LIST).context["cl"].filter_specs

    choices = list(when.choices(receptionist.get(LIST).context["cl"]))

    assert [choice["display"] for choice in choices if choice["selected"]] == ["From today on"]
    assert [choice["query_string"] for choice in choices][-1] == "?when=any"


def test_t1_today_is_the_location_s_own(receptionist, made):
    tokyo = make_location(timezone="Asia/Tokyo")
    make_booking(room=make_room(location=tokyo), starts_at=at("2026-08-02 23:00", "Asia/Tokyo"))
    make_booking(
        room=make_room(location=tokyo),
        starts_at=at("2026-08-03 23:30", "Asia/Tokyo"),
        reference="TODAY",
    )

    assert listed(receptionist.get(LIST, {"when": "today"})) == ["TODAY"]


@pytest.mark.parametrize("typed", ["abcde", "Robin", "robin@example", "555 01"])
def test_a_booking_is_found_by_reference_and_client(receptionist, made, booked, typed):
    client = Client.objects.get()
    client.phone = "+1 303 555 0199"
    client.save()
    place(
        made,
        "2026-08-03 12:00",
        reference="OTHER",
        client=make_client(name="Kim", email="kim@example.org"),
    )

    assert listed(receptionist.get(LIST, {"q": typed})) == ["ABCDE-FGHJK"]


@pytest.mark.parametrize(
    ("typed", "found"), [("rob", ["OWN"]), ("example.org", []), ("5550199", [])]
)
def test_p2_a_therapist_finds_her_clients_by_name_alone(sign_in, typed, found):
    therapists = sign_in(Role.THERAPIST)
    robin = make_client(name="Robin", email="robin@example.org", phone="303 555 0199")
    own = Therapist.objects.get(slug="own-account")
    make_booking(therapist=own, client=robin, reference="OWN")

    assert listed(therapists.get(LIST, {"q": typed})) == found


def test_b11_the_list_says_what_is_still_to_be_paid(receptionist, booked):
    pay(receptionist, booked)

    page = receptionist.get(LIST)

    assert '<td class="field-to_pay">70.00 USD</td>' in page.content.decode()


def test_the_list_needs_as_many_queries_for_three_bookings_as_for_one(receptionist, made):
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            place(
                make_bookable_again(made),
                reference=f"{rows}-{number}",
                client=make_client(name=f"Client {rows}-{number}"),
            )
        counts.append(queries_of(receptionist, LIST))

    assert counts[0] == counts[1]


def make_bookable_again(made):
    return replace(made, therapist=make_therapist(), room=make_room(location=made.location))
