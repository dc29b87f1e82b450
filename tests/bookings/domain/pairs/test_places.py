"""What is listed for two can be booked for two."""

from datetime import date, timedelta
from itertools import chain

import pytest
from django.db import transaction
from hypothesis import strategies as st

from bookings.domain.pairs.partners import are_side_by_side
from bookings.domain.pairs.places import (
    has_rooms_beside,
    look_at_pairs,
    open_pairs_between,
    pair_listing,
    questions_to_move,
)
from bookings.domain.requests import Details, PairWish, Person, Wish
from bookings.domain.schedule import changing_schedule
from bookings.errors import PairUnavailable
from bookings.scheduling.hours import local_date
from studio.premises.models import Location, Room
from tests import factories
from tests.bookings.domain.asking import NOW, booked, minute
from tests.bookings.domain.oracle import minutes_of
from tests.bookings.domain.pairs.pairing import (
    TEN,
    book_both,
    hold_both,
    question_of,
    studio_for_two,
    wish_for_two,
)
from tests.bookings.domain.random_studios import random_studio, with_studios_at_random
from tests.factories import make_room

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 8, 3)
ANN, BO = (Details(Person(name, f"{name}@example.org")) for name in ("ann", "bo"))


def listed(studio, **names):
    [(_day, slots)] = pair_listing(question_of(wish_for_two(studio, **names))).days
    return slots


@pytest.mark.both_engines
@with_studios_at_random(16, side_by_side=st.booleans())
def test_every_start_listed_for_two_books_both_and_no_other_start_does(rng, side_by_side):
    with transaction.atomic():
        studio = random_studio(rng)
        rooms = list(studio.location.rooms.order_by("slug"))
        rooms[0].beside.set(rooms[1:2])
        therapists = list(studio.session_type.therapists.all())
        second_type = factories.make_session_type(
            slug="second",
            duration_minutes=rng.choice([30, 60]),
            locations=(studio.location,),
            therapists=rng.sample(therapists, k=min(2, len(therapists))),
        )

        def wish_at(start):
            one, other = (
                Wish(studio.location, each, start) for each in (studio.session_type, second_type)
            )
            return PairWish(one, other, side_by_side)

        noon = minute(f"{studio.day} 12:00", studio.location.timezone)
        [(_day, slots)] = pair_listing(question_of(wish_at(noon), now=studio.now)).days

        found = {slot.starts_at: slot for slot in slots}
        others = [
            start
            for start in minutes_of(studio.location.timezone, studio.day)
            if start % 5 == 0 and start not in found
        ]
        some = [rng.sample(list(each), k=min(3, len(each))) for each in (found, others)]
        for start in chain(*some):
            assert tried(wish_at(start), studio.now) == outcome(found.get(start))
        transaction.set_rollback(True)


def outcome(slot):
    return slot and (True, slot.side_by_side)


def tried(asked, now):
    """Whether both are booked with somebody else each, and side by side; None if refused."""
    with transaction.atomic():
        try:
            one, other = book_both(asked, ANN, BO, now=now)
        except PairUnavailable:
            return None
        is_sound = one.therapist != other.therapist and one.room != other.room
        beside = are_side_by_side(one, other)
        transaction.set_rollback(True)
    return is_sound, beside


def test_what_is_listed_for_two_names_who_can_give_either_session():
    studio = studio_for_two()

    [slot] = [each for each in listed(studio) if each.starts_at == minute(TEN)]

    mine = studio.therapist.slug
    assert slot.first == slot.second == tuple(sorted((mine, "zoe")))
    assert slot.side_by_side


def test_where_one_names_a_therapist_the_other_is_left_who_else_there_is():
    studio = studio_for_two()

    slot = listed(studio, second=studio.therapist)[0]

    assert (slot.first, slot.second) == (("zoe",), (studio.therapist.slug,))


def test_nothing_is_listed_for_two_where_there_is_one_therapist_or_no_room_beside():
    studio = studio_for_two(beside=False)

    assert listed(studio)
    assert listed(studio, side_by_side=True) == []
    studio.session_type.therapists.remove(studio.therapist)
    assert listed(studio) == []


def test_without_any_start_that_day_the_next_one_is_told():
    studio = studio_for_two()
    for hour in range(9, 17):
        booked(studio, f"2026-08-03 {hour:02}:00")

    found = pair_listing(question_of(wish_for_two(studio)))

    assert found.days == [(MONDAY, [])]
    assert found.next_available == minute("2026-08-04 09:00")


def test_the_holds_of_two_count_as_free_for_who_has_them():
    studio = studio_for_two()
    hold, _ = hold_both(wish_for_two(studio))

    taken = pair_listing(question_of(wish_for_two(studio)))
    own = pair_listing(question_of(wish_for_two(studio), freed=hold))

    assert minute(TEN) not in [slot.starts_at for slot in taken.days[0][1]]
    assert minute(TEN) in [slot.starts_at for slot in own.days[0][1]]


def test_two_who_are_to_be_moved_can_have_their_own_times_again():
    studio = studio_for_two()
    first, _ = book_both(wish_for_two(studio))

    found = pair_listing(questions_to_move(first, first=MONDAY, last=MONDAY, now=NOW))

    starts = [slot.starts_at for slot in found.days[0][1]]
    assert {minute(TEN), minute("2026-08-03 10:15")} <= set(starts)


@pytest.mark.both_engines
def test_a_month_for_two_takes_no_more_than_one_query_more_than_for_one(
    django_assert_max_num_queries,
):
    studio = studio_for_two()
    other = factories.make_session_type(
        locations=(studio.location,), therapists=(studio.therapist,), duration_minutes=30
    )
    month = question_of(wish_for_two(studio, second_session_type=other)).between(
        MONDAY, MONDAY + timedelta(days=30)
    )
    assert studio.location.version.number >= 0  # read, as a request has done

    with django_assert_max_num_queries(2):
        first_time = look_at_pairs(month)
    with django_assert_max_num_queries(2):
        again = look_at_pairs(month)

    tuesday = MONDAY + timedelta(days=1)
    found = open_pairs_between(again, tuesday, tuesday)
    assert found == open_pairs_between(first_time, tuesday, tuesday)
    zone = studio.location.timezone
    assert {local_date(zone, slot.starts_at) for slot in found} == {tuesday}


def test_a_month_of_one_session_for_two_takes_one_query(django_assert_num_queries):
    studio = studio_for_two()
    month = question_of(wish_for_two(studio)).between(MONDAY, MONDAY + timedelta(days=30))
    assert studio.location.version.number >= 0

    with django_assert_num_queries(1):
        look_at_pairs(month)


def test_a_place_has_rooms_beside_each_other_where_both_are_in_use():
    studio = factories.make_bookable()
    neighbour = make_room(location=studio.location, slug="neighbour", active=False)
    studio.room.beside.add(neighbour)
    assert not has_rooms_beside(studio.location)

    with changing_schedule():
        Room.objects.update(active=True)

    place = Location.objects.select_related("version").get(pk=studio.location.pk)
    assert has_rooms_beside(place)
