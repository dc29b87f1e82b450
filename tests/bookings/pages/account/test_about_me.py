"""What clients change about themselves."""

import pytest
from django.core import mail
from django.test import Client as Browser

from bookings.models import Account, Client
from tests.bookings.pages.account.signing import HOME, ask, enter, mailed_code, sign_in
from tests.bookings.pages.visiting import markup, text
from tests.factories import make_client, make_location

pytestmark = pytest.mark.django_db

CHOICES = {"name": "Ada Lee", "phone": "+1 303 555 0142", "language": "es"}


@pytest.fixture
def ada(client):
    """Somebody who is signed in."""
    ada = make_client(name="Ada", email=HOME)
    sign_in(client)
    return ada


def choices_url(client):
    return f"/my-bookings/people/{client.pk}/"


def test_name_number_language_and_reminders_are_a_clients_own_to_change(client, ada):
    answer = client.post(choices_url(ada), CHOICES)

    ada.refresh_from_db()
    assert answer.headers["Location"] == "/my-bookings/"
    assert (ada.name, ada.phone, ada.language) == ("Ada Lee", "+1 303 555 0142", "es")
    assert not ada.wants_reminders
    assert ada.email == HOME
    assert "Saved." in text(client.get("/my-bookings/"))


@pytest.mark.parametrize("sent", [{}, {"wants_follow_ups": "on"}])
def test_mail_after_a_session_is_a_clients_own_choice_where_there_is_such(client, ada, sent):
    place = make_location()
    assert "wants_follow_ups" not in markup(client.get(choices_url(ada)))
    place.follow_up_hours = 24
    place.save()
    assert "wants_follow_ups" in markup(client.get(choices_url(ada)))

    client.post(choices_url(ada), CHOICES | sent)

    ada.refresh_from_db()
    assert ada.wants_follow_ups == bool(sent)
    assert ("No mail after a session" in text(client.get("/my-bookings/"))) != bool(sent)


def test_what_nobody_was_asked_stays_as_it_was(client, ada):
    client.post(choices_url(ada), CHOICES)

    ada.refresh_from_db()
    assert ada.wants_follow_ups


def test_the_form_shows_how_things_stand(client, ada):
    page = markup(client.get(choices_url(ada)))

    assert 'value="Ada"' in page
    assert 'name="wants_reminders"' in page
    assert "checked" in page


def test_what_does_not_fit_is_said_and_kept(client, ada):
    answer = client.post(choices_url(ada), {**CHOICES, "name": "", "phone": "call me"})

    assert answer.status_code == 422
    assert "Tell us your name." in text(answer)
    assert 'value="call me"' in markup(answer)


@pytest.mark.parametrize("send", ["get", "post"])
def test_p1_other_peoples_numbers_show_and_change_nothing(client, ada, send):
    cleo = make_client(name="Cleo", email="cleo@example.org")

    answer = getattr(client, send)(choices_url(cleo), CHOICES)

    cleo.refresh_from_db()
    assert answer.status_code == 404
    assert "Cleo" not in text(answer)
    assert cleo.name == "Cleo"


def test_who_is_not_signed_in_changes_nothing(client, ada):
    answer = Browser().post(choices_url(ada), CHOICES)

    ada.refresh_from_db()
    assert answer.headers["Location"] == "/my-bookings/sign-in/"
    assert ada.name == "Ada"


def test_p1_a_new_address_counts_once_its_code_was_typed(client, ada):
    client.post("/my-bookings/address/", {"email": "new@example.org"})
    assert mail.outbox[-1].to == ["new@example.org"]
    assert Client.objects.get().email == HOME

    enter(client)

    assert Client.objects.get().email == "new@example.org"
    assert Account.objects.get().email == "new@example.org"
    assert mail.outbox[-1].to == [HOME]
    assert "If that was not you" in mail.outbox[-1].body
    page = text(client.get("/my-bookings/"))
    assert "Your address has been changed. " in page
    assert "Everything under new@example.org" in page


def test_p1_a_new_address_signs_other_browsers_out(client, ada):
    other = Browser()
    sign_in(other)

    client.post("/my-bookings/address/", {"email": "new@example.org"})
    enter(client)

    assert other.get("/my-bookings/").status_code == 302


def test_a_code_for_a_new_address_does_nothing_for_who_has_signed_out(client, ada):
    client.post("/my-bookings/address/", {"email": "new@example.org"})
    Account.objects.update(epoch=5)

    answer = enter(client)

    assert answer.headers["Location"] == "/my-bookings/sign-in/"
    assert Client.objects.get().email == HOME


def test_p1_a_new_address_wants_a_fresh_code_of_the_old_one(client, ada, turn_clock):
    turn_clock("2026-08-03 07:10")

    answer = client.post("/my-bookings/address/", {"email": "new@example.org"})

    assert answer.headers["Location"] == "/my-bookings/prove/?then=my-address"
    assert len(mail.outbox) == 1


def test_a_fresh_code_goes_to_the_accounts_own_address_and_leads_on(client, ada, turn_clock):
    turn_clock("2026-08-03 07:10")

    client.post("/my-bookings/prove/?then=my-data")
    answer = enter(client)

    assert mail.outbox[-1].to == [HOME]
    assert answer.headers["Location"] == "/my-bookings/data/"
    assert client.get("/my-bookings/data/").status_code == 200


def test_a_fresh_code_leads_nowhere_else(client, ada):
    client.post("/my-bookings/prove/?then=https://elsewhere.example")

    assert enter(client).headers["Location"] == "/my-bookings/"


def test_signing_in_again_is_a_fresh_code_too(client, ada, turn_clock):
    turn_clock("2026-08-03 07:30")
    ask(client)
    enter(client, mailed_code())

    assert client.get("/my-bookings/data/").status_code == 200
