"""Booking on the telephone: what is typed, what is refused, and what is written."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from bookings.domain.staff import Role
from bookings.enums import EventKind, Pressure, Source, Status
from bookings.models import Booking, Client, Event
from bookings.scheduling.hours import to_minute
from tests.bookings.admin.filling import fields_of, messages_of
from tests.bookings.desk.booking.typing import (
    BOOK,
    book,
    errors_of,
    obstacles_of,
    open_instead,
    place,
    press,
    typed,
)
from tests.factories import (
    at,
    make_bookable,
    make_client,
    make_location,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
    make_time_off,
)

pytestmark = pytest.mark.django_db

NOBODY = "Nobody is written to: the client has no mail address."


@pytest.fixture
def made():
    """A therapist, a room and a session type that fit, every day from nine to five."""
    return make_bookable()


def test_s9_a_receptionist_books_at_any_five_minutes_without_notice(receptionist, made):
    page = book(receptionist, made, start="2026-08-03T09:05", notes="Left knee", pressure="firm")

    booking = Booking.objects.get()
    assert page.redirect_chain
    assert booking.starts_at == at("2026-08-03 09:05")
    assert (booking.therapist, booking.room) == (made.therapist, made.room)
    assert (booking.status, booking.source) == (Status.CONFIRMED, Source.DESK)
    assert (booking.notes, booking.pressure) == ("Left knee", Pressure.FIRM)


def test_name_and_telephone_are_enough(receptionist, made):
    book(receptionist, made)

    client = Booking.objects.get().client
    assert client is not None
    assert (client.name, client.phone, client.email) == ("Ada L.", "+1 303 555 0142", "")


def test_b7_who_booked_is_recorded(receptionist, made):
    book(receptionist, made)

    event = Event.objects.get()
    assert (event.kind, event.by, event.source) == (
        EventKind.BOOKED,
        User.objects.get(),
        Source.DESK,
    )


def test_t5_the_next_page_says_when_with_the_offset(receptionist, made):
    page = book(receptionist, made)

    assert messages_of(page) == [
        f"Booked: Mon 3 Aug 2026, 10:00 -06:00, Therapist-1, Room-1. {NOBODY}"
    ]


def test_a_client_who_is_known_is_chosen(receptionist, made):
    client = make_client()

    book(receptionist, made, client=client.pk, client_name=client.name, client_phone="")

    assert Booking.objects.get().client == client
    assert Client.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        (
            {"client_name": "", "client_phone": ""},
            {"client_name": ["Say who comes: find a client, or type a name."]},
        ),
        (
            {"client_phone": ""},
            {"client_phone": ["Give a telephone number or an e-mail address."]},
        ),
        ({"client_email": "ada"}, {"client_email": ["Enter a valid email address."]}),
        ({"client": "0"}, {"client": ["Select a valid choice."]}),
        ({"start": "2026-08-03T10:03"}, {"time": ["Give a multiple of 5 minutes."]}),
        ({"start": "0026-08-03T10:00"}, {"day": ["Check the year."]}),
        ({"start": "9999-12-31T10:00"}, {"day": ["Check the year."]}),
        ({"start": "soonT10:00"}, {"day": ["Enter a valid date."]}),
        ({"start": ""}, {"day": ["This field is required."], "time": ["This field is required."]}),
        ({"session_type": ""}, {"session_type": ["This field is required."]}),
        ({"override": ["S2"]}, {"reason": ["Say why, if you go past a rule."]}),
        ({"pressure": "iron"}, {"pressure": ["Select a valid choice."]}),
        ({"reference": "1"}, {"reference": ["Enter a valid value."]}),
    ],
)
def test_a_form_that_does_not_fit_is_shown_again(receptionist, made, changed, errors):
    page = book(receptionist, made, **changed)

    complaints = errors_of(page)
    assert complaints.keys() == errors.keys()
    assert all(complaints[name][0].startswith(errors[name][0]) for name in errors)
    assert not Booking.objects.exists()


def test_a_rule_that_no_reason_gets_past_is_named_first(receptionist, made):
    place(made, "2026-08-03 06:00")

    page = book(receptionist, made, start="2026-08-03T06:30")

    hard = "The therapist has another booking then. (S3)"
    assert page.context["refused"] == hard
    assert obstacles_of(page)[0] == hard
    assert [words[-4:] for words in obstacles_of(page)[1:]] == ["(S9)"]


def test_a_location_is_chosen_where_there_are_several(receptionist, made):
    make_location()

    page = book(receptionist, made, location="")

    assert errors_of(page)["__all__"] == ["Choose a location."]


def test_s3_a_taken_therapist_is_refused_with_the_rule(receptionist, made):
    place(made)
    make_room(location=made.location, equipment=tuple(made.room.equipment.all()))

    page = book(receptionist, made)

    assert page.context["refused"] == "The therapist has another booking then. (S3)"
    assert obstacles_of(page) == ["The therapist has another booking then. (S3)"]
    assert Booking.objects.count() == 1


def test_a3_t5_a_refusal_offers_open_times_nearby_on_the_step(receptionist, made):
    place(made)

    page = book(receptionist, made)

    assert open_instead(page) == [
        f"Mon 3 Aug, {time}" for time in ("09:00", "11:00", "11:15", "11:30", "11:45")
    ]


def test_a_time_that_is_offered_is_taken_with_one_click(receptionist, made):
    place(made)
    page = book(receptionist, made)
    [_first, second, *_rest] = page.context["choices"].nearby

    page = receptionist.post(BOOK, fields_of(page) | {"do": second.button})
    receptionist.post(BOOK, fields_of(page) | {"do": "book"})

    assert Booking.objects.latest("pk").starts_at == at("2026-08-03 11:00")


def test_a_refusal_loses_nothing_of_what_was_typed(receptionist, made):
    place(made)

    page = book(receptionist, made, notes="Left knee", therapist=made.therapist.slug)

    left = fields_of(page)
    assert left["notes"] == ["Left knee"]
    assert left["client_name"] == ["Ada L."]
    assert (left["day"], left["time"]) == (["2026-08-03"], ["10:00"])
    assert left["therapist"] == [made.therapist.slug]


def test_a_refused_booking_leaves_no_client_behind(receptionist, made):
    place(made)

    book(receptionist, made)

    assert not Client.objects.filter(name="Ada L.").exists()


def test_s2_outside_of_the_shifts_is_refused_and_says_how_to_go_on(receptionist, made):
    page = book(receptionist, made, start="2026-08-03T18:00")

    assert page.context["refused"].endswith("(S2)")
    assert not page.context["choices"].is_hard
    assert 'name="override" id="override-S2" value="S2"' in page.content.decode()
    assert 'name="reason"' in page.content.decode()


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


def test_every_soft_rule_in_the_way_is_named_at_once(receptionist, made):
    page = book(receptionist, made, start="2026-08-03T06:55")
    assert [words[-4:] for words in obstacles_of(page)] == ["(S9)", "(S2)"]

    book(
        receptionist,
        made,
        start="2026-08-03T06:55",
        override=["S2", "S9"],
        reason="Walked in",
    )

    assert Booking.objects.get().starts_at == at("2026-08-03 06:55")


def test_s9_a_walk_in_is_booked_when_it_began(receptionist, settings):
    settings.CLOCK = "tests.bookings.desk.booking.test_telephone.three_past_ten"
    made = make_bookable()

    page = press(receptionist, "now", typed(made, start=""))
    receptionist.post(BOOK, fields_of(page) | {"do": "book"})

    booking = Booking.objects.get()
    assert booking.starts_at == at("2026-08-03 10:00")
    assert (booking.events.get().overridden, booking.events.get().reason) == (["S9"], "Walked in")


def three_past_ten():
    return to_minute(at("2026-08-03 10:03"))


def test_s9_now_needs_no_reason_when_it_is_now(receptionist, made):
    page = press(receptionist, "now", typed(made, start=""))

    typed_now = fields_of(page)
    assert (typed_now["day"], typed_now["time"]) == (["2026-08-03"], ["07:00"])
    assert [words[-4:] for words in obstacles_of(page)] == ["(S2)"]
    assert "override" not in typed_now


def test_s9_more_than_a_day_back_cannot_be_gone_past(receptionist, made):
    page = book(
        receptionist,
        made,
        start="2026-08-02T06:55",
        override=["S2", "S9"],
        reason="Forgot to book it",
    )

    assert page.context["refused"].endswith("(S9)")
    assert page.context["choices"].is_hard
    assert not Booking.objects.exists()


def test_s6_a_hard_rule_cannot_be_gone_past(receptionist, made):
    made.therapist.certifications.all().delete()

    page = book(receptionist, made, override=["S2", "S8", "S9", "S10"], reason="Please")

    assert page.context["refused"].endswith("(S6)")
    assert 'name="override"' not in page.content.decode()
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
    values = {"client": client.pk, "client_phone": "", "session_type": hands.slug}

    page = book(receptionist, made, **values)
    assert page.context["refused"] == "The client has another session then. (S10)"
    assert obstacles_of(page) == ["The client has another session then. (S10)"]

    book(receptionist, made, **values, override=["S10"], reason="For her mother")
    assert Booking.objects.filter(client=client).count() == 2


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.MANAGER, "The therapist does no barefoot work then. (S7)"),
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

    assert page.context["refused"] == words
    assert obstacles_of(page) == [words]
    assert ("(S7)" in page.content.decode()) is (role is Role.MANAGER)


def test_s1_what_is_retired_cannot_be_chosen(receptionist, made):
    retired = make_therapist(active=False)

    page = book(receptionist, made, therapist=retired.slug)

    assert list(errors_of(page)) == ["therapist"]


@pytest.mark.parametrize(("second", "offset"), [({}, "-06:00"), ({"second": "on"}, "-07:00")])
def test_t4_both_passages_of_a_repeated_hour_can_be_booked(receptionist, second, offset):
    made = make_bookable(time_from="00:00", time_until="24:00")

    page = book(receptionist, made, start="2026-11-01T01:30", **second)

    assert messages_of(page)[0].startswith(f"Booked: Sun 1 Nov 2026, 01:30 {offset}")


def test_t4_a_skipped_time_stands_for_the_end_of_the_gap(receptionist):
    made = make_bookable(time_from="00:00", time_until="24:00")

    page = book(receptionist, made, start="2027-03-14T02:30")

    assert messages_of(page)[0].startswith("Booked: Sun 14 Mar 2027, 03:00 -06:00")


def test_b9_the_same_form_sent_twice_books_once(receptionist, made):
    make_shift(therapist=make_therapist(), location=made.location)
    form = fields_of(receptionist.get(BOOK)) | typed(made) | {"do": "book"}

    pages = [receptionist.post(BOOK, form) for _ in range(2)]

    assert Booking.objects.count() == 1
    assert pages[0]["Location"] == pages[1]["Location"]


def test_b9_a_form_that_came_back_with_another_client_books_again(receptionist, made):
    second = make_room(location=made.location, equipment=tuple(made.room.equipment.all()))
    form = fields_of(receptionist.get(BOOK)) | typed(made) | {"do": "book"}
    receptionist.post(BOOK, form)
    place(made, "2026-08-04 10:00", room=second)

    receptionist.post(BOOK, form | {"client_name": "Kim", "time": "12:00"})

    names = Booking.objects.values_list("client__name", flat=True)
    assert {"Ada L.", "Kim"} <= set(names)


@pytest.mark.parametrize(
    ("role", "code"), [(Role.MANAGER, 200), (Role.RECEPTIONIST, 200), (Role.THERAPIST, 403)]
)
def test_p2_who_may_book(sign_in, made, role, code):
    browser = sign_in(role)

    assert browser.get(BOOK).status_code == code
    assert browser.post(BOOK, typed(made) | {"do": "look"}).status_code == code


def test_p2_nobody_books_without_signing_in(client):
    assert client.get(BOOK)["Location"].startswith(reverse("admin:login"))
