"""Telling the client, or doing it oneself; and seeing what was told."""

import re
from html import unescape

import pytest

from bookings.domain.staff import Role
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.models import Booking, Notification
from tests.bookings.admin.filling import messages_of
from tests.bookings.desk.booking.typing import (
    BOOK,
    book,
    look,
    move,
    page_of,
    place,
    send,
    take,
)
from tests.factories import at, make_bookable, make_client, make_user
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

BOX = '<input type="checkbox" name="tells" value="on" checked>'


@pytest.fixture
def made():
    return make_bookable()


@pytest.fixture
def booked(made):
    """A booking on Monday at ten."""
    return place(made)


def news() -> list[tuple[str, str]]:
    """What the client is told of how bookings stand."""
    kinds = (Kind.CONFIRMED, Kind.MOVED, Kind.CANCELLED, Kind.DECLINED)
    rows = Notification.objects.filter(kind__in=kinds).order_by("queued_at", "pk")
    return list(rows.values_list("kind", "state"))


def words(page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def test_who_is_booked_by_reception_is_told(receptionist, made):
    book(receptionist, made, client_email="ada@example.org")

    assert news() == [(Kind.CONFIRMED, State.QUEUED)]


@pytest.mark.parametrize(
    ("tells", "words"),
    [
        ("on", "In a few minutes a mail about it goes to ada@example.org."),
        ("", "No mail goes out: you tell the client."),
    ],
)
def test_reception_reads_who_is_written_to(receptionist, made, tells, words):
    page = book(receptionist, made, client_email="ada@example.org", tells=tells)

    assert messages_of(page)[0].endswith(words)


def test_reception_tells_the_client_herself(receptionist, made):
    book(receptionist, made, start="2026-08-05T10:00", client_email="ada@example.org", tells="")

    assert news() == [(Kind.CONFIRMED, State.TOLD)]
    assert Notification.objects.filter(kind=Kind.REMINDER, state=State.QUEUED).exists()


def test_an_empty_box_stays_empty_while_times_are_looked_for(receptionist, made):
    page = look(receptionist, made, tells="").content.decode()

    assert 'name="tells" value="on">' in page
    assert BOX not in page


def test_nobody_is_written_to_who_has_no_address(receptionist, made):
    known = make_client(email="", phone="+1 303 555 0199")

    page = receptionist.get(BOOK, {"client": known.pk})

    assert "Nobody is written to: the client has no mail address." in words(page)
    assert BOX not in page.content.decode()


@pytest.mark.parametrize(("tells", "state"), [("on", State.QUEUED), ("", State.TOLD)])
def test_a_move_is_told_or_not(receptionist, booked, tells, state):
    move(receptionist, booked, start="2026-08-03T12:00", tells=tells)

    assert news() == [(Kind.CONFIRMED, state)]  # nothing had been told before


def test_a_change_by_one_click_is_told_or_not(receptionist, booked, made):
    session_type = make_second(made)

    send(receptionist, booked, "change", session_type=session_type.slug, tells="")

    assert [state for _kind, state in news()] == [State.TOLD]


def make_second(made):
    """Another session that the same therapist gives in the same room."""
    second = type(made.session_type).objects.create(
        slug="second", name="Second", duration_minutes=30, price="60.00", barefoot=False
    )
    second.locations.set([made.location])
    second.therapists.set([made.therapist])
    return second


@pytest.mark.parametrize(("tells", "state"), [("on", State.QUEUED), ("", State.TOLD)])
def test_a_cancellation_is_told_or_not(receptionist, made, booked, tells, state):
    tell(booked)

    take(receptionist, booked, "cancel", reason="She is ill", tells=tells)

    assert news() == [(Kind.CONFIRMED, State.SENT), (Kind.CANCELLED, state)]


def tell(booking: Booking) -> None:
    """The client has been told that it is confirmed."""
    Notification.objects.create(
        booking=booking,
        kind=Kind.CONFIRMED,
        start=booking.starts_at,
        state=State.SENT,
        due_at=at("2026-08-02 10:00"),
        queued_at=at("2026-08-02 09:57"),
        sent_at=at("2026-08-02 10:01"),
    )


@pytest.mark.parametrize(("name", "has_box"), [("check-in", False), ("cancel", True)])
def test_the_box_stands_beside_what_the_client_is_told_of(receptionist, booked, name, has_box):
    page = receptionist.get(page_of(booked)).content.decode()

    (form,) = re.findall(rf'<form[^>]+/{name}/"(.*?)</form>', page, re.DOTALL)
    assert (BOX in form) == has_box


def test_the_page_says_what_was_told_and_what_waits(receptionist, made, booked):
    made.therapist.user = make_user(username="mei")
    made.therapist.save()
    tell(booked)
    Notification.objects.create(
        booking=booked,
        therapist=made.therapist,
        kind=Kind.THERAPIST_BOOKED,
        start=booked.starts_at,
        due_at=at("2026-08-03 08:00"),
        queued_at=at("2026-08-02 09:57"),
    )
    Notification.objects.create(
        booking=booked,
        kind=Kind.REMINDER,
        start=booked.starts_at,
        state=State.WITHDRAWN,
        due_at=at("2026-08-03 09:00"),
        queued_at=at("2026-08-02 09:57"),
    )

    page = words(receptionist.get(page_of(booked)))

    assert "Sun 2 Aug 2026, 10:01 -06:00 Confirmed: sent" in page
    assert "Mon 3 Aug 2026, 08:00 -06:00 Therapist: booked, Therapist-1: waiting" in page
    assert "Reminder" not in page


def test_what_could_not_be_sent_stands_out(receptionist, booked):
    tell(booked)
    Notification.objects.update(state=State.DEAD, sent_at=None, last_error="550 robin@example.org")

    page = receptionist.get(page_of(booked)).content.decode()

    assert '<strong class="why-not">could not be sent</strong>' in page
    assert "550 robin" not in page


def test_p2_a_therapist_sees_neither_the_box_nor_what_was_told(sign_in, made):
    browser = sign_in(Role.THERAPIST)
    booking = place(made, therapist=Therapist.objects.get(slug="own-account"))

    page = browser.get(page_of(booking)).content.decode()

    assert "tells" not in page
    assert 'id="told"' not in page


def test_a_booking_that_told_nobody_says_so(receptionist, booked):
    page = words(receptionist.get(page_of(booked)))

    assert "Nobody has been told anything, and nothing waits." in page
