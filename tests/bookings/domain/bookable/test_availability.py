"""Listings: their dates, their times, and the next one that is open."""

from datetime import date
from typing import Any

import pytest

from bookings.domain.bookable.availability import Listing, listing
from bookings.domain.bookable.question import Question
from bookings.enums import Status
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import Rule, Slot
from bookings.scheduling.timeline import Minute
from tests.bookings.domain.asking import NOW, booked, held, minute
from tests.factories import (
    Bookable,
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_closure_of_dates,
    make_room,
    make_shift,
    make_therapist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

MONDAY = date(2026, 8, 3)


def ask(
    studio: Bookable, first: date = MONDAY, last: date | None = None, **options: Any
) -> Listing[Slot]:
    """What is listed from one date until another."""
    question = {"now": NOW} | options
    return listing(
        Question(
            location=studio.location,
            session_type=studio.session_type,
            first=first,
            last=last or first,
            **question,
        )
    )


def starts(studio: Bookable, day: date = MONDAY, **options: Any) -> list[Minute]:
    """The starts listed on a date."""
    [(_, slots)] = ask(studio, day, **options).days
    return [slot.starts_at for slot in slots]


def test_every_date_of_the_range_is_there_in_order_empty_ones_too():
    studio = make_bookable()
    make_closure_of_dates(
        location=studio.location, first_day=date(2026, 8, 4), last_day=date(2026, 8, 4)
    )

    days = ask(studio, MONDAY, date(2026, 8, 5)).days

    assert [(str(day), bool(slots)) for day, slots in days] == [
        ("2026-08-03", True),
        ("2026-08-04", False),
        ("2026-08-05", True),
    ]


def test_t5_slots_lie_on_the_step_from_midnight_however_the_shift_begins():
    studio = make_bookable(time_from="09:50", time_until="12:00", slot_step_minutes=30)

    assert starts(studio) == [
        minute("2026-08-03 10:00"),
        minute("2026-08-03 10:30"),
        minute("2026-08-03 11:00"),
    ]


def test_t5_both_passages_of_a_repeated_hour_offer_slots():
    studio = make_bookable(time_from="00:00", time_until="04:00", slot_step_minutes=60)
    studio.location.horizon_days = 365
    studio.location.save()

    walls = [
        to_instant(start).astimezone(studio.location.zone).isoformat()
        for start in starts(studio, date(2026, 11, 1))
    ]

    assert walls == [
        "2026-11-01T00:00:00-06:00",
        "2026-11-01T01:00:00-06:00",
        "2026-11-01T01:00:00-07:00",
        "2026-11-01T02:00:00-07:00",
        "2026-11-01T03:00:00-07:00",
    ]


def test_t5_a_skipped_hour_offers_none():
    studio = make_bookable(time_from="00:00", time_until="05:00", slot_step_minutes=60)
    studio.location.horizon_days = 365
    studio.location.save()

    hours = [
        to_instant(start).astimezone(studio.location.zone).hour
        for start in starts(studio, date(2027, 3, 14))
    ]

    assert hours == [0, 1, 3, 4]


def test_slots_name_their_therapists_in_slug_order():
    studio = make_bookable()
    for slug in ("zoe", "ana"):
        therapist = make_therapist(slug=slug)
        studio.session_type.therapists.add(therapist)
        licence = studio.session_type.requires_qualifications.get()
        make_certification(therapist=therapist, qualification=licence)
        make_shift(therapist=therapist, location=studio.location, weekday=0)

    [(_, slots)] = ask(studio).days

    assert slots[0].therapists == ("ana", studio.therapist.slug, "zoe")


def test_a_named_therapist_is_listed_alone():
    studio = make_bookable()
    other = make_therapist(slug="ana")
    studio.session_type.therapists.add(other)

    [(_, slots)] = ask(studio, therapist=studio.therapist.slug).days

    assert {slot.therapists for slot in slots} == {(studio.therapist.slug,)}


def test_a_booking_takes_its_slots_from_the_listing():
    studio = make_bookable(slot_step_minutes=60)
    booked(studio, "2026-08-03 10:00")

    assert minute("2026-08-03 10:00") not in starts(studio)
    assert minute("2026-08-03 11:00") in starts(studio)


def test_b3_a_lapsed_hold_is_listed_as_free_before_anybody_cleans_up():
    studio = make_bookable()
    hold = held(studio, "2026-08-03 10:00")

    before, after = starts(studio, now=NOW + 9), starts(studio, now=NOW + 10)

    hold.refresh_from_db()
    assert minute("2026-08-03 10:00") not in before
    assert minute("2026-08-03 10:00") in after
    assert hold.status == Status.HELD


def test_b5_the_own_time_of_a_booking_that_moves_is_listed():
    studio = make_bookable()
    booking = booked(studio, "2026-08-03 10:00")

    assert minute("2026-08-03 10:15") not in starts(studio)
    assert minute("2026-08-03 10:15") in starts(studio, moving=booking)


def test_s9_staff_are_listed_starts_within_the_notice_and_off_the_step():
    studio = make_bookable()
    now = minute("2026-08-03 10:01")

    listed = starts(studio, now=now, is_staff=True)

    assert listed[:2] == [minute("2026-08-03 10:05"), minute("2026-08-03 10:10")]


def test_s9_with_a_reason_staff_are_listed_a_day_back():
    studio = make_bookable()
    now = minute("2026-08-03 10:03")

    listed = starts(studio, now=now, is_staff=True, overridden=frozenset({Rule.NOTICE_AND_HORIZON}))

    assert minute("2026-08-03 10:00") in listed


def test_the_next_available_is_the_first_slot_of_the_range():
    studio = make_bookable()

    assert ask(studio).next_available == minute("2026-08-03 09:00")


def test_the_next_available_is_looked_for_up_to_the_horizon():
    studio = make_bookable()
    make_closure_of_dates(location=studio.location, first_day=MONDAY, last_day=date(2026, 9, 30))

    assert ask(studio).next_available == minute("2026-10-01 09:00")


def test_there_is_no_next_available_behind_the_horizon():
    studio = make_bookable()
    make_closure_of_dates(location=studio.location, first_day=MONDAY, last_day=date(2026, 11, 30))

    assert ask(studio).next_available is None


def test_nothing_is_listed_where_nobody_offers_the_session():
    studio = make_bookable()
    studio.session_type.therapists.clear()

    assert ask(studio).next_available is None


@pytest.mark.parametrize("bookings", [0, 3])
def test_the_number_of_queries_does_not_grow_with_rows(
    bookings: int, django_assert_num_queries: object
):
    studio = make_bookable()
    for hour in range(bookings):
        make_booking(
            therapist=studio.therapist,
            room=studio.room,
            session_type=studio.session_type,
            starts_at=at(f"2026-08-03 {12 + hour}:00"),
        )
        make_room(location=studio.location)
        make_shift(therapist=studio.therapist, location=studio.location)

    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture
        ask(studio)
