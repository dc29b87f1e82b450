"""A place for somebody on the telephone who waits, and their entries on the client's page."""

from datetime import date

import pytest
from django.urls import reverse

from bookings.domain.waitlist.matching import match
from bookings.enums import Status, WaitlistState
from tests.bookings.domain.asking import booked, minute
from tests.bookings.domain.waitlist.waiting import waits
from tests.bookings.pages.visiting import markup, text
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_client

pytestmark = pytest.mark.django_db

WEDNESDAY, DAY = "2026-08-05 10:00", date(2026, 8, 5)


def url(entry):
    return reverse("admin:waitlist_places", args=(entry.reference,))


def give(browser, entry, do, start=WEDNESDAY):
    return browser.post(url(entry), {"do": do, "starts_at": minute(start)}, follow=True)


def test_the_list_leads_to_the_places_that_suit(receptionist, studio, entry):
    assert f'href="{url(entry)}"' in markup(receptionist.get("/admin/waitlist/"))

    page = receptionist.get(url(entry))

    assert f'<option value="{minute(WEDNESDAY)}">' in markup(page)
    assert f"Wed 5 Aug 2026, 10:00 with {studio.therapist.name}" in text(page)


def test_one_day_is_named_once(receptionist, entry):
    page = text(receptionist.get("/admin/waitlist/"))

    assert page.count("Wed 5 Aug 2026") == 1


def test_a_place_is_booked_while_they_are_on_the_telephone(receptionist, entry):
    page = give(receptionist, entry, "book")

    entry.refresh_from_db()
    booking = entry.offers.get().booking
    assert page.redirect_chain == [(reverse("admin:booking", args=[booking.reference]), 302)]
    assert (booking.status, entry.state) == (Status.CONFIRMED, WaitlistState.BOOKED)


@pytest.mark.parametrize(
    ("mail", "words"), [(True, "until 09:00, and they get a mail."), (False, "They get no mail.")]
)
def test_a_place_is_offered_to_them(receptionist, studio, mail, words):
    client = make_client(email="wanda@example.org" if mail else "")
    entry = waits(studio, first=DAY, last=DAY, client=client, now=NOW)

    page = give(receptionist, entry, "offer")

    assert words in text(page)
    assert entry.offers.get().booking.status == Status.HELD


def test_what_has_gone_is_said_and_what_is_open_now_is_shown(receptionist, studio, entry):
    booked(studio, WEDNESDAY, now=NOW)

    page = give(receptionist, entry, "book")

    assert page.status_code == 409
    assert "Nothing that suits is open." in text(page)
    assert not entry.offers.exists()


def test_nothing_chosen_is_said(receptionist, entry):
    page = receptionist.post(url(entry), {"do": "book"})

    assert (page.status_code, "Choose a time." in text(page)) == (409, True)


def test_who_has_an_offer_already_is_shown_no_places(receptionist, entry):
    match(now=NOW)

    page = text(receptionist.get(url(entry)))

    assert "State: has an offer." in page
    assert "Book it now" not in page


def test_a_client_s_page_shows_what_they_wait_for_and_leads_there_and_back(receptionist, entry):
    own = reverse("admin:client", args=[entry.client_id])
    row = f"/admin/waitlist/?q={entry.reference}"

    page = markup(receptionist.get(own))

    assert f'href="{row}"' in page
    assert f'href="{reverse("admin:waitlist_add")}?client={entry.client_id}"' in page
    assert f'href="{own}"' in markup(receptionist.get(row))
