"""Clients with whom the studio wants to speak before they book again."""

import pytest

from bookings.domain.booking import book, confirm
from bookings.domain.callers import at_desk
from bookings.domain.clients.blocking import block, unblock
from bookings.domain.clients.merging import merge
from bookings.domain.requests import Details, Person
from bookings.enums import ClientEventKind, Status
from bookings.errors import NotOnline
from bookings.models import Booking, Client
from tests.bookings.domain.asking import CLIENT, NOW, RECEPTION, booked, held, wish
from tests.factories import make_bookable, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
REASON = "Left without paying, twice"


def blocked(**who: str) -> Client:
    return block(make_client(**who), REASON, caller=RECEPTION, now=NOW)


def ask(person, *, caller=CLIENT):
    return book(wish(make_bookable(), TEN), Details(client=person), caller=caller, now=NOW)


def test_a_block_says_who_when_and_why():
    user, client = make_user(), make_client()

    block(client, f" {REASON} ", caller=at_desk(user), now=NOW)

    client.refresh_from_db()
    event = client.events.get()
    assert client.is_blocked
    assert client.block_reason == REASON
    assert (event.kind, event.by, event.reason) == (ClientEventKind.BLOCKED, user, REASON)
    assert event.at == client.blocked_at


def test_a_block_without_a_reason_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="reason"):
        block(make_client(), " ", caller=RECEPTION, now=NOW)


def test_unblocking_twice_is_recorded_once():
    client = blocked()

    unblock(client, caller=RECEPTION, now=NOW)
    unblock(client, caller=RECEPTION, now=NOW)

    client.refresh_from_db()
    assert not client.is_blocked
    kinds = [event.kind for event in client.events.all()]
    assert kinds == [ClientEventKind.BLOCKED, ClientEventKind.UNBLOCKED]


@pytest.mark.parametrize(
    "person",
    [
        Person("Somebody Else", email="ROBIN@example.org"),
        Person("Somebody Else", email="new@example.org", phone="(303) 555-0142"),
    ],
)
def test_who_types_the_address_or_number_of_a_blocked_client_cannot_book_online(person):
    blocked(email="robin@example.org", phone="+1 303 555 0142")

    with pytest.raises(NotOnline) as refused:
        ask(person)

    assert str(refused.value) == "This cannot be booked online. Please call the studio."
    assert not Booking.objects.exists()
    assert Client.objects.count() == 1


def test_a_blocked_client_who_is_known_cannot_book_online():
    with pytest.raises(NotOnline):
        ask(blocked(email="", phone=""))


def test_the_same_name_alone_is_not_refused():
    blocked(name="Robin Client", email="robin@example.org", phone="+1 303 555 0142")

    booking = ask(Person("Robin Client", email="other@example.org", phone="+1 303 555 0143"))

    assert booking.status == Status.CONFIRMED


def test_a_blocked_client_without_address_and_number_blocks_nobody_else():
    blocked(email="", phone="")

    assert ask(Person("Ada")).status == Status.CONFIRMED


def test_reception_books_for_a_blocked_client():
    assert ask(blocked(), caller=RECEPTION).status == Status.CONFIRMED


def test_after_unblocking_they_book_again():
    unblock(blocked(email="robin@example.org"), caller=RECEPTION, now=NOW)

    assert ask(Person("Robin", email="robin@example.org")).status == Status.CONFIRMED


def test_a_hold_is_not_refused_and_its_confirmation_is():
    blocked(email="robin@example.org")
    booking = held(make_bookable(), TEN)
    assert booking.status == Status.HELD

    with pytest.raises(NotOnline):
        confirm(
            booking,
            Details(client=Person("R.", email="robin@example.org")),
            caller=CLIENT,
            now=NOW,
        )

    booking.refresh_from_db()
    assert booking.status == Status.HELD


def test_a_confirmation_that_names_nobody_is_judged_by_whom_the_hold_is_for():
    blocked(email="ada@example.org")
    booking = held(make_bookable(), TEN)
    booking.client = make_client(name="Ada L.", email="Ada@example.org")
    booking.save(update_fields=["client"])

    with pytest.raises(NotOnline):
        confirm(booking, Details(), caller=CLIENT, now=NOW)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_block_of_either_outlives_a_merge_and_covers_the_addresses_of_both(is_kept):
    one, other = blocked(email="one@example.org"), make_client(email="two@example.org")
    kept, gone = (one, other) if is_kept else (other, one)
    merge(kept, gone, caller=RECEPTION, now=NOW)
    studio = make_bookable()

    for email in ("one@example.org", "two@example.org"):
        with pytest.raises(NotOnline):
            booked(studio, TEN, client=Person("R.", email=email))
    unblock(kept, caller=RECEPTION, now=NOW)

    assert not Client.objects.filter(blocked_at__isnull=False).exists()


def test_what_is_booked_stays():
    client = make_client()
    booking = ask(client, caller=RECEPTION)

    block(client, REASON, caller=RECEPTION, now=NOW)

    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED
