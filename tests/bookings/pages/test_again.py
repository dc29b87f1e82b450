from datetime import date

import pytest

from bookings.enums import Status
from bookings.pages.again import day_for
from tests.bookings.pages.visiting import manage_url, markup, second_therapist, text, times_url
from tests.factories import at, make_booking, make_location, make_session_type

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "today", "day"),
    [
        (Status.CONFIRMED, date(2026, 8, 3), date(2026, 8, 12)),
        (Status.COMPLETED, date(2026, 8, 5), date(2026, 8, 12)),
        (Status.COMPLETED, date(2026, 8, 12), date(2026, 8, 12)),
        (Status.COMPLETED, date(2026, 8, 13), date(2026, 8, 19)),
        (Status.CANCELLED, date(2026, 8, 3), date(2026, 8, 5)),
        (Status.CANCELLED, date(2026, 8, 6), date(2026, 8, 12)),
    ],
)
def test_the_day_is_the_weekday_it_was(status, today, day):
    booking = make_booking(status=status, starts_at=at("2026-08-05 10:00"), stored=False)

    assert day_for(booking, today=today) == day


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.COMPLETED, Status.CANCELLED])
def test_the_same_is_booked_again_from_its_page(client, booking, bookable, status):
    booking.status = status
    booking.save()

    page = markup(client.get(manage_url(booking)))
    answer = client.get(manage_url(booking, "again"))

    assert f'href="{manage_url(booking, "again")}"' in page
    day = "2026-08-05" if status == Status.CANCELLED else "2026-08-12"
    assert answer.headers["Location"] == times_url(
        bookable, day=day, therapist=bookable.therapist.slug
    )
    assert client.get(answer.headers["Location"]).status_code == 200


def test_who_gives_it_no_more_leaves_it_to_the_others(client, booking, bookable):
    second_therapist(bookable, "mei")
    bookable.session_type.therapists.remove(bookable.therapist)

    answer = client.get(manage_url(booking, "again"))
    page = text(client.get(answer.headers["Location"]))

    assert answer.headers["Location"] == times_url(bookable, day="2026-08-12")
    assert "Therapist-1 does not give this session here any more. These are all times." in page


def test_a_session_that_is_gone_leads_to_those_that_are_there(client, booking, bookable):
    make_session_type(slug="mat", locations=(bookable.location,))
    bookable.session_type.locations.clear()

    answer = client.get(manage_url(booking, "again"), follow=True)

    assert answer.redirect_chain[0][0] == f"/book/{bookable.location.slug}/"
    assert "This session is not offered here any more. Choose another one." in text(answer)


def test_a_place_that_is_closed_for_good_leads_to_the_others(client, booking):
    make_location(slug="uptown"), make_location(slug="harbour")
    booking.location.active = False
    booking.location.save()

    answer = client.get(manage_url(booking, "again"), follow=True)

    assert answer.redirect_chain[0][0] == "/book/"
    assert "This place takes no bookings any more. Choose another one." in text(answer)


def test_what_is_held_is_not_booked_again_but_confirmed(client, booking):
    booking.status, booking.expires_at = Status.HELD, at("2026-08-03 07:05")
    booking.save()

    assert "Book the same again" not in text(client.get(manage_url(booking)))
