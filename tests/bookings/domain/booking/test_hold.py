"""A hold keeps its slot for some minutes, and is confirmed (rule B3)."""

from datetime import date

import pytest

from bookings.domain.bookable import question as asked
from bookings.domain.bookable.availability import open_slots
from bookings.domain.booking import confirm, hold
from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel
from bookings.domain.requests import Details
from bookings.enums import EventKind, Source, Status
from bookings.errors import HoldExpired, SlotUnavailable, TooManyHolds, WrongState
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import ADA, CLIENT, NOW, booked, held, minute, wish
from tests.factories import make_bookable

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
MONDAY = date(2026, 8, 3)


def test_b3_a_hold_takes_the_slot_for_ten_minutes():
    studio = make_bookable()

    booking = held(studio, TEN)

    assert (booking.status, booking.expires_at) == (Status.HELD, to_instant(NOW + 10))
    with pytest.raises(SlotUnavailable):
        booked(studio, TEN, now=NOW + 9)


def test_b3_a_hold_past_its_time_stops_nobody_and_becomes_expired():
    studio = make_bookable()
    lapsed = held(studio, TEN)

    booking = booked(studio, TEN, now=NOW + 10)

    lapsed.refresh_from_db()
    assert (booking.status, lapsed.status) == (Status.CONFIRMED, Status.EXPIRED)
    assert lapsed.events.get(kind=EventKind.EXPIRED).source == Source.CLOCK


def test_b3_a_browser_session_holds_one_slot_at_a_time():
    studio = make_bookable()
    caller = Caller(source=Source.SITE, browser_key="a browser")
    first = held(studio, TEN, caller=caller)

    held(studio, "2026-08-03 10:30", caller=caller)

    first.refresh_from_db()
    assert first.status == Status.CANCELLED


def test_b3_a_browser_session_keeps_its_hold_when_the_next_slot_is_taken():
    studio = make_bookable()
    caller = Caller(source=Source.SITE, browser_key="a browser")
    first = held(studio, TEN, caller=caller)
    booked(studio, "2026-08-03 12:00")

    with pytest.raises(SlotUnavailable):
        held(studio, "2026-08-03 12:00", caller=caller)

    first.refresh_from_db()
    assert first.status == Status.HELD


def test_b3_the_own_hold_counts_as_free_and_nothing_else_of_it_counts():
    studio = make_bookable(slot_step_minutes=30)
    caller = Caller(source=Source.SITE, browser_key="a browser")
    hold_ = held(studio, "2026-08-03 10:30", caller=caller)
    studio.location.slot_step_minutes = 60
    studio.location.save()
    question = asked.Question(
        location=studio.location,
        session_type=studio.session_type,
        first=MONDAY,
        last=MONDAY,
        now=NOW,
        freed=hold_,
    )

    listed = [slot.starts_at for slot in open_slots(question)]

    assert minute(TEN) in listed
    assert minute("2026-08-03 10:30") not in listed


def test_b3_an_address_holds_five_slots_and_no_sixth():
    studio = make_bookable()
    caller = Caller(source=Source.API, address_key="an address")
    for hour in range(9, 14):
        held(studio, f"2026-08-03 {hour:02}:00", caller=caller)

    with pytest.raises(TooManyHolds) as caught:
        held(studio, "2026-08-03 15:00", caller=caller, now=NOW + 4)

    assert caught.value.retry_after_seconds == 6 * 60
    assert held(studio, "2026-08-03 15:00", caller=caller, now=NOW + 10).status == Status.HELD


def test_confirming_a_hold_books_it():
    booking = held(make_bookable(), TEN)

    confirmed = confirm(booking, Details(ADA, notes="First time"), caller=CLIENT, now=NOW + 9)

    assert (confirmed.status, confirmed.expires_at) == (Status.CONFIRMED, None)
    assert (str(confirmed.client), confirmed.notes) == ("Ada L.", "First time")


def test_confirming_twice_is_harmless():
    booking = held(make_bookable(), TEN)
    first = confirm(booking, Details(ADA), caller=CLIENT, now=NOW)

    second = confirm(booking, Details(ADA), caller=CLIENT, now=NOW + 1)

    assert second.client == first.client
    assert list(second.events.values_list("kind", flat=True)) == ["held", "confirmed"]


def test_a_lapsed_hold_is_confirmed_while_its_slot_is_free():
    booking = held(make_bookable(), TEN)

    confirmed = confirm(booking, Details(ADA), caller=CLIENT, now=NOW + 30)

    assert confirmed.status == Status.CONFIRMED


def test_an_expired_hold_whose_slot_has_gone_is_refused_with_alternatives():
    studio = make_bookable()
    booking = held(studio, TEN)
    booked(studio, TEN, now=NOW + 10)

    with pytest.raises(HoldExpired) as caught:
        confirm(booking, Details(ADA), caller=CLIENT, now=NOW + 11)

    assert len(caught.value.alternatives) == 5


def test_a_lapsed_hold_is_judged_by_every_rule_again():
    studio = make_bookable()
    booking = held(studio, TEN)
    studio.therapist.certifications.update(revoked_on=date(2026, 7, 31))

    with pytest.raises(HoldExpired):
        confirm(booking, Details(ADA), caller=CLIENT, now=NOW + 10)


def test_b8_a_hold_in_time_stands_although_the_schedule_has_changed():
    studio = make_bookable()
    booking = held(studio, TEN)
    studio.therapist.certifications.update(revoked_on=date(2026, 7, 31))

    assert confirm(booking, Details(ADA), caller=CLIENT, now=NOW).status == Status.CONFIRMED


def test_a_cancelled_hold_cannot_be_confirmed():
    booking = held(make_bookable(), TEN)
    cancel(booking, caller=CLIENT, now=NOW)

    with pytest.raises(WrongState):
        confirm(booking, Details(ADA), caller=CLIENT, now=NOW)


def test_a_hold_may_name_its_client_at_once():
    booking = hold(wish(make_bookable(), TEN), Details(ADA), caller=CLIENT, now=NOW)

    assert confirm(booking, Details(), caller=CLIENT, now=NOW).client == booking.client
