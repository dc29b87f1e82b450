"""Calendar feeds: made, read and revoked by managers."""

import pytest
from django.urls import reverse

from bookings.models import CalendarFeed
from bookings.notifications.feeds import feed_address
from bookings.scheduling.hours import to_instant
from tests.bookings.admin.filling import errors_of, messages_of, save
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    make_calendar_feed,
    make_location,
    make_room,
    make_shift,
    make_therapist,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:bookings_calendarfeed_changelist")
ADD = reverse("admin:bookings_calendarfeed_add")


def change(feed):
    return reverse("admin:bookings_calendarfeed_change", args=[feed.pk])


def test_a_feed_is_made_and_its_address_read(manager, manager_account, client):
    therapist = make_therapist()

    page = save(manager, ADD, therapist=str(therapist.pk), with_names="on").content.decode()

    feed = CalendarFeed.objects.get()
    assert (feed.therapist, feed.room, feed.with_names) == (therapist, None, True)
    assert (feed.made_by, feed.made_at) == (manager_account, to_instant(SEVEN_ON_MONDAY))
    assert f"<code>{feed_address(feed)}</code>" in page
    assert client.get(feed_address(feed)).status_code == 200


@pytest.mark.both_engines
def test_when_a_feed_was_made_is_told_by_the_clocks_of_its_place(manager):
    make_location(timezone="America/Denver")
    new_york = make_location(timezone="America/New_York")
    working = make_therapist()
    make_shift(therapist=working, location=new_york)
    for therapist in (make_therapist(), working):
        make_calendar_feed(therapist=therapist)
    make_calendar_feed(room=make_room(location=new_york))

    page = manager.get(LIST).content.decode()

    assert page.count("Mon 3 Aug 2026, 10:00 -06:00") == 1
    assert page.count("Mon 3 Aug 2026, 12:00 -04:00") == 2


@pytest.mark.parametrize("both", [True, False])
def test_a_feed_is_of_a_therapist_or_a_room(manager, both):
    chosen = {"therapist": make_therapist().pk, "room": make_room().pk} if both else {}

    page = save(manager, ADD, **{name: str(pk) for name, pk in chosen.items()})

    assert errors_of(page) == {"__all__": ["Choose a therapist or a room, not both."]}


def test_saving_a_feed_changes_nothing_of_it(manager):
    feed = make_calendar_feed(therapist=make_therapist())
    before = feed_address(feed)

    manager.post(change(feed), {"with_names": "on", "_save": "Save"})

    feed.refresh_from_db()
    assert (feed.with_names, feed_address(feed)) == (False, before)


def test_a_feed_is_revoked_for_good(manager, client):
    feed = make_calendar_feed(therapist=make_therapist())

    page = manager.post(
        LIST, {"action": "revoke", "_selected_action": [feed.pk], "index": "0"}, follow=True
    )

    assert messages_of(page) == ["1 feed revoked."]
    assert client.get(feed_address(feed)).status_code == 404
    assert feed_address(feed) not in manager.get(change(feed)).content.decode()
