"""Two at once: held, booked and confirmed, both or neither."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from bookings.domain.booking import book, confirm
from bookings.domain.callers import Caller
from bookings.domain.clients.blocking import block
from bookings.domain.health.evaluation import Given
from bookings.domain.holds import take_over
from bookings.domain.pairs import placing
from bookings.domain.pairs.booking import confirm_pair, hold_pair
from bookings.domain.pairs.partners import are_side_by_side
from bookings.domain.pairs.places import gather_pairs
from bookings.domain.requests import AnswersGiven, Details, Person
from bookings.enums import Source, Status
from bookings.errors import (
    NotOnline,
    PairExpired,
    PairUnavailable,
    RuleRefused,
    SameClient,
    Together,
    TooManyHolds,
    WrongState,
)
from bookings.models import Booking, Client, Notification, Pair
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import ADA, CLIENT, NOW, RECEPTION, booked, held, minute, wish
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.bookings.domain.pairs.pairing import (
    BO,
    NOON,
    TEN,
    book_both,
    hold_both,
    stands,
    studio_for_two,
    wish_for_two,
)
from tests.factories import make_client, make_questionnaire, make_session_type

pytestmark = pytest.mark.django_db


def people():
    """Name, address and number of every client."""
    return list(Client.objects.order_by("pk").values_list("name", "email", "phone"))


BROWSER = Caller(source=Source.SITE, browser_key="browser", address_key="address")


def test_two_are_booked_at_one_start_with_two_therapists_in_two_rooms():
    studio = studio_for_two()

    first, second = book_both(wish_for_two(studio))

    assert (first.status, second.status) == (Status.CONFIRMED, Status.CONFIRMED)
    assert first.starts_at == second.starts_at
    assert first.therapist != second.therapist
    assert first.room != second.room
    assert first.pair == second.pair
    assert (first.pair_position, second.pair_position) == (1, 2)


def test_each_has_her_own_session_therapist_and_price():
    studio = studio_for_two()
    long = make_session_type(
        duration_minutes=90,
        price="180.00",
        locations=(studio.location,),
        therapists=(studio.therapist,),
    )

    first, second = book_both(wish_for_two(studio, second_session_type=long))

    assert (first.duration_minutes, second.duration_minutes) == (60, 90)
    assert (str(first.price), str(second.price)) == ("120.00", "180.00")
    assert (first.therapist.slug, second.therapist) == ("zoe", studio.therapist)


def test_who_can_have_one_therapist_alone_gets_her_whoever_the_other_likes_best():
    studio = studio_for_two()

    first, second = book_both(wish_for_two(studio, second=studio.therapist))

    assert (first.therapist.slug, second.therapist) == ("zoe", studio.therapist)


def test_rooms_beside_each_other_go_before_those_that_a2_would_pick():
    studio = studio_for_two(beside=False)
    far = add_room(studio, "far", "sauna")
    studio.room.beside.add(far)

    first, second = book_both(wish_for_two(studio))

    assert {first.room, second.room} == {studio.room, far}
    assert are_side_by_side(first, second)


def test_who_wants_to_lie_side_by_side_is_not_put_anywhere_else():
    studio = studio_for_two(beside=False)

    with pytest.raises(PairUnavailable, match="No two rooms beside each other"):
        book_both(wish_for_two(studio, side_by_side=True))

    assert stands() == []
    assert not Pair.objects.exists()


def test_when_one_cannot_be_booked_neither_is_and_the_refusal_names_her():
    studio = studio_for_two()
    booked(studio, TEN, therapist=studio.therapist)

    with pytest.raises(PairUnavailable) as refused:
        book_both(wish_for_two(studio, second=studio.therapist))

    assert refused.value.position == 2
    assert Booking.objects.count() == 1
    assert Client.objects.count() == 1


def test_when_only_one_of_them_can_be_booked_the_refusal_names_neither_and_offers_both_a_time():
    studio = studio_for_two()
    booked(studio, TEN)

    with pytest.raises(PairUnavailable) as refused:
        book_both(wish_for_two(studio))

    assert refused.value.position is None
    alternatives = [slot.starts_at for slot in refused.value.alternatives]
    assert alternatives[:2] == [minute("2026-08-03 09:00"), minute("2026-08-03 11:00")]


def test_when_neither_can_be_booked_even_alone_the_refusal_names_neither():
    studio = studio_for_two()
    book_both(wish_for_two(studio))

    with pytest.raises(PairUnavailable, match="not two therapists and two rooms") as refused:
        book_both(wish_for_two(studio), second=Details(Person("Cy")))

    assert refused.value.position is None


def test_reception_is_told_the_rule_and_whose_it_is():
    studio = studio_for_two()
    booked(studio, TEN, therapist=studio.therapist)

    with pytest.raises(RuleRefused, match="For the second of the two") as refused:
        book_both(wish_for_two(studio, second=studio.therapist), caller=RECEPTION)

    assert (refused.value.rule, refused.value.overridable) == (Rule.THERAPIST_FREE, False)


def test_s10_a_known_client_with_another_session_then_is_named_and_nobody_is_booked():
    studio = studio_for_two()
    add_therapist(studio, "amy")
    add_room(studio, "third")
    robin = make_client()
    booked(studio, TEN, client=robin)

    with pytest.raises(PairUnavailable, match="another session") as refused:
        book_both(wish_for_two(studio), second=Details(robin))

    assert (refused.value.position, Booking.objects.count()) == (2, 1)


def test_who_comes_along_without_an_address_is_a_client_of_her_own_under_the_first_ones():
    studio = studio_for_two()

    book_both(wish_for_two(studio))

    assert people() == [("Ada L.", ADA.email, ""), ("Bo", ADA.email, "")]


def test_who_has_an_address_of_her_own_keeps_it():
    studio = studio_for_two()
    ada = Person("Ada", "ada@example.org", "+1 303 555 0142")

    book_both(wish_for_two(studio), Details(ada), Details(Person("Bo", "bo@example.org")))

    assert people()[1] == ("Bo", "bo@example.org", "")


def test_one_person_is_not_booked_twice():
    studio = studio_for_two()

    with pytest.raises(SameClient):
        book_both(wish_for_two(studio), second=Details(Person("ada l")))


def test_a_blocked_companion_books_nobody():
    studio = studio_for_two()
    block(make_client(name="Bo", email="bo@example.org"), "Why", caller=RECEPTION, now=NOW)

    with pytest.raises(NotOnline):
        book_both(wish_for_two(studio), second=Details(Person("Bo", "bo@example.org")))

    assert stands() == []


def test_each_gets_mail_of_her_own():
    studio = studio_for_two()

    both = book_both(wish_for_two(studio))

    told = Notification.objects.filter(kind="confirmed").order_by("booking")
    assert [row.booking for row in told] == list(both)


def test_h2_one_waits_for_a_review_while_the_other_is_confirmed():
    studio = studio_for_two()
    make_questionnaire({"key": "pregnant"})
    no = AnswersGiven(version=3, answers={"pregnant": Given("no")}, consent=True)

    first, second = book_both(wish_for_two(studio), Details(ADA, answers=no), Details(BO))

    assert (first.status, second.status) == (Status.CONFIRMED, Status.PENDING_REVIEW)
    assert first.answers.count() == 1


def test_sending_the_form_twice_gives_the_same_two():
    studio = studio_for_two()
    asked = wish_for_two(studio)

    made = book_both(asked, reference="FORM-1")

    assert book_both(asked, reference="FORM-1") == made
    assert made[0].reference == "FORM-1"
    assert Booking.objects.count() == 2


@pytest.mark.both_engines
def test_the_next_two_are_tried_when_the_database_refuses_one_and_neither_is_half_written(
    monkeypatch,
):
    studio = studio_for_two()
    add_therapist(studio, "amy")
    asked = wish_for_two(studio, first=studio.therapist)
    gather = gather_pairs

    def gather_then_lose_amy(question):
        situation = gather(question)
        booked(studio, TEN, therapist=amy, caller=RECEPTION)
        return situation

    amy = studio.session_type.therapists.get(slug="amy")
    add_room(studio, "third")
    monkeypatch.setattr(placing, "gather_pairs", gather_then_lose_amy)

    first, second = book_both(asked)

    assert (first.therapist, second.therapist.slug) == (studio.therapist, "zoe")
    assert Booking.objects.filter(pair__isnull=False).count() == 2


@pytest.mark.both_engines
def test_the_database_knows_no_third_of_a_pair():
    studio = studio_for_two()
    first, _ = book_both(wish_for_two(studio))
    other = booked(studio, NOON)

    for position in (1, 3, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.filter(pk=other.pk).update(pair=first.pair, pair_position=position)


# Holding


def test_b3_both_are_held_for_as_long_by_one_browser():
    studio = studio_for_two()

    first, second = hold_both(wish_for_two(studio), caller=BROWSER)

    assert (first.status, second.status) == (Status.HELD, Status.HELD)
    assert first.expires_at == second.expires_at
    assert first.browser_key == second.browser_key == "browser"


def test_b3_another_time_gives_both_holds_back():
    studio = studio_for_two()
    hold_both(wish_for_two(studio), caller=BROWSER)

    held(studio, TEN, caller=BROWSER)

    assert [status for status, *_ in stands()] == ["cancelled", "cancelled", "held"]


def test_b3_a_pair_counts_as_two_of_the_holds_of_an_address():
    studio = studio_for_two()
    nobody = Caller(source=Source.API, address_key="address")
    hold_both(wish_for_two(studio), caller=nobody)
    hold_both(wish_for_two(studio, NOON), caller=nobody)

    with pytest.raises(TooManyHolds):
        hold_both(wish_for_two(studio, "2026-08-03 14:00"), caller=nobody)


def test_holds_of_two_are_confirmed_together():
    studio = studio_for_two()
    _, held_second = hold_both(wish_for_two(studio))

    confirm_pair(held_second, Details(ADA), Details(BO), caller=CLIENT, now=NOW + 5)

    ten = minute(TEN)
    assert stands() == [("confirmed", ten, "Ada L."), ("confirmed", ten, "Bo")]


def test_confirming_two_twice_is_harmless():
    studio = studio_for_two()
    hold, _ = hold_both(wish_for_two(studio))
    once = confirm_pair(hold, Details(ADA), Details(BO), caller=CLIENT, now=NOW)

    assert confirm_pair(hold, Details(ADA), Details(BO), caller=CLIENT, now=NOW) == once


def test_one_of_two_holds_cannot_be_confirmed_alone():
    studio = studio_for_two()
    for hold in hold_both(wish_for_two(studio)):
        with pytest.raises(Together):
            confirm(hold, Details(ADA), caller=CLIENT, now=NOW)


def test_a_hold_whose_partner_was_given_back_is_not_confirmed_for_two():
    studio = studio_for_two()
    hold, other = hold_both(wish_for_two(studio))
    Booking.objects.filter(pk=other.pk).update(status=Status.CANCELLED, expires_at=None)

    with pytest.raises(WrongState):
        confirm_pair(hold, Details(ADA), Details(BO), caller=CLIENT, now=NOW)


def test_holds_that_ran_out_are_confirmed_while_both_times_are_free():
    studio = studio_for_two()
    hold, _ = hold_both(wish_for_two(studio))

    confirm_pair(hold, Details(ADA), Details(BO), caller=CLIENT, now=NOW + 30)

    assert [status for status, *_ in stands()] == ["confirmed", "confirmed"]


def test_holds_that_ran_out_and_lost_one_time_are_booked_for_nobody():
    studio = studio_for_two()
    hold, _ = hold_both(wish_for_two(studio))
    booked(studio, TEN, now=NOW + 20)

    with pytest.raises(PairExpired) as refused:
        confirm_pair(hold, Details(ADA), Details(BO), caller=CLIENT, now=NOW + 30)

    assert refused.value.alternatives
    assert not Booking.objects.filter(pair__isnull=False, status=Status.CONFIRMED).exists()


def test_a_browser_takes_both_holds_over():
    studio = studio_for_two()
    first, _ = hold_both(wish_for_two(studio))

    take_over(first, caller=BROWSER, now=NOW)

    assert {row.browser_key for row in Booking.objects.all()} == {"browser"}
    assert [status for status, *_ in stands()] == ["held", "held"]


def test_holding_checks_that_two_are_two():
    studio = studio_for_two()

    with pytest.raises(SameClient):
        hold_pair(wish_for_two(studio), Details(ADA), Details(ADA), caller=CLIENT, now=NOW)


def test_sessions_at_two_starts_are_no_wish_for_two():
    studio = studio_for_two()
    asked = wish_for_two(studio)

    with pytest.raises(ValueError, match="one start"):
        replace(asked, second=wish(studio, NOON))


def test_who_books_alone_is_in_no_pair():
    studio = studio_for_two()

    alone = book(wish(studio, TEN), Details(ADA), caller=CLIENT, now=NOW)

    assert alone.pair is None
