import pytest
from django.test import Client

from bookings.domain.holds import MAX_HOLDS_PER_ADDRESS
from bookings.enums import Status
from bookings.models import Booking
from tests.bookings.pages.visiting import (
    choose,
    hold,
    offered_times,
    second_therapist,
    text,
    times_url,
)
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_extra_shift,
)

pytestmark = pytest.mark.django_db


def test_choosing_a_time_holds_it(client):
    bookable = make_bookable()

    answer = choose(client, bookable, "2026-08-03 10:00")

    booking = Booking.objects.get()
    assert answer.headers["Location"] == "/your-booking/"
    assert (booking.status, booking.starts_at) == (Status.HELD, at("2026-08-03 10:00"))
    assert booking.expires_at == at("2026-08-03 07:10")
    assert not booking.therapist_requested
    assert booking.reference not in answer.headers["Location"]


def test_b3_choosing_the_same_time_twice_holds_it_once(client):
    bookable = make_bookable()

    answers = [choose(client, bookable, "2026-08-03 10:00") for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == ["/your-booking/"] * 2
    assert Booking.objects.live().get().starts_at == at("2026-08-03 10:00")


def test_a_session_cookie_comes_with_the_hold_and_not_before(client):
    bookable = make_bookable()

    assert "sessionid" not in client.get(times_url(bookable)).cookies
    assert "sessionid" in choose(client, bookable, "2026-08-03 10:00").cookies


def test_the_therapist_who_was_asked_for_is_held(client):
    bookable = make_bookable()
    mei = second_therapist(bookable, "mei")

    choose(client, bookable, "2026-08-04 10:00", therapist="mei")

    booking = Booking.objects.get()
    assert (booking.therapist, booking.therapist_requested) == (mei, True)


def test_b3_choosing_another_time_gives_the_first_back(client):
    bookable = make_bookable()
    first = hold(client, bookable, "2026-08-03 10:00")

    second = hold(client, bookable, "2026-08-03 14:00")

    first.refresh_from_db()
    assert (first.status, second.status) == (Status.CANCELLED, Status.HELD)


def test_b3_the_own_hold_is_free_for_its_browser_alone(client):
    bookable = make_bookable()
    hold(client, bookable, "2026-08-03 10:00")

    mine = client.get(times_url(bookable))
    other = Client().get(times_url(bookable))

    assert "2026-08-03T10:00:00-06:00" in offered_times(mine)
    assert "2026-08-03T10:00:00-06:00" not in offered_times(other)
    assert "Session-1, Monday, August 3, 10 a.m. Held for you until 7:10 a.m." in text(mine)
    assert "10 minutes left" in text(mine)
    assert "You are holding a time" not in text(other)


def test_a_lost_slot_offers_the_nearest_ones(client):
    bookable = make_bookable(slot_step_minutes=60)
    make_booking(therapist=bookable.therapist, room=bookable.room)

    answer = choose(client, bookable, "2026-08-03 10:00")

    assert answer.status_code == 409
    assert "Sorry, this time has just gone" in text(answer)
    assert offered_times(answer)[:2] == ["2026-08-03T09:00:00-06:00", "2026-08-03T11:00:00-06:00"]


def test_a_lost_slot_leaves_the_earlier_hold_alone(client):
    bookable = make_bookable()
    booking = hold(client, bookable, "2026-08-03 14:00")
    make_booking(therapist=bookable.therapist, room=bookable.room)

    choose(client, bookable, "2026-08-03 10:00")

    booking.refresh_from_db()
    assert booking.status == Status.HELD


def test_alternatives_keep_to_the_therapist_if_she_has_any(client):
    bookable = make_bookable()
    make_booking(therapist=bookable.therapist, room=bookable.room)
    slug = bookable.therapist.slug
    url = times_url(bookable, therapist=slug)

    answer = client.post(url, {"starts_at": at("2026-08-03 10:00").isoformat(), "therapist": slug})

    assert "the nearest ones with Therapist-1" in text(answer)


def test_alternatives_are_with_anyone_if_she_has_none(client):
    bookable = make_bookable()
    mei = second_therapist(bookable, "mei")
    mei.shifts.all().delete()
    make_extra_shift(
        therapist=mei,
        location=bookable.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 09:30",
    )
    url = times_url(bookable, therapist="mei")

    answer = client.post(url, {"starts_at": at("2026-08-03 10:00").isoformat(), "therapist": "mei"})

    assert answer.status_code == 409
    assert "These are the nearest ones: " in text(answer)
    assert offered_times(answer)[2] == "2026-08-03T10:00:00-06:00"


def test_an_address_that_sends_too_many_forms_must_wait(client, exhaust):
    bookable = make_bookable()
    exhaust()

    answer = choose(client, bookable, "2026-08-03 10:00")

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "Too many forms have come from your network" in text(answer)
    assert not Booking.objects.exists()


def test_an_address_that_must_wait_may_look(client, exhaust):
    bookable = make_bookable()
    exhaust()

    assert client.get(times_url(bookable)).status_code == 200


def test_b3_an_address_holds_no_more_than_it_may(client):
    bookable = make_bookable(duration_minutes=15)
    for quarter in range(MAX_HOLDS_PER_ADDRESS):
        hold(Client(), bookable, f"2026-08-03 {10 + quarter}:00")

    answer = choose(client, bookable, "2026-08-03 16:00")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
    assert "wait a few minutes" in text(answer)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"starts_at": ""},
        {"starts_at": "soon"},
        {"starts_at": "2026-08-03T10:00:00"},
        {"starts_at": "2026-08-03T10:00:30-06:00"},
        {"starts_at": "2026-08-03"},
        {"starts_at": "0001-01-01T00:00:00+14:00"},
        {"starts_at": "9999-12-31T23:59:00-12:00"},
        {"starts_at": "99999999999999999999"},
        {"starts_at": "-1"},
        {"starts_at": "\0"},
        {"starts_at": "🦶"},
        {"starts_at": "2026-08-03T10:00:00-06:00", "therapist": "\0"},
        {"starts_at": "2026-08-03T10:00:00-06:00", "therapist": "🦶"},
    ],
)
def test_a_form_without_sense_holds_nothing(client, data):
    answer = client.post(times_url(make_bookable()), data)

    assert answer.status_code == 400
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "starts_at",
    [
        "2026-08-03T10:01:00-06:00",
        "2026-08-03T10:05:00-06:00",
        "2000-01-01T00:00:00Z",
        "2026-08-03T06:00:00-06:00",
        "2199-12-31T23:59:00-12:00",
    ],
)
def test_a_time_that_is_not_offered_cannot_be_held(client, starts_at):
    answer = client.post(times_url(make_bookable()), {"starts_at": starts_at})

    assert answer.status_code == 409
    assert not Booking.objects.exists()


def test_a_therapist_who_is_not_there_cannot_be_held(client):
    answer = choose(client, make_bookable(), "2026-08-03 10:00", therapist="unknown")

    assert answer.status_code == 404


def test_forms_from_elsewhere_are_refused():
    bookable, strict = make_bookable(), Client(enforce_csrf_checks=True)

    assert choose(strict, bookable, "2026-08-03 10:00").status_code == 403
    assert not Booking.objects.exists()
