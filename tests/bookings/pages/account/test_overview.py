"""Everything that is booked under a verified address."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.clients.data import erase
from bookings.domain.waitlist.entries import decline
from bookings.domain.waitlist.matching import match
from bookings.enums import Source, Status
from bookings.models import Series
from bookings.pages.account.overview import ON_A_PAGE
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import CLIENT, NOW, RECEPTION
from tests.bookings.domain.waitlist.waiting import waits
from tests.bookings.pages.account.signing import HOME, sign_in
from tests.bookings.pages.visiting import manage_url, markup, text
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import at, make_bookable, make_booking, make_client

pytestmark = pytest.mark.django_db

WEDNESDAY = at("2026-08-05 10:00")
LAST_WEEK = at("2026-07-29 10:00")


@pytest.fixture
def ada():
    """Somebody under the address."""
    return make_client(name="Ada", email=HOME)


@pytest.fixture
def ben(ada):
    """Somebody else under it."""
    return make_client(name="Ben", email=HOME)


def page(client):
    return client.get("/my-bookings/")


def test_what_comes_can_be_opened_moved_and_cancelled(client, ada):
    booking = make_booking(client=ada, starts_at=WEDNESDAY)
    sign_in(client)

    found = markup(page(client))

    for name in ("manage", "move", "cancel"):
        assert f'href="{manage_url(booking, name)}"' in found


def test_what_is_over_can_be_booked_again(client, ada):
    booking = make_booking(client=ada, starts_at=LAST_WEEK, status=Status.COMPLETED)
    sign_in(client)

    found = markup(page(client))

    assert f'href="{manage_url(booking, "again")}"' in found
    assert manage_url(booking, "cancel") not in found


def series_of(client, days, **values):
    """Bookings of one series, on Mondays of August at ten."""
    made = SEVEN_ON_MONDAY - 24 * 60
    weekly = Series.objects.create(every_weeks=1, made_at=to_instant(made), source=Source.SITE)
    bookings = [make_booking(client=client, starts_at=at(f"2026-08-{day} 10:00")) for day in days]
    for position, booking in enumerate(bookings, start=1):
        booking.series, booking.series_position = weekly, position
        booking.save()
    return bookings


def test_the_dates_of_a_series_stand_in_one_card(client, ada):
    bookings = series_of(ada, ["10", "17", "24"])
    alone = make_booking(client=ada, starts_at=at("2026-08-12 10:00"))
    sign_in(client)

    answer = page(client)

    [series, other] = answer.context["coming"]
    assert (series.row.booking, other.row.booking) == (bookings[0], alone)
    assert [row.booking for row in series.others] == bookings[1:]
    words = text(answer)
    assert "Confirmed 3 dates Every week" in words
    assert "The other 2 dates Monday, Aug. 17, 2026, 10 a.m." in words
    assert f'href="{manage_url(bookings[2])}"' in markup(answer)


def test_what_of_a_series_is_not_confirmed_is_said_where_it_is_folded(client, ada):
    last = series_of(ada, ["10", "17", "24"])[-1]
    last.status, last.expires_at = Status.PENDING_REVIEW, at("2026-08-04 10:00")
    last.save()
    sign_in(client)

    assert "The other 2 dates, 1 of them not confirmed yet" in text(page(client))


def test_the_last_date_of_a_series_is_a_card_like_any_other(client, ada):
    first, _last = series_of(ada, ["03", "10"])
    first.status = Status.CANCELLED
    first.save()
    sign_in(client)

    words = text(page(client))

    assert "One of a series: its page shows all the dates." in words
    assert "Next:" not in words


def test_what_was_only_offered_is_no_booking(client, ada):
    studio = make_bookable()
    entry = waits(studio, client=ada, now=SEVEN_ON_MONDAY)
    match(now=SEVEN_ON_MONDAY)
    offer = entry.offers.get()
    sign_in(client)

    before = text(page(client))
    decline(entry, caller=CLIENT, now=SEVEN_ON_MONDAY)

    assert offer.booking.session_name not in before + text(page(client))


def test_each_booking_says_whose_it_is_in_a_family_alone(client, ada):
    make_booking(client=ada, starts_at=WEDNESDAY)
    sign_in(client)
    alone = text(page(client))

    make_booking(
        client=make_client(name="Ben", email=HOME),
        starts_at=LAST_WEEK,
        status=Status.NO_SHOW,
    )

    together = text(page(client))
    assert "for Ada" not in alone
    assert "for Ada" in together
    assert "for Ben · Missed" in together


def test_what_waits_for_a_review_is_received(client, ada):
    make_booking(
        client=ada,
        starts_at=WEDNESDAY,
        status=Status.PENDING_REVIEW,
        expires_at=at("2026-08-04 10:00"),
    )
    sign_in(client)

    assert "Received" in text(page(client))


def test_p1_nothing_of_other_addresses_is_shown(client, ada):
    other = make_booking(client=make_client(name="Cleo", email="cleo@example.org"))
    sign_in(client)

    found = markup(page(client))

    assert other.reference not in found
    assert "Cleo" not in found


def test_who_was_erased_meanwhile_is_signed_out(client, ada):
    sign_in(client)

    erase(ada, caller=RECEPTION, now=NOW)

    assert page(client).status_code == 302


def test_a_client_whom_reception_gave_another_address_is_not_shown_any_more(client, ada, ben):
    sign_in(client)

    ben.email = "ben@example.org"
    ben.save()

    assert "Ben" not in text(page(client))


def test_what_is_over_comes_some_at_a_time(client, ada):
    bookings = [
        make_booking(
            client=ada,
            starts_at=at(f"2026-07-{day:02} 10:00"),
            status=Status.COMPLETED,
        )
        for day in range(1, ON_A_PAGE + 2)
    ]
    sign_in(client)

    first, second = page(client), client.get("/my-bookings/?page=2")

    oldest = f'href="{manage_url(bookings[0])}"'
    assert oldest not in markup(first)
    assert oldest in markup(second)


def test_the_page_asks_no_more_of_the_database_for_many_bookings(client, ada, ben):
    sign_in(client)
    counts = []
    for number in range(3):
        make_booking(client=ada, starts_at=at(f"2026-08-{10 + number} 10:00"))
        make_booking(
            client=ben, starts_at=at(f"2026-07-{10 + number} 10:00"), status=Status.COMPLETED
        )
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counts.append(len(queries))

    assert counts[1] == counts[2] == counts[0]


def test_nobody_keeps_the_page(client, ada):
    sign_in(client)

    assert page(client).headers["Cache-Control"] == "private, no-store"
