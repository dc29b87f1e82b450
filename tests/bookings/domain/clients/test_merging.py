"""One person who stands twice among the clients."""

import pytest

from bookings.domain.booking import book, hold
from bookings.domain.callers import at_desk
from bookings.domain.clients.checks import wrong_clients
from bookings.domain.clients.merging import Likeness, lookalikes, merge, merge_same, same_as
from bookings.domain.requests import Details
from bookings.enums import ClientEventKind, Status
from bookings.errors import RuleRefused, WrongState
from bookings.models import Booking, Client
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import CLIENT, NOW, RECEPTION, wish
from tests.factories import at, make_bookable, make_booking, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"


def merged(kept, other, *taking):
    return merge(kept, other, taking=taking, caller=RECEPTION, now=NOW)


# Who may be the same


def test_lookalikes_have_the_number_the_address_or_the_name_in_common():
    robin = make_client(name="Röbin Client", email="r@example.org", phone="+1 303 555 0142")
    number = make_client(name="A", email="a@example.org", phone="(303) 555-0142")
    mail = make_client(name="B", email="R@Example.org")
    name = make_client(name="ROBIN CLIENT", email="b@example.org")
    most = make_client(name="Robin Client", email="r@example.org", phone="303 555 0142")
    make_client(name="Robin", email="", phone="+1 720 555 0142")

    found = {one.client: one.likenesses for one in lookalikes(robin)}

    assert list(found) == [most, number, mail, name]
    assert found[most] == (Likeness.PHONE, Likeness.EMAIL, Likeness.NAME)
    assert found[number] == (Likeness.PHONE,)
    assert found[mail] == (Likeness.EMAIL,)
    assert found[name] == (Likeness.NAME,)


def test_two_without_address_and_number_are_not_alike():
    robin = make_client(name="Robin", email="")
    make_client(name="Kim", email="")

    assert lookalikes(robin) == []


def test_who_was_merged_looks_like_nobody():
    kept, gone, third = make_client(), make_client(), make_client()
    merged(kept, gone)

    assert [one.client for one in lookalikes(kept)] == [third]
    gone.refresh_from_db()
    assert lookalikes(gone) == []


# Merging


def test_all_bookings_move_and_the_row_stays_as_a_pointer():
    kept, gone, user = make_client(), make_client(), make_user()
    bookings = [make_booking(client=gone, reference=f"OLD-{n}") for n in (1, 2)]
    own = make_booking(client=kept)

    done = merge(kept, gone, caller=at_desk(user), now=NOW)

    gone.refresh_from_db()
    assert (done.client, done.bookings) == (kept, 2)
    assert set(kept.bookings.all()) == {own, *bookings}
    assert gone.merged_into == kept
    assert list(Client.objects.matching("robin")) == [kept]
    event = kept.events.get()
    assert (event.kind, event.by) == (ClientEventKind.MERGED, user)
    assert event.details == {"client": gone.pk, "bookings": ["OLD-1", "OLD-2"]}
    assert list(wrong_clients()) == []


def test_what_is_chosen_comes_from_the_other_and_the_rest_stays():
    kept = make_client(name="R. Client", email="old@example.org", phone="303 555 0142")
    gone = make_client(name="Robin Client", email="new@example.org", phone="")

    merged(kept, gone, "name", "email")

    kept.refresh_from_db()
    assert (kept.name, kept.email) == ("Robin Client", "new@example.org")
    assert kept.phone == "303 555 0142"
    assert list(Client.objects.matching("new@example.org")) == [kept]


def test_notes_of_both_stay_and_the_earlier_date():
    kept, gone = make_client(), make_client()
    kept.notes, gone.notes = "Likes quiet", "Pays by voucher"
    gone.created_at = at("2020-01-01 10:00")
    kept.save()
    gone.save()

    merged(kept, gone)

    kept.refresh_from_db()
    assert kept.notes == "Likes quiet\n\nPays by voucher"
    assert kept.created_at == at("2020-01-01 10:00")


def test_who_was_merged_before_points_to_the_last_one():
    first, second, third = make_client(), make_client(), make_client()
    merged(second, first)

    merged(third, second)

    first.refresh_from_db()
    assert first.merged_into == third
    assert list(wrong_clients()) == []


def test_merging_with_oneself_is_refused():
    client = make_client()

    with pytest.raises(WrongState, match="one and the same"):
        merged(client, client)


@pytest.mark.parametrize("is_kept", [True, False])
def test_merging_twice_is_refused(is_kept):
    kept, gone, third = make_client(), make_client(name="Gone"), make_client()
    merged(kept, gone)

    with pytest.raises(WrongState, match="Gone has been merged already"):
        merged(gone, third) if is_kept else merged(third, gone)

    assert kept.events.count() == 1


def test_s10_sessions_that_now_overlap_are_told():
    kept, gone = make_client(), make_client()
    one = make_booking(client=kept, starts_at=at("2026-08-03 10:00"))
    other = make_booking(client=gone, starts_at=at("2026-08-03 10:30"))
    make_booking(client=gone, starts_at=at("2026-08-03 11:00"), status=Status.CANCELLED)
    make_booking(client=gone, starts_at=at("2026-08-03 11:30"))

    assert merged(kept, gone).overlaps == ((one, other),)


def test_s10_sessions_of_the_past_and_those_that_touch_are_not_told():
    kept, gone = make_client(), make_client()
    make_booking(client=kept, starts_at=at("2026-07-20 10:00"), status=Status.COMPLETED)
    make_booking(client=gone, starts_at=at("2026-07-20 10:00"), status=Status.COMPLETED)
    make_booking(client=kept, starts_at=at("2026-08-03 10:00"), buffer_after_minutes=15)
    make_booking(client=gone, starts_at=at("2026-08-03 11:00"))

    assert merged(kept, gone).overlaps == ()


def test_who_books_for_a_client_who_has_been_merged_meanwhile_books_for_the_other():
    kept, gone = make_client(), make_client()
    merged(kept, gone)

    booking = book(wish(make_bookable(), TEN), Details(client=gone), caller=RECEPTION, now=NOW)

    assert booking.client == kept


def test_s10_is_judged_by_whom_the_client_has_become():
    studio, kept, gone = make_bookable(), make_client(), make_client()
    make_booking(client=kept, starts_at=at(TEN))
    merged(kept, gone)

    with pytest.raises(RuleRefused) as refused:
        book(wish(studio, TEN), Details(client=gone), caller=RECEPTION, now=NOW)

    assert refused.value.rule is Rule.CLIENT_FREE


def test_nothing_but_bookings_waiting_and_events_refers_to_a_client():
    """Whatever does has to move when clients are merged, and to be erased with one."""
    relations = {relation.related_model.__name__ for relation in Client._meta.related_objects}

    assert relations == {"Booking", "ClientEvent", "Client", "WaitlistEntry"}


def test_a_hold_with_a_client_moves_too():
    studio, kept, gone = make_bookable(), make_client(), make_client()
    booking = hold(wish(studio, TEN), Details(client=gone), caller=CLIENT, now=NOW)

    merged(kept, gone)

    assert Booking.objects.get(pk=booking.pk).client == kept


# Those who say the very same


def test_who_says_the_very_same_is_merged_at_once():
    client = make_client(name="Röbin", email="r@example.org", phone="+1 303 555 0142")
    bookings = [
        make_booking(client=make_client(name="ROBIN", email="R@example.org", phone="13035550142"))
        for _ in range(3)
    ]
    other = make_client(name="Robin", email="r@example.org")

    done = merge_same(client, caller=RECEPTION, now=NOW)

    assert done.bookings == 3
    assert set(client.bookings.all()) == set(bookings)
    assert set(Client.objects.present()) == {client, other}


def test_the_same_name_alone_does_not_say_the_very_same():
    client = make_client(name="Robin", email="")
    make_client(name="Robin", email="")

    assert not same_as(client).exists()
    assert merge_same(client, caller=RECEPTION, now=NOW).bookings == 0
