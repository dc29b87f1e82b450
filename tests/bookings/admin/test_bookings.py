"""Bookings at the desk: the domain decides, the form says what it decided."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from bookings.domain.staff import Role
from bookings.enums import EventKind, Pressure, Source, Status
from bookings.models import Booking, Client, Event, Payment
from tests.bookings.admin.filling import errors_of, fields_of, messages_of, queries_of, save
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_client,
    make_closure_of_dates,
    make_location,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
    make_time_off,
)

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


def place(made, starts_at="2026-08-03 10:00", **values):
    return make_booking(
        **{
            "therapist": made.therapist,
            "room": made.room,
            "session_type": made.session_type,
            "starts_at": at(starts_at),
            "reference": "ABCDE-FGHJK",
        }
        | values
    )


def change(booking):
    return reverse("admin:bookings_booking_change", args=[booking.pk])


def step(booking, name):
    return reverse("admin:bookings_booking_step", args=[booking.pk, name])


def payment(booking):
    return reverse("admin:bookings_booking_payment", args=[booking.pk])


def book(browser, made, /, **values):
    return save(
        browser,
        ADD,
        **{
            "location": made.location.pk,
            "session_type": made.session_type.pk,
            "start": "2026-08-03T10:00",
            "client_name": "Ada L.",
            "client_phone": "+1 303 555 0142",
        }
        | values,
    )


def test_s9_a_receptionist_books_at_any_five_minutes_without_notice(receptionist, made):
    page = book(receptionist, made, start="2026-08-03T09:05", notes="Left knee", pressure="firm")

    booking = Booking.objects.get()
    assert page.redirect_chain
    assert booking.starts_at == at("2026-08-03 09:05")
    assert (booking.therapist, booking.room) == (made.therapist, made.room)
    assert (booking.status, booking.source) == (Status.CONFIRMED, Source.DESK)
    assert (booking.notes, booking.pressure) == ("Left knee", Pressure.FIRM)
    assert booking.client is not None
    assert (booking.client.name, booking.client.phone) == ("Ada L.", "+1 303 555 0142")


def test_b7_who_booked_is_recorded(receptionist, made):
    book(receptionist, made)

    event = Event.objects.get()
    assert (event.kind, event.by, event.source) == (
        EventKind.BOOKED,
        User.objects.get(),
        Source.DESK,
    )


def test_t5_the_page_says_when_with_the_offset(receptionist, made):
    page = book(receptionist, made)

    assert messages_of(page)[0] == "Mon 3 Aug 2026, 10:00 -06:00, Therapist-1, Room-1"


def test_a_client_who_is_known_is_chosen(receptionist, made):
    client = make_client()

    book(receptionist, made, client=client.pk, client_name="", client_phone="")

    assert Booking.objects.get().client == client
    assert Client.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"client_name": "", "client_phone": ""},
            {"client": ["Choose a client, or type a name below."]},
        ),
        (
            {"client_phone": ""},
            {"client_phone": ["Give a telephone number or an e-mail address."]},
        ),
        ({"start": "2026-08-03T10:03"}, {"start": ["Give a multiple of 5 minutes."]}),
        ({"start": "0026-08-03T10:00"}, {"start": ["Check the year."]}),
        ({"start": "9999-12-31T10:00"}, {"start": ["Check the year."]}),
        ({"start": ""}, {"start": ["This field is required."]}),
        ({"override": ["S2"]}, {"reason": ["Say why, if you go past a rule."]}),
    ],
)
def test_a_form_that_does_not_fit_is_shown_again(receptionist, made, typed, errors):
    page = book(receptionist, made, **typed)

    assert errors_of(page) == errors
    assert not Booking.objects.exists()


def test_a_client_is_chosen_or_typed_and_not_both(receptionist, made):
    page = book(receptionist, made, client=make_client().pk)

    assert errors_of(page) == {"client_name": ["Choose a client or type a new one, not both."]}


def test_s3_a_taken_therapist_is_refused_with_the_rule(receptionist, made):
    place(made)
    make_room(location=made.location, equipment=tuple(made.room.equipment.all()))

    page = book(receptionist, made)

    assert errors_of(page)["__all__"][0] == "S3: The therapist has another booking then."
    assert Booking.objects.count() == 1


def test_a3_a_refusal_offers_the_open_times_nearby(receptionist, made):
    place(made)

    page = book(receptionist, made)

    assert errors_of(page)["__all__"][1].startswith("Open times nearby: Mon 3 Aug 2026, 09:00")


def test_t5_the_open_times_lie_on_the_step_of_the_location(receptionist, made):
    place(made)

    page = book(receptionist, made)

    times = re.findall(r"2026, (\d\d:\d\d)", errors_of(page)["__all__"][1])
    assert times == ["09:00", "11:00", "11:15", "11:30", "11:45"]


def test_a_refusal_loses_nothing_of_what_was_typed(receptionist, made):
    place(made)

    page = book(receptionist, made, notes="Left knee", therapist=made.therapist.pk)

    typed = fields_of(page)
    assert typed["notes"] == ["Left knee"]
    assert typed["client_name"] == ["Ada L."]
    assert typed["start"] == ["2026-08-03T10:00"]
    assert typed["therapist"] == [str(made.therapist.pk)]


def test_a_refused_booking_leaves_no_client_behind(receptionist, made):
    place(made)

    book(receptionist, made)

    assert not Client.objects.filter(name="Ada L.").exists()


def test_s2_outside_of_the_shifts_is_refused_and_says_how_to_go_on(receptionist, made):
    page = book(receptionist, made, start="2026-08-03T18:00")

    errors = errors_of(page)
    assert errors["__all__"][0].startswith("S2: ")
    assert errors["override"] == ["Tick S2 and give a reason to book it all the same."]


def test_s2_a_soft_rule_is_gone_past_with_a_reason_that_is_recorded(receptionist, made):
    book(
        receptionist,
        made,
        start="2026-08-03T18:00",
        override=["S2"],
        reason="She stays longer today",
    )

    event = Booking.objects.get().events.get()
    assert (event.overridden, event.reason) == (["S2"], "She stays longer today")


def test_s9_a_walk_in_is_booked_when_it_began(receptionist, made):
    page = book(receptionist, made, start="2026-08-03T06:55")
    assert "override" in errors_of(page)

    book(
        receptionist,
        made,
        start="2026-08-03T06:55",
        override=["S2", "S9"],
        reason="Walked in",
    )

    assert Booking.objects.get().starts_at == at("2026-08-03 06:55")


def test_s9_more_than_a_day_back_cannot_be_gone_past(receptionist, made):
    page = book(
        receptionist,
        made,
        start="2026-08-02T06:55",
        override=["S2", "S9"],
        reason="Forgot to book it",
    )

    assert errors_of(page)["__all__"][0].startswith("S9: ")
    assert "override" not in errors_of(page)
    assert not Booking.objects.exists()


def test_s6_a_hard_rule_cannot_be_gone_past(receptionist, made):
    made.therapist.certifications.all().delete()

    page = book(receptionist, made, override=["S2", "S8", "S9", "S10"], reason="Please")

    assert errors_of(page)["__all__"][0].startswith("S6: ")
    assert "override" not in errors_of(page)
    assert not Booking.objects.exists()


def test_a_hard_rule_is_no_choice(receptionist, made):
    page = book(receptionist, made, override=["S3"], reason="Please")

    assert list(errors_of(page)) == ["override"]


def test_s10_a_client_with_another_session_then_is_a_warning(receptionist, made):
    client = make_client()
    place(made, client=client)
    other = make_therapist()
    make_shift(therapist=other, location=made.location)
    hands = make_session_type(locations=(made.location,), therapists=(other,))
    make_room(location=made.location)
    typed = {"client": client.pk, "client_name": "", "client_phone": "", "session_type": hands.pk}

    page = book(receptionist, made, **typed)
    assert errors_of(page)["__all__"][0] == "S10: The client has another session then."

    book(receptionist, made, **typed, override=["S10"], reason="For her mother")
    assert Booking.objects.filter(client=client).count() == 2


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.MANAGER, "S7: The therapist does no barefoot work then."),
        (Role.RECEPTIONIST, "The therapist cannot take this session then."),
    ],
)
def test_s7_the_refusal_does_not_tell_a_receptionist_why(sign_in, made, role, words):
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 17:00",
        barefoot_only=True,
    )

    page = book(sign_in(role), made)

    assert errors_of(page)["__all__"][0] == words


def test_s1_what_is_retired_cannot_be_chosen(receptionist, made):
    retired = make_therapist(active=False)

    page = book(receptionist, made, therapist=retired.pk)

    assert list(errors_of(page)) == ["therapist"]


@pytest.mark.parametrize(
    ("second", "offset"), [({}, "-06:00"), ({"second_passage": "on"}, "-07:00")]
)
def test_t4_both_passages_of_a_repeated_hour_can_be_booked(receptionist, second, offset):
    made = make_bookable(time_from="00:00", time_until="24:00")

    page = book(receptionist, made, start="2026-11-01T01:30", **second)

    assert messages_of(page)[0].startswith(f"Sun 1 Nov 2026, 01:30 {offset}")


def test_t4_a_skipped_time_stands_for_the_end_of_the_gap(receptionist):
    made = make_bookable(time_from="00:00", time_until="24:00")

    page = book(receptionist, made, start="2027-03-14T02:30")

    assert messages_of(page)[0].startswith("Sun 14 Mar 2027, 03:00 -06:00")


def test_t4_a_booking_in_the_second_passage_stays_there(receptionist):
    made = make_bookable(time_from="00:00", time_until="24:00")
    book(receptionist, made, start="2026-11-01T01:30", second_passage="on")
    booking = Booking.objects.get()

    save(receptionist, change(booking), notes="Left knee")

    assert [event.kind for event in booking.events.all()] == [EventKind.BOOKED]


def test_nothing_is_shown_as_recorded_before_anything_was(receptionist, made):
    assert not receptionist.get(ADD).context["inline_admin_formsets"]


def test_t1_what_was_recorded_is_shown_on_the_clock_of_the_location(receptionist, booked):
    save(receptionist, change(booked), start="2026-08-03T13:00")

    page = receptionist.get(change(booked)).content.decode()

    assert "<p>Mon 3 Aug 2026, 07:00 -06:00</p>" in page
    assert "start: Mon 3 Aug 2026, 10:00 -06:00 → Mon 3 Aug 2026, 13:00 -06:00" in page


def test_b3_a_hold_whose_time_is_up_is_shown_as_such(receptionist, made):
    place(made, status=Status.HELD, expires_at=at("2026-08-03 07:00"))

    page = receptionist.get(LIST).content.decode()

    assert '<td class="field-standing">held, time is up</td>' in page


def test_the_only_location_is_chosen_already(receptionist, made):
    assert fields_of(receptionist.get(ADD))["location"] == [str(made.location.pk)]


def test_a_link_can_fill_the_form_in(receptionist, made):
    page = receptionist.get(ADD, {"start": "2026-08-03T10:00", "therapist": made.therapist.pk})

    assert fields_of(page)["start"] == ["2026-08-03T10:00"]
    assert fields_of(page)["therapist"] == [str(made.therapist.pk)]


def test_b5_a_new_start_is_a_move(receptionist, booked):
    save(receptionist, change(booked), start="2026-08-03T13:00")

    booked.refresh_from_db()
    assert booked.starts_at == at("2026-08-03 13:00")
    assert [event.kind for event in booked.events.all()] == [EventKind.MOVED]


def test_b5_a_new_session_type_takes_its_price(receptionist, made, booked):
    longer = make_session_type(
        duration_minutes=90,
        price="145.00",
        locations=(made.location,),
        therapists=(made.therapist,),
    )

    save(receptionist, change(booked), session_type=longer.pk)

    booked.refresh_from_db()
    assert (booked.duration_minutes, booked.price) == (90, Decimal("145.00"))


def test_b4_saving_notes_takes_no_new_price(receptionist, made, booked):
    made.session_type.price = Decimal("150.00")
    made.session_type.save()

    save(receptionist, change(booked), notes="Left knee")

    booked.refresh_from_db()
    assert (booked.notes, booked.price) == ("Left knee", Decimal("120.00"))
    assert not booked.events.exists()


def test_b5_a_move_that_is_refused_keeps_everything(receptionist, made, booked):
    place(made, "2026-08-03 13:00", reference="OTHER")

    page = save(receptionist, change(booked), start="2026-08-03T13:30", notes="Left knee")

    booked.refresh_from_db()
    assert errors_of(page)["__all__"][0].startswith("S3: ")
    assert (booked.starts_at, booked.notes) == (at("2026-08-03 10:00"), "")
    assert fields_of(page)["start"] == ["2026-08-03T13:30"]


def test_b5_a_move_past_a_soft_rule_is_recorded(receptionist, booked):
    save(
        receptionist,
        change(booked),
        start="2026-08-03T18:00",
        override=["S2"],
        reason="She stays longer",
    )

    event = booked.events.get()
    assert (event.kind, event.overridden, event.reason) == (
        EventKind.MOVED,
        ["S2"],
        "She stays longer",
    )


def test_b5_any_therapist_is_one_who_is_free(receptionist, made, booked):
    other = make_therapist()
    made.session_type.therapists.add(other)
    made.session_type.requires_qualifications.clear()
    make_shift(therapist=other, location=made.location)
    take_the_day_off(made)

    save(receptionist, change(booked), therapist="")

    booked.refresh_from_db()
    assert booked.therapist == other


def take_the_day_off(made):
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-04 00:00",
    )


def test_a_form_that_is_older_than_the_booking_is_refused(receptionist, booked):
    opened = fields_of(receptionist.get(change(booked)))
    save(receptionist, change(booked), start="2026-08-03T13:00")

    page = receptionist.post(change(booked), opened | {"notes": ["Left knee"], "_save": "Save"})

    booked.refresh_from_db()
    assert errors_of(page) == {
        "__all__": ["Somebody has changed this booking in the meantime. Load it again."]
    }
    assert (booked.starts_at, booked.notes) == (at("2026-08-03 13:00"), "")


def test_b4_what_was_copied_cannot_be_typed(receptionist, booked):
    save(receptionist, change(booked), price="1.00", status="completed", reference="MINE")

    booked.refresh_from_db()
    assert (booked.price, booked.status, booked.reference) == (
        Decimal("120.00"),
        Status.CONFIRMED,
        "ABCDE-FGHJK",
    )


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.CANCELLED, Status.CHECKED_IN])
def test_a_booking_that_lies_behind_takes_notes_and_nothing_else(receptionist, made, status):
    booking = place(made, status=status)

    save(receptionist, change(booking), notes="Left knee", start="2026-08-03T13:00")

    booking.refresh_from_db()
    assert (booking.notes, booking.starts_at) == ("Left knee", at("2026-08-03 10:00"))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("check-in", Status.CONFIRMED, Status.CHECKED_IN),
        ("complete", Status.CONFIRMED, Status.COMPLETED),
        ("complete", Status.CHECKED_IN, Status.COMPLETED),
        ("no-show", Status.CONFIRMED, Status.NO_SHOW),
    ],
)
def test_b7_a_step_is_taken_with_one_click_and_recorded(receptionist, made, name, before, after):
    booking = place(made, status=before)

    page = receptionist.post(step(booking, name), follow=True)

    booking.refresh_from_db()
    assert booking.status == after
    assert booking.events.get().by == User.objects.get()
    assert messages_of(page) == [f"ABCDE-FGHJK is {after.label}."]


def test_a_step_is_not_taken_by_looking_at_it(receptionist, booked):
    page = receptionist.get(step(booked, "check-in"))

    booked.refresh_from_db()
    assert (page.status_code, booked.status) == (200, Status.CONFIRMED)


def test_b7_cancelling_asks_why(receptionist, booked):
    page = receptionist.post(step(booked, "cancel"), {"reason": ""})
    assert page.context["form"].errors == {"reason": ["This field is required."]}

    receptionist.post(step(booked, "cancel"), {"reason": "Ill"})

    booked.refresh_from_db()
    assert booked.status == Status.CANCELLED
    assert booked.events.get().reason == "Ill"


def test_b6_a_cancellation_can_be_undone_for_some_minutes(receptionist, booked):
    receptionist.post(step(booked, "cancel"), {"reason": "Wrong booking"})

    receptionist.post(step(booked, "undo"))

    booked.refresh_from_db()
    assert booked.status == Status.CONFIRMED


def test_b6_an_undo_whose_slot_is_gone_is_refused(receptionist, made, booked):
    receptionist.post(step(booked, "cancel"), {"reason": "Wrong booking"})
    place(made, reference="OTHER")

    page = receptionist.post(step(booked, "undo"), follow=True)

    booked.refresh_from_db()
    assert booked.status == Status.CANCELLED
    assert messages_of(page)[-1].startswith("S3: ")


def test_b7_a_step_back_is_one_click(receptionist, made):
    booking = place(made, status=Status.NO_SHOW)

    receptionist.post(step(booking, "step-back"))

    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED


def test_a_step_that_the_state_does_not_allow_is_refused(receptionist, made):
    booking = place(made, status=Status.COMPLETED)

    page = receptionist.post(step(booking, "cancel"), {"reason": "Ill"}, follow=True)

    assert messages_of(page) == ["The booking's state does not allow this."]


def test_a_step_that_does_not_exist_is_not_found(receptionist, booked):
    assert receptionist.post(step(booked, "vanish")).status_code == 404


@pytest.mark.parametrize(("name", "after"), [("approve", "confirmed"), ("decline", "declined")])
def test_h3_a_manager_decides_about_a_review(manager, made, name, after):
    booking = place(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))

    manager.post(step(booking, name), {"reason": "Talked to the client"})

    booking.refresh_from_db()
    assert booking.status == after


@pytest.mark.parametrize("name", ["approve", "decline"])
def test_h3_a_receptionist_does_not_decide_about_a_review(receptionist, made, name):
    booking = place(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))

    page = receptionist.post(step(booking, name), {"reason": "Looks fine"})

    booking.refresh_from_db()
    assert (page.status_code, booking.status) == (403, Status.PENDING_REVIEW)


def test_only_the_steps_that_are_possible_have_buttons(receptionist, made, booked):
    done = place(made, "2026-08-03 12:00", status=Status.COMPLETED, reference="DONE")

    assert [name for name, _ in receptionist.get(change(booked)).context["steps"]] == [
        "check-in",
        "complete",
        "no-show",
        "cancel",
    ]
    assert [name for name, _ in receptionist.get(change(done)).context["steps"]] == ["step-back"]


def test_b11_a_payment_is_recorded(receptionist, booked):
    page = receptionist.post(payment(booked), {"amount": "50.00", "method": "cash"}, follow=True)

    paid = Payment.objects.get()
    assert (paid.booking, paid.amount, paid.method) == (booked, Decimal("50.00"), "cash")
    assert paid.received_by == User.objects.get()
    assert booked.events.get().kind == EventKind.PAID
    assert messages_of(page) == ["50.00 USD received."]


def test_b11_what_is_still_to_be_paid_is_filled_in(receptionist, booked):
    receptionist.post(payment(booked), {"amount": "50.00", "method": "cash"})

    assert fields_of(receptionist.get(payment(booked)))["amount"] == ["70.00"]


@pytest.mark.parametrize("amount", ["0", "-5", "a lot", "1234567.00", ""])
def test_b11_an_amount_that_cannot_be_is_refused(receptionist, booked, amount):
    page = receptionist.post(payment(booked), {"amount": amount, "method": "cash"})

    assert list(page.context["form"].errors) == ["amount"]
    assert not Payment.objects.exists()


def test_b7_b11_payments_and_events_cannot_be_changed_on_the_page(receptionist, booked):
    receptionist.post(payment(booked), {"amount": "50.00", "method": "cash"})

    save(
        receptionist,
        change(booked),
        **{
            "payments-0-amount": "1.00",
            "payments-0-DELETE": "on",
            "payments-TOTAL_FORMS": "2",
            "payments-1-amount": "5.00",
            "payments-1-method": "cash",
        },
    )

    assert [each.amount for each in Payment.objects.all()] == [Decimal("50.00")]


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


def test_b11_the_list_says_what_is_still_to_be_paid(receptionist, booked):
    receptionist.post(payment(booked), {"amount": "50.00", "method": "cash"})

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


def test_a_page_needs_as_many_queries_for_three_events_as_for_one(receptionist, booked):
    counts = []
    for amount in ("1.00", "2.00", "3.00"):
        receptionist.post(payment(booked), {"amount": amount, "method": "cash"})
        counts.append(queries_of(receptionist, change(booked)))

    assert counts[0] == counts[1] == counts[2]


def test_b8_a_closure_over_a_booking_leaves_it_to_be_moved(receptionist, made, booked):
    make_closure_of_dates(
        location=made.location, first_day=date(2026, 8, 3), last_day=date(2026, 8, 3)
    )

    save(receptionist, change(booked), start="2026-08-04T10:00")

    booked.refresh_from_db()
    assert booked.date == date(2026, 8, 4)
