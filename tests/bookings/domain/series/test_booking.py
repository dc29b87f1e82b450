"""A series is booked in one transaction; each of its bookings is a booking of its own."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction

from bookings.domain.bookable.availability import open_slots
from bookings.domain.bookable.question import Question
from bookings.domain.booking import book
from bookings.domain.callers import Caller
from bookings.domain.requests import Details, Wish
from bookings.domain.series.booking import Booked, book_series
from bookings.domain.series.preview import preview
from bookings.enums import EventKind, NotificationKind, Source, Status
from bookings.errors import NotOnline, SeriesUnavailable
from bookings.models import Answers, Booking, Client, Notification, Series
from bookings.scheduling.hours import to_instant
from bookings.scheduling.series import starts_on, weekly_dates
from tests.bookings.domain.asking import ADA, CLIENT, NOW, RECEPTION, booked, held, minute, wish
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.bookings.domain.health.answering import answers, usual_questions
from tests.bookings.domain.random_studios import RandomStudio, random_studio, with_studios_at_random
from tests.factories import Bookable, make_bookable, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
WEEKLY = [minute(f"2026-08-{day:02} 10:00") for day in (3, 10, 17, 24)]


@pytest.fixture
def studio() -> Bookable:
    return make_bookable()


def series(studio: Bookable, details: Details | None = None, **more: Any) -> Booked:
    asked: dict[str, Any] = {"all_or_nothing": True, "caller": CLIENT, "now": NOW} | more
    return book_series(wish(studio, TEN), WEEKLY, details or Details(ADA), every_weeks=1, **asked)


def test_every_date_becomes_a_booking_of_one_new_client(studio: Bookable):
    made = series(studio)

    assert [booking.starts_at for booking in made.bookings] == [*map(to_instant, WEEKLY)]
    assert [booking.series_position for booking in made.bookings] == [1, 2, 3, 4]
    assert {booking.series for booking in made.bookings} == {made.series}
    assert len({booking.reference for booking in made.bookings}) == 4
    assert Client.objects.count() == 1


def test_b7_each_is_recorded_and_told_by_itself(studio: Bookable):
    made = series(studio)

    for booking in made.bookings:
        assert [event.kind for event in booking.events.all()] == [EventKind.BOOKED]
    assert Notification.objects.filter(kind=NotificationKind.CONFIRMED).count() == 4


def test_all_or_nothing_leaves_nothing_behind_when_one_date_is_taken(studio: Bookable):
    taken = booked(studio, "2026-08-17 10:30")

    with pytest.raises(SeriesUnavailable):
        series(studio)

    assert list(Booking.objects.all()) == [taken]
    assert Series.objects.count() == 0
    assert Client.objects.count() == 1


def test_those_that_fit_are_booked_and_the_others_named(studio: Bookable):
    booked(studio, "2026-08-17 10:30")

    made = series(studio, all_or_nothing=False)

    assert [booking.starts_at for booking in made.bookings] == [
        to_instant(start) for start in WEEKLY if start != minute("2026-08-17 10:00")
    ]
    assert [each.start for each in made.left_out] == [minute("2026-08-17 10:00")]


def test_a_series_of_which_nothing_fits_is_refused(studio: Bookable):
    for day in (3, 10, 17, 24):
        booked(studio, f"2026-08-{day:02} 10:00")

    with pytest.raises(SeriesUnavailable):
        series(studio, all_or_nothing=False)

    assert Series.objects.count() == 0


def test_s10_a_known_client_is_in_one_place_at_a_time(studio: Bookable):
    ada = make_client()
    add_room(studio, "second")
    add_therapist(studio, "zoe")
    booked(studio, "2026-08-10 10:30", client=ada)

    with pytest.raises(SeriesUnavailable):
        series(studio, Details(ada))


def test_who_is_blocked_books_no_series_either(studio: Bookable):
    make_client(email=ADA.email)
    Client.objects.update(blocked_at=to_instant(NOW), block_reason="Owes.")

    with pytest.raises(NotOnline):
        series(studio)


def test_h2_answers_are_given_once_and_judged_for_each_date(studio: Bookable):
    usual_questions()
    operated = date(2026, 8, 10) - timedelta(days=275)

    made = series(studio, Details(ADA, answers=answers(surgery=operated)))

    assert [booking.status for booking in made.bookings] == [
        Status.PENDING_REVIEW,
        Status.PENDING_REVIEW,
        Status.CONFIRMED,
        Status.CONFIRMED,
    ]
    first, *others = Answers.objects.order_by("pk")
    assert [row.taken_from for row in others] == [first] * 3


def test_h2_without_answers_every_date_waits_for_a_person(studio: Bookable):
    usual_questions()

    made = series(studio)

    assert {booking.status for booking in made.bookings} == {Status.PENDING_REVIEW}


def test_a_form_that_is_sent_twice_books_once(studio: Bookable):
    first = series(studio, reference="ABCDE-FGHJK")
    again = series(studio, reference="ABCDE-FGHJK")

    assert again.bookings == first.bookings
    assert Booking.objects.count() == 4


def test_the_reference_of_another_client_gives_nothing_of_theirs_away(studio: Bookable):
    series(studio, reference="ABCDE-FGHJK")

    with pytest.raises(SeriesUnavailable):
        series(studio, Details(make_client(name="Bo")), reference="ABCDE-FGHJK")


def test_b3_what_the_same_browser_holds_is_free_for_its_series(studio: Bookable):
    browser = Caller(source=Source.SITE, browser_key="a browser")
    own = held(studio, TEN, caller=browser)

    dates = preview(wish(studio, TEN), WEEKLY, caller=browser, now=NOW, freed=own)
    made = series(studio, caller=browser)

    assert all(each.is_bookable for each in dates)
    assert made.bookings[0].starts_at == own.starts_at


def test_reception_books_beyond_the_horizon(studio: Bookable):
    dates = weekly_dates(date(2026, 8, 3), 8, 12)
    starts = starts_on("America/Denver", dates, like=minute(TEN))

    made = book_series(
        wish(studio, TEN),
        starts,
        Details(make_client()),
        all_or_nothing=True,
        caller=RECEPTION,
        now=NOW,
    )

    assert len(made.bookings) == 12
    zone = studio.location.zone
    assert {booking.starts_at.astimezone(zone).hour for booking in made.bookings} == {10}


@with_studios_at_random(25)
def test_what_is_previewed_as_bookable_is_booked_as_it_was_previewed(rng: Random) -> None:
    with transaction.atomic():
        made = random_studio(rng)
        caller = rng.choice([CLIENT, RECEPTION])
        starts = _some_starts(rng, made)
        asked = Wish(made.location, made.session_type, starts[0])
        dates = preview(asked, starts, caller=caller, now=made.now)
        fit = [(to_instant(each.start), each.therapist) for each in dates if each.is_bookable]

        assert booked_of(asked, starts, caller, made.now) == fit
        for each in dates:
            if each.instead is not None:
                there = Wish(made.location, made.session_type, each.instead.starts_at)
                with transaction.atomic():
                    book(there, Details(ADA), caller=caller, now=made.now)
                    transaction.set_rollback(True)
        transaction.set_rollback(True)


def _some_starts(rng: Random, studio: RandomStudio) -> list[int]:
    """Up to six that are open around the studio's day, near to one another, and some others."""
    day = timedelta(days=1)
    around = Question(
        studio.location, studio.session_type, studio.day - day, studio.day + day, studio.now
    )
    listed = [slot.starts_at for slot in open_slots(around)]
    others = [studio.now - studio.now % 30 + 30 * each for each in rng.sample(range(-5, 96), k=4)]
    return sorted({*rng.sample(listed, k=min(6, len(listed))), *others})


def booked_of(
    asked: Wish, starts: list[int], caller: Caller, now: int
) -> list[tuple[datetime, str]]:
    """What a series comes to, taken back again."""
    with transaction.atomic():
        try:
            made = book_series(
                asked, starts, Details(ADA), all_or_nothing=False, caller=caller, now=now
            )
        except SeriesUnavailable:
            return []
        found = [(each.starts_at, each.therapist.slug) for each in made.bookings]
        transaction.set_rollback(True)
    return found
