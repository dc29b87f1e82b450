"""What belongs to whoever has shown that an address is theirs (rules P1 and P3)."""

import json

import pytest

from bookings.domain.callers import Caller
from bookings.domain.checks import findings
from bookings.domain.clients.accounts import (
    change_address,
    clients_of,
    erase_all,
    export_all,
    sign_in,
    sign_out_everywhere,
    signed_in_account,
)
from bookings.domain.clients.data import StillBooked, erase
from bookings.domain.clients.identity import known
from bookings.domain.requests import Person
from bookings.enums import ClientEventKind, Source
from bookings.models import Account, Client
from tests.bookings.domain.asking import NOW, RECEPTION, booked
from tests.factories import make_bookable, make_booking, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

ONLINE = Caller(source=Source.SITE)
HOME = "home@example.org"


def signed_in(email=HOME):
    account = sign_in(email, caller=ONLINE, now=NOW)
    assert account is not None
    return account


def test_p1_an_account_shows_everybody_under_its_address():
    ada, ben = (
        make_client(name="Ada", email=HOME),
        make_client(name="Ben", email="HOME@example.org"),
    )
    make_client(name="Cleo", email="cleo@example.org")

    assert clients_of(signed_in()) == [ada, ben]


@pytest.mark.parametrize(
    ("own", "like"),
    [
        ("home@strasse.example", "home@stra\N{LATIN SMALL LETTER SHARP S}e.example"),
        ("kim@example.org", "\N{KELVIN SIGN}im@example.org"),
    ],
)
def test_p1_an_address_that_only_looks_the_same_is_somebody_elses(own, like):
    make_client(name="Ada", email=own)
    make_client(name="Ben", email=like)

    assert [client.name for client in clients_of(signed_in(own))] == ["Ada"]
    assert [client.name for client in clients_of(signed_in(like))] == ["Ben"]


def test_p1_an_address_that_nobody_has_gets_no_account():
    assert sign_in(HOME, caller=ONLINE, now=NOW) is None
    assert not Account.objects.exists()


def test_p1_bookings_made_without_signing_in_become_one_clients():
    studio = make_bookable()
    first = booked(studio, "2026-08-03 10:00", client=Person("Ada Lee", HOME))
    second = booked(studio, "2026-08-03 12:00", client=Person("ada  lee", HOME, "303 555 0142"))

    (ada,) = clients_of(signed_in())

    assert ada == first.client
    assert ada.phone == "303 555 0142"
    assert set(ada.bookings.all()) == {first, second}
    assert not list(findings())


def test_p1_two_numbers_under_one_name_stay_two_people():
    make_client(name="Ada Lee", email=HOME, phone="303 555 0142")
    make_client(name="Ada Lee", email=HOME, phone="303 555 0199")
    make_client(name="Ada Lee", email=HOME)

    assert [client.phone for client in clients_of(signed_in())] == ["303 555 0142", "303 555 0199"]


def test_p1_typing_an_address_joins_nobody():
    make_client(name="Ada", email=HOME)
    signed_in()

    known(Person("Ada", HOME))

    assert Client.objects.present().count() == 2


def test_erased_and_merged_clients_are_not_shown():
    ada, ben = make_client(name="Ada", email=HOME), make_client(name="Ben", email=HOME)
    account = signed_in()

    erase(ben, caller=RECEPTION, now=NOW)

    assert clients_of(account) == [ada]


def test_an_account_signs_out_everywhere():
    make_client(email=HOME)
    account = signed_in()
    assert signed_in_account(account.pk, account.epoch) == account

    sign_out_everywhere(account)

    assert signed_in_account(account.pk, account.epoch) is None
    assert signed_in().epoch == account.epoch + 1


def test_a_new_address_takes_all_clients_along():
    make_client(name="Ada", email=HOME)
    make_client(name="Ben", email="new@example.org")
    account, other = signed_in(), signed_in("new@example.org")

    changed = change_address(account, "New@example.org", caller=ONLINE, now=NOW)

    assert [client.name for client in clients_of(changed)] == ["Ada", "Ben"]
    assert Client.objects.get(name="Ada").email == "New@example.org"
    assert Account.objects.get() == account
    assert signed_in_account(account.pk, account.epoch) is None
    assert signed_in_account(other.pk, other.epoch) is None
    event = Client.objects.get(name="Ada").events.get()
    assert (event.kind, event.details) == (ClientEventKind.CHANGED, {"fields": ["email"]})


def test_p3_everything_of_a_family_is_given_in_one_file():
    ada, ben = make_client(name="Ada", email=HOME), make_client(name="Ben", email=HOME)
    booking = make_booking(client=ben)
    make_client(name="Cleo", email="cleo@example.org")

    text = json.dumps(export_all(signed_in(), caller=ONLINE, now=NOW))

    assert booking.reference in text
    assert "Ada" in text
    assert "Cleo" not in text
    kinds = [client.events.get().kind for client in (ada, ben)]
    assert kinds == [ClientEventKind.EXPORTED] * 2


def test_p3_a_family_is_erased_with_its_account():
    ada, ben = make_client(name="Ada", email=HOME), make_client(name="Ben", email=HOME)
    signed_in()

    erase_all([ada, ben], caller=ONLINE, now=NOW)

    assert not Client.objects.present().exists()
    assert not Account.objects.exists()


def test_p3_an_account_stays_while_somebody_is_left():
    ada, _ben = make_client(name="Ada", email=HOME), make_client(name="Ben", email=HOME)
    account = signed_in()

    erase_all([ada], caller=ONLINE, now=NOW)

    assert [client.name for client in clients_of(account)] == ["Ben"]
    assert Account.objects.get() == account


def test_p3_nobody_is_erased_while_one_of_them_has_something_booked():
    studio = make_bookable()
    ada = make_client(name="Ada", email=HOME)
    booking = booked(studio, "2026-08-03 10:00", client=Person("Ben", HOME))

    with pytest.raises(StillBooked) as refused:
        erase_all(clients_of(signed_in()), caller=ONLINE, now=NOW)

    assert refused.value.bookings == [booking]
    ada.refresh_from_db()
    assert ada.is_present
