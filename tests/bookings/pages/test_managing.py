import re
from datetime import timedelta

import pytest
from django.test import Client

from bookings.domain.expiring import expire_lapsed
from bookings.domain.links import calendar_token, manage_token
from bookings.enums import Status
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from tests.bookings.domain.health.answering import usual_questions
from tests.bookings.pages.visiting import (
    WEDNESDAY,
    confirm,
    hold,
    manage_url,
    send,
    text,
)
from tests.factories import (
    at,
    make_booking,
    make_session_type,
)

pytestmark = pytest.mark.django_db

FORMS = ("move", "cancel", "undo")
ALL = ("manage", "move", "cancel", "undo", "again")


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


def test_h2_a_review_that_nobody_decided_stays_not_confirmed_once_it_is_written_down(
    client, bookable
):
    usual_questions()
    booking = hold(client, bookable)
    confirm(client, booking, without="1")
    booking.refresh_from_db()
    assert booking.expires_at is not None
    expire_lapsed(now=to_minute(booking.expires_at))

    page = text(client.get(manage_url(booking)))

    assert "Not confirmed We could not confirm this booking. Please call us" in page
    assert "No longer held" not in page


def test_what_was_declined_leads_to_a_call_and_not_to_the_same_again(client, booking):
    booking.status = Status.DECLINED
    booking.save()

    page = text(client.get(manage_url(booking)))

    assert "What now? Call +1 303 555 0100 Book another session" in page
    assert "Book the same again" not in page


def test_after_the_deadline_only_cancelling_is_offered(client, booking, turn_clock):
    turn_clock("2026-08-04 10:01")

    page = text(client.get(manage_url(booking)))

    assert "as a late cancellation; the studio may ask for the price of the session" in page
    assert "$120" in page
    assert "Move it" not in page
    assert "Cancel it" in page
    assert "please call us: +1 303 555 0100" in page


def test_once_it_has_begun_nothing_is_offered(client, booking, turn_clock):
    turn_clock(WEDNESDAY)

    page = text(client.get(manage_url(booking)))

    assert "Move it" not in page
    assert "Cancel it" not in page


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_who_comes_back_to_an_answer_is_not_asked_to_send_the_form_again(client, booking, name):
    Booking.objects.filter(pk=booking.pk).update(status=Status.COMPLETED)
    time = booking.starts_at.isoformat()

    asked = client.get(manage_url(booking, name))
    answered = send(client, booking, name, starts_at=time)

    assert (asked.status_code, answered.status_code) == (409, 409)
    assert "booking/answered.js" not in asked.content.decode()
    assert "booking/answered.js" in answered.content.decode()


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


@pytest.mark.parametrize(("name", "queries"), [("manage", 5), ("cancel", 3), ("move", 4)])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client, booking, bookable, name, queries, django_assert_num_queries
):
    url = manage_url(booking, name)
    client.get(url)
    with django_assert_num_queries(queries):
        client.get(url)
    for days in range(1, 4):
        make_booking(
            therapist=bookable.therapist,
            room=bookable.room,
            starts_at=at(WEDNESDAY) + timedelta(days=days),
        )
        make_session_type(locations=(bookable.location,), therapists=(bookable.therapist,))
    client.get(url)  # header and footer are drawn anew

    with django_assert_num_queries(queries):
        client.get(url)


@pytest.mark.parametrize("name", FORMS)
def test_an_address_that_sends_too_many_forms_changes_nothing(client, booking, exhaust, name):
    before = Booking.objects.values().get()
    exhaust()

    answer = send(client, booking, name, starts_at=at("2026-08-05 12:00").isoformat())

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "Too many forms have come from your network" in text(answer)
    assert f'href="{manage_url(booking)}"' in answer.content.decode()
    assert Booking.objects.values().get() == before
