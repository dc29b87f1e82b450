"""Calendar feeds: who reads them, and what stands in them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.domain.booking import hold
from bookings.domain.callers import CLOCK
from bookings.domain.cancelling import cancel
from bookings.domain.links import feed_token
from bookings.domain.moving import move
from bookings.domain.requests import Change, Details
from bookings.enums import Status
from bookings.notifications.feeds import feed_address
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import CLIENT, RECEPTION, booked, minute, wish
from tests.calendars import instant, read
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_calendar_feed,
    make_client,
    make_room,
    make_studio,
    make_therapist,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_bookable()


@pytest.fixture
def feed(made):
    return make_calendar_feed(therapist=made.therapist)


def address(feed):
    return feed_address(feed).removeprefix("https://studio.example")


def events(client, feed):
    answer = client.get(address(feed))
    assert answer.status_code == 200
    return read(answer.content).all("VEVENT")


def summaries(client, feed):
    return [event.text("SUMMARY") for event in events(client, feed)]


def test_a_feed_speaks_the_studio_s_language_whatever_the_program_s(client, made, feed):
    make_studio(language="es")
    booked(made, "2026-08-05 10:00", now=NOW)

    answer = client.get(address(feed), headers={"Accept-Language": "en"})

    [event] = read(answer.content).all("VEVENT")
    assert event.text("DESCRIPTION") == "Con Therapist-1"


@pytest.mark.both_engines
def test_a_session_is_an_event_with_initials_alone(client, made, feed):
    booking = booked(made, "2026-08-05 10:00", now=NOW)
    make_studio(name="Still Water")

    answer = client.get(address(feed))
    calendar = read(answer.content)
    (event,) = calendar.all("VEVENT")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar.text("X-WR-CALNAME") == "Therapist-1"
    assert event.text("UID") == f"{booking.reference}@ashiatsu-booking"
    assert instant(calendar, event["DTSTART"]) == booking.starts_at
    assert event.text("SUMMARY") == "Session-1, A. L."
    assert event.text("LOCATION") == "Room-1, Location-1"
    assert event.text("DESCRIPTION") == "With Therapist-1"
    assert event.text("STATUS") == "CONFIRMED"
    assert event["URL"].value.endswith(reverse("admin:booking", args=[booking.reference]))
    for secret in (b"Ada", b"ada@example.org"):
        assert secret not in answer.content


def test_a_feed_made_with_names_has_them_and_nothing_else_of_the_person(client, made):
    feed = make_calendar_feed(therapist=made.therapist, with_names=True)
    booking = booked(made, "2026-08-05 10:00", now=NOW)
    booking.notes = "Left knee"
    booking.save()

    body = client.get(address(feed)).content.decode()

    assert summaries(client, feed) == ["Session-1, Ada L."]
    for secret in ("ada@example.org", "knee"):
        assert secret not in body


def test_a_room_has_its_own(client, made):
    booked(made, "2026-08-05 10:00", now=NOW)
    here, elsewhere = (make_calendar_feed(room=room) for room in (made.room, make_room()))

    assert len(events(client, here)) == 1
    assert events(client, elsewhere) == []


def test_it_is_the_therapist_s_own(client, made):
    booked(made, "2026-08-05 10:00", now=NOW)

    assert events(client, make_calendar_feed(therapist=make_therapist())) == []


@pytest.mark.parametrize(("days", "is_shown"), [(-31, False), (-30, True), (89, True), (90, False)])
def test_the_last_30_and_the_next_90_days_stand_in_it(client, made, feed, days, is_shown):
    make_booking(
        therapist=made.therapist,
        room=made.room,
        starts_at=to_instant(NOW) + timedelta(days=days),
        status=Status.COMPLETED,
    )

    assert bool(events(client, feed)) == is_shown


def test_a_move_keeps_the_event_and_raises_its_sequence(client, made, feed):
    booking = booked(made, "2026-08-05 10:00", now=NOW)
    (before,) = events(client, feed)

    move(booking, Change(starts_at=minute("2026-08-05 12:00")), caller=CLIENT, now=NOW)
    (after,) = events(client, feed)

    assert before.text("UID") == after.text("UID")
    assert (before.text("SEQUENCE"), after.text("SEQUENCE")) == ("0", "1")
    assert after["DTSTART"].value == "20260805T120000"


def test_what_is_cancelled_stays_and_says_so(client, made, feed):
    booking = booked(made, "2026-08-05 10:00", now=NOW)
    cancel(booking, caller=CLIENT, now=NOW)

    (event,) = events(client, feed)

    assert event.text("STATUS") == "CANCELLED"
    assert event.text("TRANSP") == "TRANSPARENT"
    assert event.text("SUMMARY") == "Cancelled: Session-1, A. L."
    assert event.text("SEQUENCE") == "1"


def test_a_review_past_its_time_is_called_off(client, made, feed):
    make_booking(
        therapist=made.therapist,
        room=made.room,
        starts_at=at("2026-08-05 10:00"),
        status=Status.PENDING_REVIEW,
        expires_at=to_instant(NOW),
    )

    (event,) = events(client, feed)

    assert event.text("STATUS") == "CANCELLED"


def test_b3_a_hold_is_nobody_s_session_before_and_after_it_is_given_back(client, made, feed):
    asked = wish(made, "2026-08-05 10:00")
    held = hold(asked, Details(make_client()), caller=RECEPTION, now=NOW)
    assert events(client, feed) == []

    cancel(held, caller=CLOCK, now=NOW)

    assert events(client, feed) == []


def test_a_program_that_asks_again_is_told_that_nothing_changed(client, made, feed):
    booked(made, "2026-08-05 10:00", now=NOW)
    etag = client.get(address(feed)).headers["ETag"]

    unchanged = client.get(address(feed), headers={"If-None-Match": etag})
    booked(made, "2026-08-06 10:00", now=NOW)
    changed = client.get(address(feed), headers={"If-None-Match": etag})

    assert (unchanged.status_code, changed.status_code) == (304, 200)
    assert unchanged.headers["Cache-Control"] == "private, no-cache"


def test_more_sessions_are_no_more_queries(client, made, feed, django_assert_num_queries):
    for hour in range(9, 12):
        booked(made, f"2026-08-05 {hour:02}:00", now=NOW)

    with django_assert_num_queries(4):
        assert len(events(client, feed)) == 3


def test_without_its_secret_nothing_opens(client, made, feed):
    for path in (
        address(feed).replace(feed_token(feed), "wrong"),
        address(feed).replace("/therapists/", "/rooms/"),
        address(feed).replace(made.therapist.slug, make_therapist().slug),
        address(feed).replace(feed_token(feed), "🦶"),
        address(feed).replace(feed_token(feed), "%00"),
    ):
        assert client.get(path).status_code == 404


def test_each_feed_has_a_secret_of_its_own(client, made, feed):
    other = make_calendar_feed(therapist=made.therapist)

    assert feed_token(feed) != feed_token(other)


def test_a_revoked_feed_opens_nothing(client, feed):
    feed.revoked_at = to_instant(NOW)
    feed.save()

    assert client.get(address(feed)).status_code == 404


def test_who_has_left_has_no_feed_any_more(client, made, feed):
    made.therapist.active = False
    made.therapist.save()

    assert client.get(address(feed)).status_code == 404
