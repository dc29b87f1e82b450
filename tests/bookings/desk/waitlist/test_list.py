"""The waitlist at the desk: who waits, an entry for a caller, an offer answered for them."""

from datetime import date

import pytest
from django.urls import reverse

from bookings.domain.waitlist.matching import match
from bookings.enums import Status, WaitlistState
from tests.bookings.domain.asking import booked
from tests.bookings.domain.waitlist.waiting import waits
from tests.bookings.pages.visiting import text
from tests.clock import SEVEN_ON_MONDAY as NOW

pytestmark = pytest.mark.django_db

DAY = date(2026, 8, 5)
LIST = "/admin/waitlist/"


def step(browser, entry, name):
    url = reverse("admin:waitlist_step", args=(entry.reference, name))
    return text(browser.post(url, follow=True))


def test_the_list_has_who_still_waits_longest_first(receptionist, studio):
    waits(studio, "Zoe Second", now=NOW)
    waits(studio, "Amy First", now=NOW - 60)
    gone = waits(studio, "Gone Already", now=NOW)
    step(receptionist, gone, "withdraw")

    page = text(receptionist.get(LIST))

    assert page.index("Amy First") < page.index("Zoe Second")
    assert "Gone Already" not in page
    assert "Gone Already" in text(receptionist.get(LIST, {"state": "withdrawn"}))


def test_somebody_is_found_by_name_number_or_reference(receptionist, studio, entry):
    waits(studio, "Amy Other", now=NOW)

    for words in ("wanda", "wanda@example.org", entry.reference):
        page = text(receptionist.get(LIST, {"q": words}))
        assert "Wanda Waits" in page
        assert "Amy Other" not in page


def test_queries_do_not_grow_with_those_who_wait(
    receptionist, studio, entry, django_assert_max_num_queries
):
    for number in range(20):
        waits(studio, f"Name {number}", now=NOW)
    match(now=NOW)

    with django_assert_max_num_queries(16):
        receptionist.get(LIST)


def test_an_offer_is_booked_for_a_caller(receptionist, entry):
    match(now=NOW)

    page = step(receptionist, entry, "accept")

    entry.refresh_from_db()
    assert "Booked:" in page
    assert entry.state == WaitlistState.BOOKED
    assert entry.offers.get().booking.status == Status.CONFIRMED


def test_an_offer_is_declined_for_a_caller(receptionist, entry):
    match(now=NOW)

    assert "The place goes to whoever waits next." in step(receptionist, entry, "decline")

    assert entry.offers.get().booking.status == Status.CANCELLED


def test_what_is_refused_is_said(receptionist, entry):
    assert "This offer does not stand any more." in step(receptionist, entry, "accept")


def test_a_step_that_there_is_not_is_not_there(receptionist, entry):
    url = reverse("admin:waitlist_step", args=(entry.reference, "dance"))

    assert receptionist.post(url).status_code == 404


def test_an_offer_that_ran_out_and_is_taken_is_not_booked(receptionist, studio, entry):
    match(now=NOW - 180)  # ran out an hour ago
    booked(studio, "2026-08-05 10:00", now=NOW)

    assert "This offer does not stand any more." in step(receptionist, entry, "accept")
