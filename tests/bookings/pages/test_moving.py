import re

import pytest

from bookings.enums import EventKind, Status
from bookings.models import Booking
from tests.bookings.pages.visiting import (
    WEDNESDAY,
    confirm,
    hold,
    manage_url,
    move,
    offered_times,
    send,
    text,
)
from tests.factories import (
    at,
    make_booking,
    make_certification,
    make_closure_of_dates,
    make_session_type,
    make_shift,
    make_therapist,
)

pytestmark = pytest.mark.django_db


def test_the_own_day_is_shown_first_and_the_own_time_counts_as_free(client, booking):
    answer = client.get(manage_url(booking, "move"))

    assert "2026-08-05T10:00:00-06:00" in offered_times(answer)
    assert "2026-08-05T10:30:00-06:00" in offered_times(answer)
    assert "10 a.m. yours now" in text(answer)


def test_moving_to_another_time(client, booking):
    answer = move(client, booking, "2026-08-06 14:30")

    booking.refresh_from_db()
    assert answer.headers["Location"] == manage_url(booking)
    assert booking.starts_at == at("2026-08-06 14:30")
    assert "Your session has been moved." in text(client.get(manage_url(booking)))
    assert booking.events.filter(kind=EventKind.MOVED).count() == 1


def test_moving_twice_is_harmless(client, booking):
    answers = [move(client, booking, "2026-08-06 11:00") for _ in range(2)]

    booking.refresh_from_db()
    assert [answer.headers["Location"] for answer in answers] == [manage_url(booking)] * 2
    assert booking.starts_at == at("2026-08-06 11:00")
    assert booking.events.filter(kind=EventKind.MOVED).count() == 1


def test_b5_moving_to_another_session_takes_its_price(client, booking, bookable):
    longer = make_session_type(
        slug="longer",
        duration_minutes=90,
        price="145.00",
        locations=(bookable.location,),
        therapists=(bookable.therapist,),
    )
    url = manage_url(booking, "move", session_type="longer")
    assert "Session: Longer" in text(client.get(url))

    client.post(url, {"starts_at": at("2026-08-06 14:30").isoformat()})

    booking.refresh_from_db()
    assert (booking.session_type, booking.duration_minutes) == (longer, 90)
    assert "Price $145" in text(client.get(manage_url(booking)))


def test_moving_to_another_therapist(client, booking, bookable):
    mei = make_therapist(slug="mei")
    licence = bookable.session_type.requires_qualifications.get()
    make_certification(therapist=mei, qualification=licence)
    make_shift(therapist=mei, location=bookable.location, weekday=3)
    bookable.session_type.therapists.add(mei)

    move(client, booking, "2026-08-06 10:00", therapist="mei")

    booking.refresh_from_db()
    assert (booking.therapist, booking.therapist_requested) == (mei, True)


def test_who_asked_for_a_therapist_keeps_her_unless_they_say_otherwise(client, booking):
    booking.therapist_requested = True
    booking.save()
    slug = booking.therapist.slug

    kept = client.get(manage_url(booking, "move")).content.decode()
    anyone = client.get(manage_url(booking, "move", therapist="")).content.decode()

    assert f'name="therapist" value="{slug}"' in kept
    assert 'name="therapist" value=""' in anyone


def test_a_lost_slot_leaves_the_booking_and_offers_others(client, booking, bookable):
    make_booking(therapist=bookable.therapist, room=bookable.room, starts_at=at("2026-08-06 10:00"))

    answer = move(client, booking, "2026-08-06 10:00")

    booking.refresh_from_db()
    assert answer.status_code == 409
    assert booking.starts_at == at(WEDNESDAY)
    assert offered_times(answer)[:5] == [
        f"2026-08-06T{time}:00-06:00" for time in ("09:00", "11:00", "11:15", "11:30", "11:45")
    ]
    assert "Sorry, this time has just gone" in text(answer)


def test_b6_moving_after_the_deadline_is_refused_by_the_form_too(client, booking, turn_clock):
    turn_clock("2026-08-04 10:01")

    seen, sent = client.get(manage_url(booking, "move")), move(client, booking, "2026-08-06 10:00")

    booking.refresh_from_db()
    assert (seen.status_code, sent.status_code) == (409, 409)
    assert "It is too late to change this online" in text(seen)
    assert "+1 303 555 0100" in text(sent)
    assert booking.starts_at == at(WEDNESDAY)


def test_b6_moving_within_three_minutes_of_booking_is_never_too_late(client, bookable, turn_clock):
    booking = hold(client, bookable, "2026-08-03 10:00")
    confirm(client, booking)
    turn_clock("2026-08-03 07:03")

    move(client, booking, "2026-08-06 10:00")

    booking.refresh_from_db()
    assert booking.starts_at == at("2026-08-06 10:00")


def test_who_moves_what_has_been_cancelled_sees_that_it_has(client, booking):
    send(client, booking, "cancel")

    seen, sent = client.get(manage_url(booking, "move")), move(client, booking, "2026-08-06 10:00")

    assert [each.headers["Location"] for each in (seen, sent)] == [manage_url(booking)] * 2
    assert "This session has been cancelled" in text(client.get(manage_url(booking)))


@pytest.mark.parametrize("name", ["move", "cancel"])
@pytest.mark.parametrize("status", [Status.COMPLETED, Status.DECLINED, Status.NO_SHOW])
def test_what_is_over_can_be_neither_moved_nor_cancelled(client, booking, name, status):
    booking.status = status
    booking.save()

    seen = client.get(manage_url(booking, name))
    sent = send(client, booking, name, starts_at=at("2026-08-06 10:00").isoformat())

    assert (seen.status_code, sent.status_code) == (409, 409)
    assert "state does not allow this" in text(seen)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"day": "soon"}, 400),
        ({"month": "\0"}, 400),
        ({"session_type": "🦶"}, 400),
        ({"session_type": "unknown"}, 404),
        ({"therapist": "unknown"}, 404),
        ({"therapist": "\0"}, 400),
        ({"day": "9999-12-31"}, 200),
        ({"day": "0001-01-01"}, 200),
    ],
)
def test_queries_without_sense_get_a_page_of_their_own(client, booking, query, status):
    assert client.get(manage_url(booking, "move", **query)).status_code == status


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"starts_at": "soon"}, 400),
        ({"starts_at": "2026-08-06T10:00:00"}, 400),
        ({"starts_at": "9999-12-31T23:59:00-12:00"}, 400),
        ({"starts_at": "2026-08-06T10:01:00-06:00"}, 409),
        ({"starts_at": "2026-08-06T10:00:00-06:00", "therapist": "unknown"}, 404),
        ({"starts_at": "2026-08-06T10:00:00-06:00", "therapist": "\0"}, 400),
    ],
)
def test_forms_without_sense_move_nothing(client, booking, data, status):
    answer = send(client, booking, "move", **data)

    booking.refresh_from_db()
    assert answer.status_code == status
    assert booking.starts_at == at(WEDNESDAY)


def test_an_empty_month_names_the_next_time_that_is_free(client, booking, bookable):
    make_closure_of_dates(
        location=bookable.location,
        first_day=at("2026-09-01 12:00").date(),
        last_day=at("2026-09-30 12:00").date(),
    )

    body = client.get(manage_url(booking, "move", month="2026-09")).content.decode()

    assert re.search(r"Next free: Thursday, October 1, 9 a\.m\.", body)
    assert Booking.objects.count() == 1
