"""Putting somebody on the waitlist who is on the telephone."""

import pytest

from bookings.domain.waitlist.matching import match
from bookings.enums import Source
from bookings.models import WaitlistEntry
from tests.bookings.pages.visiting import text
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_client

pytestmark = pytest.mark.django_db

LIST, ADD = "/admin/waitlist/", "/admin/waitlist/add/"


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
