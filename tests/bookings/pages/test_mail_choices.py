"""Mail that nobody has to have, switched off by the link in it."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser

from bookings.domain.clients.choices import MailChoice
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.models import Client
from bookings.notifications.links import choice_url
from tests.bookings.domain.asking import booked
from tests.bookings.notifications.mailing import mail_of
from tests.factories import make_bookable, make_client

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path_for(who, choice=MailChoice.REMINDERS):
    return urlsplit(choice_url(who, choice)).path


@pytest.mark.parametrize("kind", [Kind.REMINDER, Kind.FOLLOW_UP])
def test_one_click_in_the_mail_program_stops_that_mail(kind):
    headers = mail_of(kind).extra_headers
    link = re.fullmatch(r"<(http\S+)>", headers["List-Unsubscribe"])
    assert link and headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    Browser(enforce_csrf_checks=True).post(urlsplit(link[1]).path, ONE_CLICK)

    row = Client.objects.get()
    assert (row.wants_reminders, row.wants_follow_ups) == (
        kind != Kind.REMINDER,
        kind != Kind.FOLLOW_UP,
    )


def test_looking_at_the_link_changes_nothing(client):
    who = make_client()

    page = client.get(path_for(who))

    who.refresh_from_db()
    assert who.wants_reminders
    assert "Stop this mail" in page.text
    assert page["Cache-Control"] == "private, no-store"


def test_it_can_be_switched_on_again_and_reminders_wait_again(client):
    booking = booked(make_bookable(), "2026-08-07 10:00")
    reminders = booking.notifications.filter(kind=Kind.REMINDER, state=State.QUEUED)
    path = path_for(booking.client)

    client.post(path, ONE_CLICK)
    assert not reminders.exists()
    page = client.post(path, {"wanted": "1"}, follow=True)

    assert reminders.count() == 2
    assert "You get a reminder by mail before a session." in page.text


def test_nobody_else_s_link_and_no_other_choice_s_link_opens(client):
    one, other = make_client(), make_client()
    token = path_for(one).split("/")[-2]

    for path in (
        path_for(other).replace(path_for(other).split("/")[-2], token),
        path_for(one).replace("reminders", "follow-ups"),
        path_for(one).replace("reminders", "news"),
    ):
        assert client.post(path, ONE_CLICK).status_code == 404
    assert not Client.objects.exclude(wants_reminders=True, wants_follow_ups=True).exists()
