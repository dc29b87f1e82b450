"""Whose a hold is: one for each browser session, wherever it was made (rule B3)."""

import pytest

from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel
from bookings.domain.holds import take_over
from bookings.enums import EventKind, Source, Status
from bookings.errors import WrongState
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import CLIENT, NOW, booked, held
from tests.factories import make_bookable

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN, NOON = "2026-08-03 10:00", "2026-08-03 12:00"
BROWSER = Caller(source=Source.SITE, browser_key="a browser")


def test_b3_a_hold_that_is_taken_over_is_the_browsers_own_and_keeps_its_time_limit():
    hold_ = held(make_bookable(), TEN)

    take_over(hold_, caller=BROWSER, now=NOW + 3)

    hold_.refresh_from_db()
    assert (hold_.status, hold_.browser_key) == (Status.HELD, "a browser")
    assert hold_.expires_at == to_instant(NOW + 10)


def test_a_hold_that_is_taken_over_counts_as_one_of_the_site():
    hold_ = held(make_bookable(), TEN, caller=Caller(source=Source.API))

    take_over(hold_, caller=BROWSER, now=NOW)

    hold_.refresh_from_db()
    assert hold_.source == Source.SITE


def test_b3_what_the_browser_held_before_is_given_back():
    studio = make_bookable()
    earlier, hold_ = held(studio, TEN, caller=BROWSER), held(studio, NOON)

    take_over(hold_, caller=BROWSER, now=NOW)

    earlier.refresh_from_db()
    assert earlier.status == Status.CANCELLED
    assert earlier.events.filter(kind=EventKind.CANCELLED).exists()


def test_b3_the_next_hold_of_the_browser_gives_back_what_it_took_over():
    studio = make_bookable()
    hold_ = take_over(held(studio, TEN), caller=BROWSER, now=NOW)

    held(studio, NOON, caller=BROWSER)

    hold_.refresh_from_db()
    assert hold_.status == Status.CANCELLED


def test_b3_another_browsers_hold_is_no_longer_counted_as_its_own():
    studio = make_bookable()
    other = Caller(source=Source.SITE, browser_key="another browser")
    hold_ = held(studio, TEN, caller=other)
    take_over(hold_, caller=BROWSER, now=NOW)

    held(studio, NOON, caller=other)

    hold_.refresh_from_db()
    assert hold_.status == Status.HELD


def test_taking_over_twice_is_harmless():
    hold_ = held(make_bookable(), TEN)

    take_over(hold_, caller=BROWSER, now=NOW)
    again = take_over(hold_, caller=BROWSER, now=NOW)

    assert (again.status, again.browser_key) == (Status.HELD, "a browser")
    assert again.events.count() == 1


def test_a_hold_past_its_time_is_not_taken_over_and_nothing_is_given_back():
    studio = make_bookable()
    lapsed = held(studio, TEN)
    own = held(studio, NOON, caller=BROWSER, now=NOW + 5)

    with pytest.raises(WrongState):
        take_over(lapsed, caller=BROWSER, now=NOW + 10)

    own.refresh_from_db()
    assert own.status == Status.HELD


def test_what_is_no_hold_is_not_taken_over():
    studio = make_bookable()
    booking = booked(studio, TEN)
    given_back = cancel(held(studio, NOON), caller=CLIENT, now=NOW)

    for other in (booking, given_back):
        with pytest.raises(WrongState):
            take_over(other, caller=BROWSER, now=NOW)
        other.refresh_from_db()
        assert other.browser_key == ""
