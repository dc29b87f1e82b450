from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from bookings.notifications.calendar import words_of
from bookings.pages.calendars import calendar_links
from tests.bookings.pages.visiting import manage_url, markup, text
from tests.factories import make_booking, make_client, make_location, make_room

pytestmark = pytest.mark.django_db

SECOND_PASSAGE = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)  # 01:30 in Denver, for the second time


def asked(link):
    parts = urlsplit(link.address)
    return parts.hostname, {name: value for name, (value,) in parse_qs(parts.query).items()}


def test_each_calendar_is_told_when_and_where_in_its_own_words():
    booking = make_booking()
    words = (
        "Appointment at Location-1",
        "1 Main Street",
        words_of(booking).description,
    )
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "startdt": "2026-08-03T16:00:00Z",
        "enddt": "2026-08-03T17:00:00Z",
    } | dict(zip(("subject", "location", "body"), words, strict=True))

    google, live, office, yahoo = map(asked, calendar_links(booking))

    assert google == (
        "calendar.google.com",
        {"action": "TEMPLATE", "dates": "20260803T160000Z/20260803T170000Z"}
        | dict(zip(("text", "location", "details"), words, strict=True)),
    )
    assert live == ("outlook.live.com", outlook)
    assert office == ("outlook.office.com", outlook)
    assert yahoo == (
        "calendar.yahoo.com",
        {"v": "60", "st": "20260803T160000Z", "et": "20260803T170000Z"}
        | dict(zip(("title", "in_loc", "desc"), words, strict=True)),
    )


def test_blanks_are_not_written_as_plusses():
    assert all("+" not in link.address for link in calendar_links(make_booking()))


def test_t5_the_second_passage_of_a_repeated_hour_is_told_as_it_is():
    google, *_ = calendar_links(make_booking(starts_at=SECOND_PASSAGE))

    assert asked(google)[1]["dates"] == "20261101T083000Z/20261101T093000Z"


def test_p1_nothing_of_person_or_session_or_link_is_told():
    booking = make_booking(
        client=make_client(name="Robin Client"),
        room=make_room(location=make_location(slug="downtown")),
    )
    told = " ".join(link.address for link in calendar_links(booking))

    for secret in ("Robin", "robin", "manage", booking.session_name, booking.therapist.name):
        assert secret not in told


def test_the_page_has_them_as_plain_links_beside_the_file(client, booking):
    page = markup(client.get(manage_url(booking)))

    for name in ("Google", "Outlook.com", "Microsoft 365", "Yahoo"):
        assert f'rel="noopener noreferrer">{name}</a>' in page
    assert "calendar.ics?token=" in page


def test_what_is_over_or_cancelled_is_not_added_any_more(client, booking, turn_clock):
    turn_clock("2026-08-05 10:00")

    assert "Google" not in text(client.get(manage_url(booking)))
