"""Joining the waitlist on the site, and answering an offer by its link."""

from datetime import date

import pytest
from django.urls import reverse

from bookings.domain.cancelling import cancel
from bookings.domain.links import is_reference, manage_token, waitlist_token
from bookings.domain.requests import Person
from bookings.domain.waitlist.entries import accept, decline
from bookings.domain.waitlist.matching import match
from bookings.enums import Status, WaitlistState
from bookings.models import WaitlistEntry
from tests.bookings.domain.asking import CLIENT, RECEPTION, booked
from tests.bookings.domain.waitlist.waiting import held_for, waits
from tests.bookings.pages.visiting import markup, text, times_url
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_bookable

pytestmark = pytest.mark.django_db

WEDNESDAY, DAY = "2026-08-05 10:00", date(2026, 8, 5)
FORM = {
    "therapist": "",
    "first": "2026-08-05",
    "last": "2026-08-05",
    "name": "Wanda Waits",
    "email": "wanda@example.org",
    "phone": "",
    "reference": "ABCDE-23456",
}


@pytest.fixture
def studio():
    """Open for one hour on each day."""
    return make_bookable(time_from="10:00", time_until="11:00")


@pytest.fixture
def full(studio):
    """Booked on Wednesday."""
    return booked(studio, WEDNESDAY, now=NOW)


@pytest.fixture
def entry(studio):
    """Somebody for whom Wednesday is held."""
    entry = waits(studio, first=DAY, last=DAY, now=NOW)
    match(now=NOW)
    entry.refresh_from_db()
    return entry


def join_url(studio, **query):
    names = (studio.location.slug, studio.session_type.slug)
    return reverse("bookings:join", args=names, query=query)


def url(entry, name="waiting"):
    return reverse(f"bookings:{name}", args=(entry.reference, waitlist_token(entry)))


def test_a_day_without_a_free_time_leads_to_the_waitlist(client, studio, full):
    page = client.get(times_url(studio, day="2026-08-05"))

    assert f'href="{join_url(studio, day="2026-08-05")}"' in markup(page)


def test_a_day_with_free_times_leads_there_too(client, studio):
    page = client.get(times_url(studio, day="2026-08-04"))

    assert f'href="{join_url(studio, day="2026-08-04")}"' in markup(page)


def test_the_form_is_filled_in_with_what_was_looked_at(client, studio):
    page = markup(client.get(join_url(studio, month="2026-08", therapist=studio.therapist.slug)))

    assert 'value="2026-08-03"' in page  # today
    assert 'value="2026-08-31"' in page
    assert f'value="{studio.therapist.slug}" selected' in page


def test_who_looked_at_a_full_day_waits_for_that_day(client, studio, full):
    page = markup(client.get(join_url(studio, day="2026-08-05")))

    assert page.count('value="2026-08-05"') == 2


def test_a_day_that_is_over_asks_for_any(client, studio):
    page = markup(client.get(join_url(studio, day="2026-08-02")))

    assert 'value="2026-08-03"' in page  # today
    assert 'value="2026-08-02"' not in page


def test_joining_leads_to_a_page_of_ones_own(client, studio, full):
    answer = client.post(join_url(studio), FORM | {"parts": ["morning"]}, follow=True)

    entry = WaitlistEntry.objects.get()
    assert (entry.client.email, entry.parts, entry.first) == (FORM["email"], ["morning"], DAY)
    assert answer.redirect_chain == [(url(entry), 302)]
    assert "You are waiting for a place" in text(answer)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("reference", ["", "a b", "\0\0", "<ABCDE-23456>", "A" * 99])
def test_a_reference_that_no_link_can_have_is_not_kept(client, studio, full, reference):
    answer = client.post(join_url(studio), FORM | {"reference": reference})

    entry = WaitlistEntry.objects.get()
    assert answer.headers["Location"] == url(entry)
    assert is_reference(entry.reference)


def test_a_form_that_is_sent_twice_joins_once(client, studio, full):
    for _ in range(2):
        client.post(join_url(studio), FORM)

    assert WaitlistEntry.objects.count() == 1


def test_what_is_free_already_is_shown_and_nobody_joins(client, studio):
    answer = client.post(join_url(studio), FORM)

    assert answer.status_code == 409
    assert "Something is free already" in text(answer)
    assert 'name="starts_at" value="2026-08-05T10:00:00-06:00"' in markup(answer)
    assert 'value="Wanda Waits"' in markup(answer)
    assert not WaitlistEntry.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": ""}, "Give an e-mail address."),
        ({"last": "2026-08-04"}, "Choose a day that is not before the first one."),
        ({"first": "2026-01-01", "last": "2026-08-02"}, "Choose dates from today on"),
        ({"parts": ["midnight"]}, "midnight"),
    ],
)
def test_a_form_that_does_not_fit_says_so_and_keeps_what_was_typed(
    client, studio, full, wrong, words
):
    answer = client.post(join_url(studio), FORM | wrong)

    assert answer.status_code == 422
    assert words in text(answer)
    assert 'value="Wanda Waits"' in markup(answer)


def test_too_many_forms_are_asked_to_wait(client, studio, full, exhaust):
    exhaust()

    assert client.post(join_url(studio), FORM).status_code == 429


def test_the_page_of_an_offer_says_what_is_held_and_until_when(client, entry):
    page = text(client.get(url(entry)))

    assert "A place is held for you" in page
    assert "Held for you until 9 a.m." in page
    assert "Take this time" in page


def test_an_offer_is_taken_with_what_is_missing_alone(client, entry):
    form = client.post(url(entry, "take-offer"), follow=True)
    assert form.redirect_chain == [("/your-booking/", 302)]
    assert "Wanda Waits wanda@example.org" in text(form)
    assert 'name="email"' not in markup(form)

    booking = entry.offers.get().booking
    client.post("/your-booking/", {"reference": booking.reference, "pressure": "firm"})

    booking.refresh_from_db()
    entry.refresh_from_db()
    assert (booking.status, booking.client) == (Status.CONFIRMED, entry.client)
    assert entry.state == WaitlistState.BOOKED
    assert "You have your place" in text(client.get(url(entry)))


def test_b3_who_takes_an_offer_and_looks_for_another_time_does_not_lose_it(client, studio, entry):
    client.post(url(entry, "take-offer"))
    page = client.get(times_url(studio, day="2026-08-05"))
    assert "2026-08-05T10:00" not in markup(page)

    client.post(times_url(studio), {"starts_at": "2026-08-04T10:00:00-06:00"})

    assert entry.offers.get().booking.status == Status.HELD


def test_an_offer_is_declined_with_one_button(client, entry):
    answer = client.post(url(entry, "decline-offer"), follow=True)

    assert "Thank you" in text(answer)
    assert "You have let Wednesday, August 5, 10 a.m. go." in text(answer)
    assert entry.offers.get().booking.status == Status.CANCELLED


@pytest.mark.parametrize("name", ["take-offer", "decline-offer", "withdraw"])
def test_looking_at_a_forms_address_changes_nothing(client, entry, name):
    assert client.get(url(entry, name))["Location"] == url(entry)

    assert entry.offers.get().booking.status == Status.HELD


@pytest.mark.parametrize("name", ["take-offer", "decline-offer"])
def test_past_its_time_an_offer_is_not_there_any_more(client, entry, name, turn_clock):
    turn_clock("2026-08-03 09:00")

    page = text(client.post(url(entry, name), follow=True))

    assert "somebody else may have it now" in page
    assert "You keep waiting for other places." in page


def test_an_offer_that_is_taken_twice_is_booked_once(client, entry):
    client.post(url(entry, "take-offer"))
    booking = entry.offers.get().booking
    client.post("/your-booking/", {"reference": booking.reference, "pressure": "firm"})

    page = client.post(url(entry, "take-offer"), follow=True)

    assert "You have your place" in text(page)


@pytest.mark.parametrize("name", ["manage", "move", "cancel", "undo", "again"])
def test_a_booking_s_link_leads_to_the_offer_while_nobody_has_taken_it(client, entry, name):
    booking = entry.offers.get().booking
    link = reverse(f"bookings:{name}", args=(booking.reference, manage_token(booking)))

    answers = [client.get(link), client.post(link, {"starts_at": "2026-08-04T10:00:00-06:00"})]

    assert [answer["Location"] for answer in answers] == [url(entry)] * 2
    assert held_for(entry) == [(WEDNESDAY, "")]


def test_once_it_is_taken_the_link_opens_the_booking(client, entry):
    booking = accept(entry, caller=CLIENT, now=NOW)
    link = reverse("bookings:manage", args=(booking.reference, manage_token(booking)))

    assert "Confirmed" in text(client.get(link))


def test_who_has_no_mail_is_told_that_they_are_called(client, studio, full):
    caller = Person("Carl Caller", phone="+1 303 555 0177")
    entry = waits(studio, first=DAY, last=DAY, client=caller, caller=RECEPTION, now=NOW)

    page = text(client.get(url(entry)))

    assert "we hold it for you and call you at +1 303 555 0177." in page
    assert "Day Aug. 5, 2026" in page


def test_leaving_the_waitlist(client, studio, full):
    entry = waits(studio, first=DAY, last=DAY, now=NOW)

    page = text(client.post(url(entry, "withdraw"), follow=True))

    assert "You are not waiting any more" in page
    assert WaitlistEntry.objects.get().state == WaitlistState.WITHDRAWN


def test_other_peoples_links_open_nothing(client, studio, entry):
    other = waits(studio, first=DAY, last=DAY, now=NOW)

    for name in ("waiting", "take-offer", "decline-offer", "withdraw"):
        wrong = reverse(f"bookings:{name}", args=(other.reference, waitlist_token(entry)))
        assert client.get(wrong).status_code == 404
        assert client.post(wrong).status_code == 404


def test_when_the_next_in_line_has_it_the_first_is_told(client, studio, entry):
    waits(studio, first=DAY, last=DAY, now=NOW)
    decline(entry, caller=CLIENT, now=NOW)
    match(now=NOW)

    assert "You are waiting for a place" in text(client.get(url(entry)))


def test_a_place_that_was_lost_while_the_form_was_open_asks_who_it_is_again(
    client, studio, entry, turn_clock
):
    client.post(url(entry, "take-offer"))
    turn_clock("2026-08-03 09:00")
    cancel(booked(studio, "2026-08-04 10:00", now=NOW), caller=CLIENT, now=NOW)
    taken = booked(studio, WEDNESDAY, now=NOW + 120)
    held = entry.offers.get().booking

    lost = client.post("/your-booking/", {"reference": held.reference, "pressure": "firm"})
    other = client.post("/your-booking/", {"starts_at": "2026-08-04T10:00:00-06:00"})

    assert (taken.status, lost.status_code) == (Status.CONFIRMED, 409)
    assert 'value="wanda@example.org"' in markup(other)
