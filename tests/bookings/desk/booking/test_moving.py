"""Moving a booking from its page: by form, and by one click."""

from datetime import date
from decimal import Decimal

import pytest

from bookings.enums import EventKind, Status
from bookings.models import Booking
from tests.bookings.admin.filling import fields_of, messages_of
from tests.bookings.desk.booking.typing import (
    address,
    book,
    errors_of,
    move,
    obstacles_of,
    page_of,
    place,
    send,
)
from tests.factories import (
    at,
    make_bookable,
    make_certification,
    make_client,
    make_closure_of_dates,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
    make_time_off,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_bookable()


@pytest.fixture
def booked(made):
    """A booking on Monday at ten."""
    return place(made)


@pytest.fixture
def colleague(made):
    """Another therapist who can give the session, on Mondays."""
    therapist = make_therapist(slug="mei")
    make_shift(therapist=therapist, location=made.location)
    make_certification(
        therapist=therapist, qualification=made.session_type.requires_qualifications.get()
    )
    made.session_type.therapists.add(therapist)
    return therapist


@pytest.fixture
def longer(made):
    """Ninety minutes of the same."""
    return make_session_type(
        duration_minutes=90,
        price="145.00",
        locations=(made.location,),
        therapists=(made.therapist,),
    )


def test_b5_a_new_start_is_a_move(receptionist, booked):
    page = move(receptionist, booked, start="2026-08-03T13:00")

    booked.refresh_from_db()
    assert booked.starts_at == at("2026-08-03 13:00")
    assert [event.kind for event in booked.events.all()] == [EventKind.MOVED]
    assert messages_of(page) == ["Now: Mon 3 Aug 2026, 13:00 -06:00, Therapist-1, Room-1."]


def test_a_move_that_changes_nothing_is_none(receptionist, booked):
    move(receptionist, booked)

    assert not booked.events.exists()


def test_t4_a_booking_in_the_second_passage_stays_there(receptionist):
    made = make_bookable(time_from="00:00", time_until="24:00")
    book(receptionist, made, start="2026-11-01T01:30", second="on")
    booking = Booking.objects.get()

    move(receptionist, booking)

    assert [event.kind for event in booking.events.all()] == [EventKind.BOOKED]


def test_a2_a_booking_stays_in_its_room_where_it_can(receptionist, made, booked):
    bars = tuple(made.room.equipment.all())
    make_room(location=made.location, slug="a-room", equipment=bars)

    move(receptionist, booked, start="2026-08-03T13:00")

    booked.refresh_from_db()
    assert booked.room == made.room


def test_b5_a_new_session_type_takes_its_price(receptionist, booked, longer):
    move(receptionist, booked, session_type=longer.slug)

    booked.refresh_from_db()
    assert (booked.duration_minutes, booked.price) == (90, Decimal("145.00"))


def test_b5_ninety_minutes_are_one_click(receptionist, booked, longer):
    page = send(receptionist, booked, "change", session_type=longer.slug)

    booked.refresh_from_db()
    assert (booked.duration_minutes, booked.price) == (90, Decimal("145.00"))
    assert booked.starts_at == at("2026-08-03 10:00")
    assert messages_of(page)[0].startswith("Now: Mon 3 Aug 2026, 10:00")


def test_b5_ninety_minutes_that_do_not_fit_say_by_which_rule(receptionist, made, booked, longer):
    place(made, "2026-08-03 11:00", reference="NEXT")

    page = receptionist.get(page_of(booked)).content.decode()

    assert f'name="session_type" value="{longer.slug}">Session-2, 145.00 USD</button>' not in page
    assert '<span class="why-not">The therapist has another booking then. (S3)</span>' in page


def test_b8_where_it_cannot_stay_that_is_said_once(receptionist, made, booked, longer):
    make_closure_of_dates(
        location=made.location, first_day=date(2026, 8, 3), last_day=date(2026, 8, 3)
    )

    page = receptionist.get(page_of(booked))

    assert [words[-4:] for words in obstacles_of(page)] == ["(S2)"]
    assert page.context["choices"].kinds_instead == []


def test_b5_one_click_that_has_become_impossible_says_why(receptionist, made, booked, longer):
    url = address(booked, "change")
    form = fields_of(receptionist.get(page_of(booked)), url)
    place(made, "2026-08-03 11:00", reference="NEXT")

    page = receptionist.post(url, form | {"session_type": longer.slug})

    booked.refresh_from_db()
    assert booked.duration_minutes == 60
    assert page.context["refused"] == "The therapist has another booking then. (S3)"
    assert page.context["choices"].nearby


def test_another_therapist_is_one_click_and_the_room_stays(receptionist, made, booked, colleague):
    make_room(location=made.location, slug="a", equipment=tuple(made.room.equipment.all()))
    assert f'value="{colleague.slug}">Mei</button>' in _page(receptionist, booked)

    send(receptionist, booked, "change", therapist=colleague.slug)

    booked.refresh_from_db()
    assert (booked.therapist, booked.room) == (colleague, made.room)


def test_another_room_is_one_click_and_the_therapist_stays(receptionist, made, booked, colleague):
    other = make_room(location=made.location, equipment=tuple(made.room.equipment.all()))

    send(receptionist, booked, "change", room=other.slug)

    booked.refresh_from_db()
    assert (booked.therapist, booked.room) == (made.therapist, other)


def test_only_who_can_take_it_now_is_offered(receptionist, made, booked, colleague):
    bars = tuple(made.room.equipment.all())
    second = make_room(location=made.location, equipment=bars)
    place(made, therapist=colleague, room=second, reference="BUSY")
    make_room(location=made.location, slug="no-bars")

    page = receptionist.get(page_of(booked))

    assert [side.others for side in page.context["choices"].sides] == [[], []]


def test_b5_a_move_that_is_refused_keeps_everything(receptionist, made, booked):
    place(made, "2026-08-03 13:00", reference="OTHER")

    page = move(receptionist, booked, start="2026-08-03T13:30")

    booked.refresh_from_db()
    assert page.context["refused"].endswith("(S3)")
    assert booked.starts_at == at("2026-08-03 10:00")
    typed = fields_of(page, address(booked, "move"))
    assert (typed["day"], typed["time"]) == (["2026-08-03"], ["13:30"])
    assert '<details class="booking-move" id="move" open>' in page.content.decode()


def test_b5_a_move_past_a_soft_rule_is_recorded(receptionist, booked):
    move(
        receptionist,
        booked,
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


def test_a_look_shows_what_is_open_and_moves_nothing(receptionist, made, booked):
    place(made, "2026-08-03 13:00", reference="OTHER")

    page = send(receptionist, booked, "move", do="look", start="2026-08-03T12:30")

    booked.refresh_from_db()
    assert booked.starts_at == at("2026-08-03 10:00")
    assert obstacles_of(page) == ["The therapist has another booking then. (S3)"]
    assert [each.time for each in page.context["choices"].times][:3] == ["09:00", "09:15", "09:30"]


def test_s10_a_client_who_is_elsewhere_then_is_warned_about(receptionist, made, booked, colleague):
    client = make_client()
    booked.client = client
    booked.save()
    place(
        made,
        "2026-08-03 13:00",
        client=client,
        therapist=colleague,
        room=make_room(location=made.location),
        reference="OTHER",
    )

    page = move(receptionist, booked, start="2026-08-03T13:00")

    assert page.context["refused"] == "The client has another session then. (S10)"
    assert obstacles_of(page) == ["The client has another session then. (S10)"]


def test_b5_any_therapist_is_one_who_is_free(receptionist, made, booked, colleague):
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-04 00:00",
    )

    move(receptionist, booked, therapist="")

    booked.refresh_from_db()
    assert booked.therapist == colleague


@pytest.mark.parametrize("what", ["move", "change"])
def test_a_form_that_is_older_than_the_booking_is_refused(receptionist, booked, longer, what):
    url = address(booked, what)
    old = fields_of(receptionist.get(page_of(booked)), url)
    move(receptionist, booked, start="2026-08-03T13:00")

    typed = old | {"do": "move", "session_type": longer.slug}
    page = receptionist.post(url, typed, follow=True)

    booked.refresh_from_db()
    words = "Somebody has changed this booking in the meantime. Look at it again."
    said = messages_of(page) + errors_of(page, "move_form").get("__all__", [])
    assert words in said
    assert (booked.starts_at, booked.duration_minutes) == (at("2026-08-03 13:00"), 60)


@pytest.mark.parametrize("what", ["move", "change"])
@pytest.mark.parametrize("status", [Status.COMPLETED, Status.CANCELLED, Status.CHECKED_IN])
def test_a_booking_that_lies_behind_is_not_moved(receptionist, made, status, what):
    booking = place(made, status=status)

    page = send(receptionist, booking, what, do="move", start="2026-08-03T13:00")

    booking.refresh_from_db()
    assert booking.starts_at == at("2026-08-03 10:00")
    assert messages_of(page) == ["The booking's state does not allow this."]
    assert "move_form" not in page.context


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"start": "2026-08-03T10:03"}, {"time": ["Give a multiple of 5 minutes."]}),
        ({"start": "0026-08-03T10:00"}, {"day": ["Check the year."]}),
        ({"override": ["S2"]}, {"reason": ["Say why, if you go past a rule."]}),
        ({"therapist": "nobody"}, {}),
        ({"session_type": "nothing"}, {}),
    ],
)
def test_a_form_that_does_not_fit_is_shown_again(receptionist, booked, changed, errors):
    page = move(receptionist, booked, **changed)

    found = errors_of(page, "move_form")
    assert found
    assert errors.items() <= found.items()
    booked.refresh_from_db()
    assert booked.starts_at == at("2026-08-03 10:00")


def test_b8_a_closure_over_a_booking_leaves_it_to_be_moved(receptionist, made, booked):
    make_closure_of_dates(
        location=made.location, first_day=date(2026, 8, 3), last_day=date(2026, 8, 3)
    )

    move(receptionist, booked, start="2026-08-04T10:00")

    booked.refresh_from_db()
    assert booked.date == date(2026, 8, 4)


def _page(browser, booking):
    return browser.get(page_of(booking)).content.decode()
