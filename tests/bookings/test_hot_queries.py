"""What is asked all day finds its rows by an index: cost goes by what is asked, not by history.

Every table that grows from day to day is looked at; see `tests.plans` for what is judged.
"""

from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from bookings.domain.attention.affected import note_change
from bookings.domain.attention.resolving import attention
from bookings.domain.bookable.availability import listing
from bookings.domain.bookable.keeping import look
from bookings.domain.bookable.question import Question
from bookings.domain.booking import confirm
from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel, undo
from bookings.domain.clients.history import bookings_ahead, earlier_bookings, history_of
from bookings.domain.day import By, schedule_of
from bookings.domain.expiring import expire_lapsed
from bookings.domain.feeds import bookings_in
from bookings.domain.health.answers import forget_unclaimed
from bookings.domain.health.asking_again import ask_again
from bookings.domain.importing.inserting import insert
from bookings.domain.moving import move
from bookings.domain.requests import Change, Details
from bookings.domain.telling.agendas import queue_agendas
from bookings.domain.telling.delivery import claim, is_anything_due, undelivered
from bookings.domain.waitlist.matching import match
from bookings.enums import Source, Status
from bookings.models import (
    Answers,
    Booking,
    Client,
    ClientEvent,
    Event,
    Notification,
    Payment,
    Review,
    WaitlistEntry,
    WaitlistEvent,
    WaitlistOffer,
)
from bookings.scheduling.hours import to_minute
from studio.api.idempotency import forget_old_answers
from studio.api.models import KeptAnswer
from studio.premises.models import RoomBlock
from tests.bookings.domain.asking import ADA, NOW, booked, held
from tests.factories import Bookable, at, make_bookable, make_booking, make_calendar_feed, make_user
from tests.plans import read_whole
from therapists.models import Certification, ExtraShift, Shift, Therapist, TimeOff

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEAM = (Therapist, Shift, ExtraShift, TimeOff, Certification, RoomBlock)
"""Those of all locations lie together, and those of all years."""

GROWING = (
    *(Answers, Booking, Client, ClientEvent, Event, KeptAnswer, Notification, Payment, Review),
    *(WaitlistEntry, WaitlistEvent, WaitlistOffer),
)
TEN = "2026-08-03 10:00"
MONDAY = date(2026, 8, 3)
BROWSER = Caller(source=Source.SITE, browser_key="b" * 64, address_key="a" * 64)
EVENING = NOW + 12 * 60

HISTORY = 1500

type Asking = Callable[[Bookable], object]


@pytest.fixture
def studio() -> Bookable:
    """A studio with years behind it, where the planner counts them (`tests.plans`)."""
    studio = make_bookable()
    if connection.vendor == "postgresql":
        first = make_booking(
            therapist=studio.therapist,
            room=studio.room,
            session_type=studio.session_type,
            starts_at=at("2020-01-06 09:00"),
            status=Status.COMPLETED,
        )
        insert([later(first, hours=2 * number) for number in range(1, HISTORY)])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE bookings_booking")
    return studio


def later(booking: Booking, hours: int) -> Booking:
    """The same some hours later, not saved yet."""
    values = {field.attname: getattr(booking, field.attname) for field in Booking._meta.fields}
    times = {
        "starts_at": booking.starts_at + timedelta(hours=hours),
        "occupied_from": booking.occupied_from + 60 * hours,
        "occupied_until": booking.occupied_until + 60 * hours,
    }
    return Booking(**values | times | {"id": None, "reference": f"{hours:011}"})


def availability(studio: Bookable) -> object:
    return listing(
        Question(studio.location, studio.session_type, MONDAY, MONDAY + timedelta(days=29), NOW)
    )


def what_one_can_ask_for(studio: Bookable) -> object:
    return listing(
        Question(studio.location, studio.session_type, MONDAY, MONDAY, NOW, therapist="therapist-1")
    )


def availability_again(studio: Bookable) -> object:
    question = Question(
        studio.location, studio.session_type, MONDAY, MONDAY + timedelta(days=29), NOW
    )
    return [listing(question, look=look) for _again in range(2)]


def the_undoable(studio: Bookable) -> object:
    booking = booked(studio, TEN)
    cancel(booking, caller=BROWSER, now=NOW)
    return listing(
        Question(studio.location, studio.session_type, MONDAY, MONDAY, NOW + 1, leaves_undo=True)
    )


def a_hold(studio: Bookable) -> object:
    return held(studio, TEN, caller=BROWSER)


def a_booking(studio: Bookable) -> object:
    return booked(studio, TEN, caller=BROWSER)


def a_confirmation(studio: Bookable) -> object:
    return confirm(held(studio, TEN, caller=BROWSER), Details(ADA), caller=BROWSER, now=NOW)


def a_cancellation(studio: Bookable) -> object:
    return cancel(booked(studio, TEN, caller=BROWSER), caller=BROWSER, now=NOW)


def what_lapses(studio: Bookable) -> None:
    held(studio, TEN)
    expire_lapsed(now=NOW + 60)


def what_needs_attention(studio: Bookable) -> object:
    booked(studio, TEN)
    return attention(now=NOW)


def a_change_of_the_schedule(studio: Bookable) -> object:
    booked(studio, TEN)
    return note_change([studio.therapist, studio.room], by=BROWSER, now=NOW)


def the_outbox(studio: Bookable) -> object:
    booked(studio, TEN)
    return is_anything_due(NOW + 10), claim(NOW + 10, 20), undelivered(NOW)


def tomorrow_s_lists(studio: Bookable) -> None:
    queue_agendas(now=EVENING)


def the_waitlist(studio: Bookable) -> object:
    return match(now=NOW)


def my_bookings(studio: Bookable) -> object:
    client = booked(studio, TEN).client
    assert client is not None
    return (
        list(bookings_ahead(client, now=NOW).booked()),
        list(earlier_bookings(client, now=NOW).booked()[:20]),
        history_of(client),
    )


def a_feed(studio: Bookable) -> object:
    return list(bookings_in(make_calendar_feed(therapist=studio.therapist), now=NOW))


def a_move(studio: Bookable) -> object:
    booking = booked(studio, TEN, caller=BROWSER)
    return move(booking, Change(to_minute(at("2026-08-03 14:00"))), caller=BROWSER, now=NOW)


def a_cancellation_taken_back(studio: Bookable) -> object:
    cancelled = cancel(booked(studio, TEN, caller=BROWSER), caller=BROWSER, now=NOW)
    return undo(cancelled, caller=BROWSER, now=NOW)


def what_is_asked_again(studio: Bookable) -> None:
    booked(studio, TEN)
    ask_again(now=NOW)


def what_is_forgotten(studio: Bookable) -> None:
    forget_unclaimed(now=NOW)
    forget_old_answers(now=NOW)


@pytest.mark.parametrize(
    "ask",
    [
        availability,
        availability_again,
        the_undoable,
        a_hold,
        a_booking,
        a_confirmation,
        a_cancellation,
        a_cancellation_taken_back,
        a_move,
        what_is_asked_again,
        what_is_forgotten,
        what_lapses,
        what_needs_attention,
        a_change_of_the_schedule,
        the_outbox,
        tomorrow_s_lists,
        the_waitlist,
        my_bookings,
        a_feed,
    ],
    ids=lambda ask: ask.__name__,
)
def test_what_is_asked_all_day_reads_no_table_whole(ask: Asking, studio: Bookable):
    assert read_whole(lambda: ask(studio), GROWING) == []


@pytest.mark.parametrize(
    "ask",
    [availability, availability_again, what_one_can_ask_for, a_booking],
    ids=lambda ask: ask.__name__,
)
def test_s2_who_works_elsewhere_or_worked_once_is_not_looked_for(ask: Asking, studio: Bookable):
    offers = studio.session_type.therapists.through

    assert read_whole(lambda: ask(studio), (*TEAM, offers)) == []


@pytest.mark.parametrize("by", By)
def test_the_day_s_board_reads_no_table_whole(by: By, studio: Bookable):
    reception = make_user()
    reception.is_superuser = True

    def board() -> object:
        return schedule_of(studio.location, MONDAY, MONDAY, by=by, user=reception, now=NOW)

    assert read_whole(board, GROWING) == []


@pytest.mark.parametrize(
    "page",
    [
        *("board", "board_now", "board_week", "board_week_now"),
        *("attention", "attention_count", "waitlist", "my_clients"),
    ],
)
def test_a_page_of_the_desk_reads_no_table_whole(
    page: str, studio: Bookable, admin_client: Browser
):
    booked(studio, TEN)

    def look() -> None:
        assert admin_client.get(reverse(f"admin:{page}")).status_code == HTTPStatus.OK

    assert read_whole(look, GROWING) == []


def test_what_reads_a_table_whole_is_found():
    make_bookable()

    (found,) = read_whole(lambda: list(Booking.objects.filter(notes="x")), GROWING)

    assert "bookings_booking" in found
