"""What can be done on a booking's page: steps, payments and notes."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from bookings.enums import EventKind, Pressure, Status
from bookings.models import Payment
from tests.bookings.admin.filling import fields_of, messages_of
from tests.bookings.desk.booking.typing import (
    address,
    errors_of,
    page_of,
    pay,
    place,
    send,
    take,
)
from tests.factories import at, make_bookable, make_questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_bookable()


@pytest.fixture
def booked(made):
    """A booking on Monday at ten."""
    return place(made)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("check-in", Status.CONFIRMED, Status.CHECKED_IN),
        ("complete", Status.CONFIRMED, Status.COMPLETED),
        ("complete", Status.CHECKED_IN, Status.COMPLETED),
        ("no-show", Status.CONFIRMED, Status.NO_SHOW),
        ("step-back", Status.NO_SHOW, Status.CONFIRMED),
    ],
)
def test_b7_a_step_is_taken_with_one_click_and_recorded(receptionist, made, name, before, after):
    booking = place(made, "2026-08-03 07:00", status=before)

    page = take(receptionist, booking, name)

    booking.refresh_from_db()
    assert booking.status == after
    assert booking.events.get().by == User.objects.get()
    assert messages_of(page) == [f"ABCDE-FGHJK is {after.label}."]


@pytest.mark.parametrize(("name", "after"), [("check-in", "checked_in"), ("complete", "completed")])
def test_a_double_click_takes_a_step_once(receptionist, made, name, after):
    booked = place(made, "2026-08-03 07:00")
    url = address(booked, "step", name)
    form = fields_of(receptionist.get(page_of(booked)), url)

    pages = [receptionist.post(url, form, follow=True) for _ in range(2)]

    booked.refresh_from_db()
    assert (booked.status, booked.events.count()) == (after, 1)
    assert messages_of(pages[0]) == messages_of(pages[1])


def test_a_double_click_steps_back_once(receptionist, made):
    booked = place(made, "2026-08-03 07:00")
    take(receptionist, booked, "check-in")
    take(receptionist, booked, "complete")
    url = address(booked, "step", "step-back")
    form = fields_of(receptionist.get(page_of(booked)), url)

    for _ in range(2):
        receptionist.post(url, form)

    booked.refresh_from_db()
    assert booked.status == Status.CHECKED_IN


def test_a_button_on_a_page_that_is_too_old_says_that_it_did_nothing(receptionist, booked):
    url = address(booked, "step", "check-in")
    old = fields_of(receptionist.get(page_of(booked)), url)
    take(receptionist, booked, "cancel", reason="Ill")

    page = receptionist.post(url, old, follow=True)

    booked.refresh_from_db()
    assert booked.status == Status.CANCELLED
    assert messages_of(page)[-1] == "Somebody has changed this booking in the meantime."
    assert page.context["standing"] == "cancelled"


def test_h5_check_in_says_that_the_health_questions_are_open(receptionist, booked):
    make_questionnaire({"key": "blood_thinners"})

    page = take(receptionist, booked, "check-in")

    booked.refresh_from_db()
    assert booked.status == Status.CONFIRMED
    assert messages_of(page)[-1].startswith("The health questions are still open.")


def test_a_step_is_not_taken_by_looking_at_it(receptionist, booked):
    page = receptionist.get(address(booked, "step", "check-in"))

    booked.refresh_from_db()
    assert (page["Location"], booked.status) == (page_of(booked), Status.CONFIRMED)


def test_b7_cancelling_asks_why(receptionist, booked):
    page = take(receptionist, booked, "cancel", reason="")
    assert errors_of(page, "reason_form") == {"reason": ["This field is required."]}
    assert '<details class="booking-why" open>' in page.content.decode()

    take(receptionist, booked, "cancel", reason="Ill")

    booked.refresh_from_db()
    assert booked.status == Status.CANCELLED
    assert booked.events.get().reason == "Ill"


def test_b6_a_cancellation_can_be_undone_for_some_minutes(receptionist, booked):
    page = take(receptionist, booked, "cancel", reason="Wrong booking")
    assert "It can be undone until 07:03: 3 minutes left." in page.content.decode()

    take(receptionist, booked, "undo")

    booked.refresh_from_db()
    assert booked.status == Status.CONFIRMED


def test_b6_an_undo_whose_slot_is_gone_is_refused(receptionist, made, booked):
    take(receptionist, booked, "cancel", reason="Wrong booking")
    place(made, reference="OTHER")

    page = take(receptionist, booked, "undo")

    booked.refresh_from_db()
    assert booked.status == Status.CANCELLED
    assert messages_of(page)[-1].endswith("(S3)")


def test_a_step_that_the_state_does_not_allow_is_refused(receptionist, made):
    booking = place(made, status=Status.COMPLETED)

    page = take(receptionist, booking, "cancel", reason="Ill")

    assert messages_of(page) == ["The booking's state does not allow this."]


def test_a_step_that_does_not_exist_is_not_found(receptionist, booked):
    assert receptionist.post(address(booked, "step", "vanish")).status_code == 404


@pytest.mark.parametrize(("name", "after"), [("approve", "confirmed"), ("decline", "declined")])
def test_h3_a_manager_decides_about_a_review(manager, made, name, after):
    booking = place(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))

    take(manager, booking, name, reason="Talked to the client")

    booking.refresh_from_db()
    assert booking.status == after


@pytest.mark.parametrize("name", ["approve", "decline"])
def test_h3_a_receptionist_does_not_decide_about_a_review(receptionist, made, name):
    booking = place(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))

    page = take(receptionist, booking, name, reason="Looks fine")

    booking.refresh_from_db()
    assert (page.status_code, booking.status) == (403, Status.PENDING_REVIEW)


def test_b11_a_payment_is_recorded(receptionist, booked):
    page = pay(receptionist, booked)

    paid = Payment.objects.get()
    assert (paid.booking, paid.amount, paid.method) == (booked, Decimal("50.00"), "cash")
    assert paid.received_by == User.objects.get()
    assert booked.events.get().kind == EventKind.PAID
    assert messages_of(page) == ["50.00 USD received."]


def test_b11_what_is_still_to_be_paid_is_filled_in(receptionist, booked):
    pay(receptionist, booked)

    page = receptionist.get(page_of(booked))
    assert fields_of(page, address(booked, "payment"))["amount"] == ["70.00"]
    assert "70.00 USD still to pay" in page.content.decode()


def test_b11_nothing_is_still_to_be_paid_for_a_cancelled_booking(receptionist, booked):
    pay(receptionist, booked)
    take(receptionist, booked, "cancel", reason="Ill")

    page = receptionist.get(page_of(booked))
    assert fields_of(page, address(booked, "payment"))["amount"] == [""]
    assert "still to pay" not in page.content.decode()
    assert "120.00 USD, 50.00 USD paid" in page.content.decode()


@pytest.mark.parametrize("amount", ["0", "-5", "a lot", "1234567.00", ""])
def test_b11_an_amount_that_cannot_be_is_refused(receptionist, booked, amount):
    page = pay(receptionist, booked, amount)

    assert list(errors_of(page, "payment_form")) == ["amount"]
    assert fields_of(page, address(booked, "payment"))["amount"] == [amount]
    assert not Payment.objects.exists()


def test_b11_a_payment_that_is_sent_twice_counts_once(receptionist, booked):
    url = address(booked, "payment")
    form = fields_of(receptionist.get(page_of(booked)), url) | {"method": "cash"}

    receptionist.post(url, form)
    page = receptionist.post(url, form, follow=True)

    assert Payment.objects.count() == 1
    assert messages_of(page)[-1] == "A payment was recorded in the meantime; yours was not."


def test_b4_saving_notes_takes_no_new_price(receptionist, made, booked):
    made.session_type.price = Decimal("150.00")
    made.session_type.save()

    send(receptionist, booked, "notes", notes="Left knee", pressure="firm")

    booked.refresh_from_db()
    assert (booked.notes, booked.pressure) == ("Left knee", Pressure.FIRM)
    assert booked.price == Decimal("120.00")
    assert not booked.events.exists()


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.CANCELLED, Status.CHECKED_IN])
def test_a_booking_that_lies_behind_takes_notes(receptionist, made, status):
    booking = place(made, status=status)

    send(receptionist, booking, "notes", notes="Left knee")

    booking.refresh_from_db()
    assert booking.notes == "Left knee"


def test_notes_that_are_older_than_the_booking_s_are_refused(receptionist, booked):
    url = address(booked, "notes")
    old = fields_of(receptionist.get(page_of(booked)), url)
    send(receptionist, booked, "notes", notes="Left knee")

    page = receptionist.post(url, old | {"notes": ["Right knee"]})

    booked.refresh_from_db()
    assert booked.notes == "Left knee"
    assert errors_of(page, "notes_form") == {
        "__all__": ["Somebody has changed this booking in the meantime. Look at it again."]
    }
    assert fields_of(page, url)["notes"] == ["Right knee"]


def test_b4_what_was_copied_cannot_be_typed(receptionist, booked):
    send(
        receptionist, booked, "notes", price="1.00", status="completed", reference="MINE", notes=""
    )

    booked.refresh_from_db()
    assert (booked.price, booked.status, booked.reference) == (
        Decimal("120.00"),
        Status.CONFIRMED,
        "ABCDE-FGHJK",
    )
