import re
from datetime import timedelta

import pytest
from django.test import Client

from bookings.domain.links import calendar_token, manage_token
from bookings.enums import EventKind, Status
from bookings.models import Booking
from tests.bookings.pages.visiting import (
    confirm,
    hold,
    manage_url,
    offered_times,
    text,
)
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_closure_of_dates,
    make_session_type,
    make_shift,
    make_therapist,
)

pytestmark = pytest.mark.django_db

WEDNESDAY = "2026-08-05 10:00"
FORMS = ("move", "cancel", "undo")
ALL = ("manage", "move", "cancel", "undo")


@pytest.fixture
def bookable():
    return make_bookable()


@pytest.fixture
def booking(bookable):
    """On Wednesday at ten, booked a week before."""
    return make_booking(
        therapist=bookable.therapist,
        room=bookable.room,
        session_type=bookable.session_type,
        starts_at=at(WEDNESDAY),
    )


def post(client, booking, name, **data):
    return client.post(manage_url(booking, name), data)


def move(client, booking, wall, **data):
    return post(client, booking, "move", starts_at=at(wall).isoformat(), **data)


# See


def test_the_link_shows_the_booking(client, booking):
    page = text(client.get(manage_url(booking)))

    for words in (
        "Confirmed",
        f"Booking {booking.reference}",
        "Session Session-1",
        "When Wednesday, Aug. 5, 2026, 10 a.m. – 11 a.m. studio time (Denver, UTC\N{MINUS SIGN}6)",
        "Where Location-1 1 Main Street",
        "With Therapist-1",
        "Price $120",
        "free of charge until Tuesday, Aug. 4, 2026, 10 a.m. (studio time)",
        f"http://testserver{manage_url(booking)}",
    ):
        assert words in page


def test_the_link_leads_to_the_calendar_file(client, booking):
    body = client.get(manage_url(booking)).content.decode()

    (file,) = re.findall(r'href="(/api/[^"]+calendar.ics[^"]+)"', body)
    assert file.endswith(f"?token={calendar_token(booking)}")
    assert client.get(file).headers["Content-Type"].startswith("text/calendar")


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "half",
    [
        {"token": "wrong"},
        {"token": "🦶"},
        {"token": "%00"},
        {"token": "a" * 5000},
        {"reference": "WRONG-WRONG"},
        {"reference": "%00"},
        {"reference": "🦶"},
        {"reference": "a" * 5000},
    ],
)
def test_p1_half_a_link_opens_nothing(client, booking, name, half):
    halves = {"reference": booking.reference, "token": manage_token(booking)} | half
    path = f"/manage/{halves['reference']}/{halves['token']}/" + (
        "" if name == "manage" else f"{name}/"
    )

    seen, sent = client.get(path), client.post(path, {"starts_at": at(WEDNESDAY).isoformat()})

    assert (seen.status_code, sent.status_code) == (404, 404)
    assert booking.session_name not in text(seen)


@pytest.mark.parametrize("name", ALL)
def test_p1_the_token_of_another_booking_opens_nothing(client, booking, name):
    other = make_booking(starts_at=at("2026-08-06 10:00"))
    path = manage_url(other, name).replace(other.reference, booking.reference)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ALL)
def test_p1_a_link_that_was_revoked_opens_nothing(client, booking, name):
    path = manage_url(booking, name)
    Booking.objects.update(token_epoch=1)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ["manage", "move", "cancel"])
def test_the_pages_are_kept_nowhere_and_found_by_nobody(client, booking, name):
    answer = client.get(manage_url(booking, name))

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_pages_with_forms_send_their_own_origin_with_them(client, booking, name):
    """Without it a browser says `Origin: null`, which CSRF protection refuses."""
    body = client.get(manage_url(booking, name)).content.decode()

    assert '<meta name="referrer" content="same-origin">' in body


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.PENDING_REVIEW, "We have received your booking"),
        (Status.CHECKED_IN, "You are here"),
        (Status.COMPLETED, "Thank you for coming"),
        (Status.NO_SHOW, "We missed you"),
        (Status.DECLINED, "We could not confirm this booking"),
        (Status.EXPIRED, "not booked while it was held"),
        (Status.HELD, "kept until 7:05 a.m. (studio time), but not booked yet"),
        (Status.CANCELLED, "has been cancelled"),
    ],
)
def test_every_state_has_its_words(client, booking, status, words):
    booking.status = status
    if status in (Status.HELD, Status.PENDING_REVIEW):
        booking.expires_at = at("2026-08-03 07:05")
    booking.save()

    answer = client.get(manage_url(booking))

    assert answer.status_code == 200
    assert words in text(answer)


@pytest.mark.parametrize(
    ("status", "words"),
    [(Status.HELD, "No longer held"), (Status.PENDING_REVIEW, "Not confirmed")],
)
def test_what_has_lapsed_is_not_promised_any_more(client, booking, status, words):
    booking.status, booking.expires_at = status, at("2026-08-03 07:00")
    booking.save()

    page = text(client.get(manage_url(booking)))

    assert words in page
    assert "Move it" not in page


def test_after_the_deadline_only_cancelling_is_offered(client, booking, turn_clock):
    turn_clock("2026-08-04 10:01")

    page = text(client.get(manage_url(booking)))

    assert "as a late cancellation" in page
    assert "Move it" not in page
    assert "Cancel it" in page
    assert "please call us: +1 303 555 0100" in page


def test_once_it_has_begun_nothing_is_offered(client, booking, turn_clock):
    turn_clock(WEDNESDAY)

    page = text(client.get(manage_url(booking)))

    assert "Move it" not in page
    assert "Cancel it" not in page


# Move


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


@pytest.mark.parametrize("name", ["move", "cancel"])
@pytest.mark.parametrize("status", [Status.COMPLETED, Status.DECLINED, Status.NO_SHOW])
def test_what_is_over_can_be_neither_moved_nor_cancelled(client, booking, name, status):
    booking.status = status
    booking.save()

    seen = client.get(manage_url(booking, name))
    sent = post(client, booking, name, starts_at=at("2026-08-06 10:00").isoformat())

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
    answer = post(client, booking, "move", **data)

    booking.refresh_from_db()
    assert answer.status_code == status
    assert booking.starts_at == at(WEDNESDAY)


# Cancel


def test_cancelling_asks_first_and_says_that_it_is_free(client, booking):
    page = text(client.get(manage_url(booking, "cancel")))

    booking.refresh_from_db()
    assert "Cancelling now is free of charge" in page
    assert booking.status == Status.CONFIRMED


def test_cancelling_late_says_so_beforehand(client, booking, turn_clock):
    turn_clock("2026-08-04 10:01")

    page = text(client.get(manage_url(booking, "cancel")))

    assert "less than 24 hours before the session, so this will be a late cancellation" in page


def test_cancelling(client, booking):
    answer = post(client, booking, "cancel", reason="A cold\x07")

    booking.refresh_from_db()
    assert answer.headers["Location"] == manage_url(booking)
    assert (booking.status, booking.late_cancellation) == (Status.CANCELLED, False)
    assert booking.events.get(kind=EventKind.CANCELLED).reason == "A cold"
    assert "cancelled, free of charge" in text(client.get(manage_url(booking)))


def test_cancelling_twice_is_harmless(client, booking):
    post(client, booking, "cancel")

    again = post(client, booking, "cancel")

    assert again.headers["Location"] == manage_url(booking)
    assert booking.events.filter(kind=EventKind.CANCELLED).count() == 1


def test_b6_a_late_cancellation_is_taken_and_marked(client, booking, turn_clock):
    turn_clock("2026-08-04 10:01")

    post(client, booking, "cancel")

    booking.refresh_from_db()
    assert booking.late_cancellation
    assert "It was a late cancellation" in text(client.get(manage_url(booking)))


def test_a_client_cannot_cancel_what_has_begun(client, booking, turn_clock):
    turn_clock(WEDNESDAY)

    seen, sent = client.get(manage_url(booking, "cancel")), post(client, booking, "cancel")

    booking.refresh_from_db()
    assert (seen.status_code, sent.status_code) == (409, 409)
    assert booking.status == Status.CONFIRMED


@pytest.mark.parametrize("reason", ["a" * 501, "\0"])
def test_a_reason_that_does_not_fit_cancels_nothing(client, booking, reason):
    answer = post(client, booking, "cancel", reason=reason)

    booking.refresh_from_db()
    assert answer.status_code == 422
    assert booking.status == Status.CONFIRMED


# Undo


def test_b6_a_cancellation_can_be_undone_for_three_minutes(client, booking, turn_clock):
    post(client, booking, "cancel")
    turn_clock("2026-08-03 07:03")

    page = text(client.get(manage_url(booking)))
    answer = post(client, booking, "undo")

    booking.refresh_from_db()
    assert "You can take it back until 7:03 a.m. (studio time)" in page
    assert answer.headers["Location"] == manage_url(booking)
    assert booking.status == Status.CONFIRMED
    assert "Your cancellation has been undone" in text(client.get(manage_url(booking)))


def test_b6_and_not_later(client, booking, turn_clock):
    post(client, booking, "cancel")
    turn_clock("2026-08-03 07:04")

    page, answer = text(client.get(manage_url(booking))), post(client, booking, "undo")

    booking.refresh_from_db()
    assert "take it back" not in page
    assert answer.status_code == 409
    assert booking.status == Status.CANCELLED


def test_an_undo_fails_kindly_when_the_time_has_gone(client, booking, bookable):
    post(client, booking, "cancel")
    make_booking(therapist=bookable.therapist, room=bookable.room, starts_at=at(WEDNESDAY))

    answer = post(client, booking, "undo")

    assert answer.status_code == 409
    assert "This time is not free" in text(answer)


def test_undoing_twice_is_harmless(client, booking):
    post(client, booking, "cancel")
    post(client, booking, "undo")

    assert post(client, booking, "undo").headers["Location"] == manage_url(booking)


def test_undoing_takes_a_form(client, booking):
    assert client.get(manage_url(booking, "undo")).status_code == 405


# All of them


@pytest.mark.parametrize("name", ["move", "cancel", "undo"])
def test_forms_from_elsewhere_are_refused(booking, name):
    data = {"starts_at": at("2026-08-06 10:00").isoformat()}

    answer = Client(enforce_csrf_checks=True).post(manage_url(booking, name), data)

    booking.refresh_from_db()
    assert answer.status_code == 403
    assert (booking.status, booking.starts_at) == (Status.CONFIRMED, at(WEDNESDAY))


def test_looking_starts_no_session(client, booking):
    answer = client.get(manage_url(booking))

    assert not answer.cookies


@pytest.mark.parametrize("name", ["manage", "move", "cancel"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client, booking, bookable, name, django_assert_max_num_queries
):
    url = manage_url(booking, name)
    with django_assert_max_num_queries(30) as before:
        client.get(url)
    for days in range(1, 4):
        make_booking(
            therapist=bookable.therapist,
            room=bookable.room,
            starts_at=at(WEDNESDAY) + timedelta(days=days),
        )
        make_session_type(locations=(bookable.location,), therapists=(bookable.therapist,))

    with django_assert_max_num_queries(len(before)):
        client.get(url)


def test_an_empty_month_names_the_next_time_that_is_free(client, booking, bookable):
    make_closure_of_dates(
        location=bookable.location,
        first_day=at("2026-09-01 12:00").date(),
        last_day=at("2026-09-30 12:00").date(),
    )

    body = client.get(manage_url(booking, "move", month="2026-09")).content.decode()

    assert re.search(r"Next free: Thursday, October 1, 9 a\.m\.", body)
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("name", FORMS)
def test_an_address_that_sends_too_many_forms_changes_nothing(client, booking, exhaust, name):
    before = Booking.objects.values().get()
    exhaust()

    answer = post(client, booking, name, starts_at=at("2026-08-05 12:00").isoformat())

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "Too many forms have come from your network" in text(answer)
    assert f'href="{manage_url(booking)}"' in answer.content.decode()
    assert Booking.objects.values().get() == before
