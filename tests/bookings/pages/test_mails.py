"""Whoever has booked reads which mail follows, and where it goes."""

import pytest
from django.test import Client

from bookings.domain.callers import Caller, at_desk
from bookings.domain.moving import move
from bookings.domain.requests import Change
from bookings.enums import NotificationState as State
from bookings.enums import Source
from bookings.models import Booking, Notification
from tests.bookings.domain.asking import minute
from tests.bookings.domain.health.answering import usual_questions
from tests.bookings.domain.pairs.pairing import studio_for_two
from tests.bookings.pages.pairs import visiting as pairs
from tests.bookings.pages.series import repeating
from tests.bookings.pages.visiting import confirm, hold, manage_url, send, text
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_user

pytestmark = pytest.mark.django_db

WHOLE, MASKED = "robin@example.org", "r•••@example.org"


@pytest.fixture
def booked(client, bookable):
    """What has just been booked in this browser."""
    booking = hold(client, bookable, "2026-08-05 10:00")
    confirm(client, booking)
    return booking


def said(client, booking):
    """What its page says of mail."""
    page = text(client.get(manage_url(booking)))
    return page[page.index("In a few minutes") :].partition(".  ")[0] if "In a few" in page else ""


def test_who_has_booked_reads_what_is_sent_to_which_address(client, booked):
    assert f"In a few minutes we send a confirmation to {WHOLE}, with the link" in said(
        client, booked
    )


def test_whoever_else_has_the_link_is_told_no_whole_address(client, booked):
    page = text(Client().get(manage_url(booked)))

    assert f"a confirmation to {MASKED}," in page
    assert WHOLE not in page


def test_the_words_are_spanish_on_spanish_pages(client, booked):
    page = text(client.get(f"/es{manage_url(booked)}"))

    assert f"En unos minutos enviamos una confirmación a {WHOLE}" in page


def test_what_waits_for_a_review_is_only_received(client, bookable):
    usual_questions()
    booking = hold(client, bookable, "2026-08-05 10:00")
    confirm(client, booking, without="")

    assert f"we write to {WHOLE} that your booking has been received" in said(client, booking)


def test_a_cancellation_that_nobody_was_told_of_needs_no_mail(client, booked):
    send(client, booked, "cancel")

    assert said(client, booked) == ""


def test_a_mail_that_has_left_is_not_announced(client, booked):
    Notification.objects.update(state=State.SENT, sent_at=booked.booked_at)

    assert said(client, booked) == ""


def test_a_move_is_announced_once_the_first_mail_has_left(client, booked):
    Notification.objects.update(state=State.SENT, sent_at=booked.booked_at)
    change = Change(starts_at=minute("2026-08-05 12:00"))
    move(booked, change, caller=Caller(source=Source.SITE), now=NOW)

    assert f"we write to {WHOLE} what has changed" in said(client, booked)


def test_who_is_told_at_the_desk_is_announced_no_mail(client, booked):
    Notification.objects.update(state=State.SENT, sent_at=booked.booked_at)
    change = Change(starts_at=minute("2026-08-05 12:00"))
    move(booked, change, caller=at_desk(make_user(), is_quiet=True), now=NOW)

    assert said(client, booked) == ""


def test_a_series_is_announced_with_the_number_of_its_mails(client, bookable):
    repeating.plan(client, bookable)
    repeating.book_all(client)

    first = Booking.objects.get(series_position=1)
    assert f"we send 4 mails to {WHOLE}, one for each session" in said(client, first)


@pytest.mark.parametrize(
    ("address", "words"),
    [("", f"we send 2 mails to {WHOLE}"), ("bo@example.org", f"a confirmation to {WHOLE}")],
)
def test_of_two_only_the_mails_of_ones_own_box_are_announced(client, address, words):
    first, _second = pairs.choose(client, studio_for_two())
    pairs.confirm(client, first, companion_email=address)

    page = said(client, first)

    assert words in page
    assert "bo@example.org" not in page
