"""A booking's page: what it tells, and to whom."""

import pytest
from django.urls import reverse

from bookings.domain.clients.blocking import block
from bookings.domain.staff import Role
from bookings.enums import Status
from tests.bookings.admin.filling import queries_of
from tests.bookings.desk.booking.typing import address, move, page_of, pay, place, take
from tests.bookings.domain.asking import RECEPTION
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    at,
    make_bookable,
    make_certification,
    make_client,
    make_room,
    make_shift,
    make_therapist,
)
from therapists.models import Therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_bookable()


@pytest.fixture
def booked(made):
    """A booking on Monday at ten."""
    return place(made)


def shown(browser, booking):
    return browser.get(page_of(booking)).content.decode()


def test_t1_the_page_tells_when_on_the_clock_of_the_location(receptionist, booked):
    page = shown(receptionist, booked)

    assert "<strong>Mon 3 Aug 2026, 10:00 -06:00</strong> – 11:00" in page
    assert "America/Denver" in page


def test_the_client_is_reached_with_a_click(receptionist, booked):
    booked.client.phone = "+1 303 555 0199"
    booked.client.save()

    page = shown(receptionist, booked)

    client_url = reverse("admin:client", args=[booked.client_id])
    assert f'<a href="{client_url}">Robin Client</a>' in page
    assert '<a href="tel:+13035550199">+1 303 555 0199</a>' in page
    assert '<a href="mailto:robin@example.org">' in page


def test_what_the_studio_keeps_of_the_client_stands_beside_the_booking(receptionist, booked):
    booked.client.notes = "Likes it quiet"
    booked.client.save()
    block(booked.client, "Call about the voucher", caller=RECEPTION, now=SEVEN_ON_MONDAY)

    page = shown(receptionist, booked)

    assert "Likes it quiet" in page
    assert "Blocked from online booking</strong>: Call about the voucher" in page


def test_p2_a_therapist_reads_neither_notes_nor_block(own):
    browser, booking = own
    booking.client.notes = "Likes it quiet"
    booking.client.save()
    block(booking.client, "Call about the voucher", caller=RECEPTION, now=SEVEN_ON_MONDAY)

    page = shown(browser, booking)

    assert "quiet" not in page.replace('class="quiet"', "")
    assert "voucher" not in page


def test_the_state_is_a_word_and_a_sign(receptionist, made):
    page = shown(receptionist, place(made, status=Status.CHECKED_IN))

    assert '<span aria-hidden="true">✓</span> checked in' in page


def test_b3_a_hold_whose_time_is_up_is_shown_as_such(receptionist, made):
    hold = place(made, status=Status.HELD, expires_at=at("2026-08-03 07:00"))

    assert "held, time is up" in shown(receptionist, hold)


def test_a_hold_without_a_client_has_a_page_too(receptionist, made):
    hold = place(made, status=Status.HELD, expires_at=at("2026-08-03 07:05"))
    hold.client = None
    hold.save()

    assert "Not known yet" in shown(receptionist, hold)


BOARD = "/admin/board/?location=location-1&amp;date=2026-08-03&amp;by=therapist"


def test_the_way_back_leads_to_the_day_and_the_booking_on_it(receptionist, booked):
    assert f'<a href="{BOARD}#booking-{booked.pk}">' in shown(receptionist, booked)


def test_it_can_be_carried_over_the_board_as_long_as_it_can_be_moved(receptionist, made, booked):
    done = place(made, "2026-08-03 12:00", status=Status.COMPLETED, reference="DONE")

    assert f'<a href="{BOARD}&amp;move={booked.pk}">' in shown(receptionist, booked)
    assert "move=" not in shown(receptionist, done)


def test_only_the_steps_that_are_possible_have_buttons(receptionist, made, booked):
    done = place(made, "2026-08-03 12:00", status=Status.COMPLETED, reference="DONE")

    steps = [receptionist.get(page_of(each)).context["steps"] for each in (booked, done)]

    assert [list(names) for names in steps] == [
        ["check-in", "cancel"],
        ["step-back"],
    ]


def test_h2_a_review_says_until_when_it_is_decided(manager, made):
    booking = place(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))

    page = shown(manager, booking)

    assert "Decide until" in page
    assert "Mon 3 Aug 2026, 09:00 -06:00" in page


def test_h3_reception_sees_that_a_review_is_needed_and_who_decides(receptionist, made):
    booking = place(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))

    page = shown(receptionist, booking)

    assert "A review is needed before it stands; a manager decides." in page
    assert "Approve" not in page


def test_b4_the_page_tells_what_was_copied(receptionist, made):
    booking = place(made)
    made.session_type.name = "Renamed"
    made.session_type.save()

    page = shown(receptionist, booking)

    assert "Session-1, 60 min, with 0 before and 0 after" in page
    assert "website" in page


def test_a_booking_that_does_not_exist_is_not_found(receptionist):
    assert receptionist.get(reverse("admin:booking", args=["NOSUC-HTHIN"])).status_code == 404


@pytest.fixture
def own(sign_in, made):
    """A therapist at her browser, and a booking of hers."""
    browser = sign_in(Role.THERAPIST)
    client = make_client(email="secret@example.org")
    client.phone = "+1 303 555 0199"
    client.save()
    therapist = Therapist.objects.get(slug="own-account")
    return browser, place(made, therapist=therapist, client=client)


def test_p2_a_therapist_sees_her_own_booking_and_nobody_s_telephone(own):
    browser, booking = own

    page = shown(browser, booking)

    assert booking.client.name in page
    assert "secret@example.org" not in page
    assert "0199" not in page
    assert "120.00" not in page


def test_p2_a_therapist_has_no_buttons_and_no_history(own):
    browser, booking = own

    page = browser.get(page_of(booking))

    assert "<button" not in page.content.decode().partition('<div id="content"')[2]
    for name in ("steps", "move_form", "notes_form", "payment_form", "history"):
        assert name not in page.context


@pytest.mark.parametrize(
    ("what", "more", "values"),
    [
        ("step", ("check-in",), {}),
        ("step", ("cancel",), {"reason": "x"}),
        ("step", ("approve",), {}),
        ("payment", (), {"amount": "1", "method": "cash", "paid": "0"}),
        ("notes", (), {"notes": "mine", "pressure": "firm"}),
        ("move", (), {"do": "look"}),
        ("change", (), {"therapist": "x"}),
    ],
)
def test_p2_a_therapist_changes_nothing(own, what, more, values):
    browser, booking = own

    assert browser.post(address(booking, what, *more), values).status_code == 403
    booking.refresh_from_db()
    assert (booking.status, booking.notes) == (Status.CONFIRMED, "")


@pytest.mark.parametrize("reference", ["OTHER", "LATER"])
def test_p2_a_therapist_does_not_come_to_another_booking(own, made, reference):
    browser, booking = own
    other = place(made, "2026-08-03 12:00", reference="OTHER")
    later = place(made, "2026-08-05 10:00", reference="LATER", therapist=booking.therapist)
    asked = {"OTHER": other, "LATER": later}[reference]

    assert browser.get(page_of(asked)).status_code == 404
    assert browser.post(address(asked, "step", "check-in")).status_code == 403


def test_p2_nobody_comes_in_without_signing_in(client, booked):
    assert client.get(page_of(booked))["Location"].startswith(reverse("admin:login"))


def test_the_queries_do_not_grow_with_events_and_payments(receptionist, made, booked):
    move(receptionist, booked, start="2026-08-03T11:00")
    pay(receptionist, booked, "1.00")
    before = queries_of(receptionist, page_of(booked))

    for amount, hour in (("2.00", "12"), ("3.00", "13")):
        pay(receptionist, booked, amount)
        move(receptionist, booked, start=f"2026-08-03T{hour}:00")
        take(receptionist, booked, "check-in")
        take(receptionist, booked, "step-back")

    assert queries_of(receptionist, page_of(booked)) == before


def test_the_queries_do_not_grow_with_therapists_rooms_clients_and_bookings(
    receptionist, made, booked
):
    before = queries_of(receptionist, page_of(booked))

    for number in range(3):
        therapist = make_therapist(slug=f"more-{number}")
        make_shift(therapist=therapist, location=made.location)
        make_certification(
            therapist=therapist, qualification=made.session_type.requires_qualifications.get()
        )
        made.session_type.therapists.add(therapist)
        room = make_room(location=made.location, equipment=tuple(made.room.equipment.all()))
        place(
            made,
            "2026-08-03 14:00",
            reference=f"MORE-{number}",
            client=booked.client,
            therapist=therapist,
            room=room,
        )
        make_client(name=f"Client {number}")

    assert queries_of(receptionist, page_of(booked)) == before
