"""The waitlist at the desk: who waits, an entry for a caller, an offer answered for them."""

from datetime import date

import pytest
from django.urls import reverse

from bookings.domain.waitlist.matching import match
from bookings.enums import Source, Status, WaitlistState
from bookings.models import WaitlistEntry
from tests.bookings.domain.asking import booked
from tests.bookings.domain.waitlist.waiting import waits
from tests.bookings.pages.visiting import text
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_bookable, make_client

pytestmark = pytest.mark.django_db

DAY = date(2026, 8, 5)
LIST, ADD = "/admin/waitlist/", "/admin/waitlist/add/"


@pytest.fixture
def studio():
    """Open for one hour on each day."""
    return make_bookable(time_from="10:00", time_until="11:00")


@pytest.fixture
def entry(studio):
    """Somebody who waits for Wednesday, which is free."""
    return waits(studio, first=DAY, last=DAY, now=NOW)


def step(browser, entry, name):
    url = reverse("admin:waitlist_step", args=(entry.reference, name))
    return text(browser.post(url, follow=True))


def form(studio, **more):
    return {
        "name": "Carl Caller",
        "phone": "+1 303 555 0177",
        "location": studio.location.pk,
        "session_type": studio.session_type.pk,
        "first": "2026-08-05",
        "last": "2026-08-06",
        **more,
    }


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


def test_a_caller_without_mail_is_put_on_the_list(receptionist, studio):
    answer = receptionist.post(ADD, form(studio, parts=["morning"]), follow=True)

    entry = WaitlistEntry.objects.get()
    assert "They are on the waitlist." in text(answer)
    assert (entry.client.phone, entry.parts) == ("+1 303 555 0177", ["morning"])
    assert entry.events.get().source == Source.DESK


def test_a_known_client_is_put_on_the_list(receptionist, studio):
    client = make_client(name="Known Client")
    assert "Known Client" in text(receptionist.get(ADD, {"client": client.pk}))

    receptionist.post(ADD, form(studio, client=client.pk, name="", phone=""))

    assert WaitlistEntry.objects.get().client == client


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Say who waits."),
        ({"phone": ""}, "Give a telephone number or an e-mail address."),
        ({"last": "2026-08-04"}, "Choose a day that is not before the first one."),
        ({"first": "2026-08-01", "last": "2026-08-02"}, "Choose dates from today on"),
    ],
)
def test_a_form_that_does_not_fit_says_so(receptionist, studio, wrong, words):
    answer = receptionist.post(ADD, form(studio, **wrong))

    assert answer.status_code == 422
    assert words in text(answer)
    assert not WaitlistEntry.objects.exists()


def test_who_has_no_mail_is_to_be_called_when_a_place_is_held(receptionist, studio):
    receptionist.post(ADD, form(studio))
    match(now=NOW)

    page = text(receptionist.get(LIST))

    assert "No mail: please call." in page
    assert "held until Mon 3 Aug 2026, 09:00" in page


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
