"""Who is offered a place that has opened, for how long, and who comes next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel
from bookings.domain.clients.blocking import block, unblock
from bookings.domain.moving import move
from bookings.domain.requests import Change
from bookings.domain.schedule import changing_schedule
from bookings.domain.waitlist import matching
from bookings.domain.waitlist.entries import decline, withdraw
from bookings.domain.waitlist.matching import match, offer
from bookings.enums import DayPart, NotificationKind, OfferAnswer, Source, Status, WaitlistState
from bookings.errors import SlotUnavailable
from bookings.models import Booking, WaitlistLook, WaitlistOffer
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import CLIENT, NOW, RECEPTION, booked, held, minute
from tests.bookings.domain.waitlist.waiting import FOR_GOOD, held_for, waits
from tests.factories import (
    MONDAY,
    at,
    make_bookable,
    make_booking,
    make_closure_of_dates,
    make_extra_shift,
    make_therapist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN, TUESDAY_TEN = "2026-08-03 10:00", "2026-08-04 10:00"
STANDS = [(TEN, "")]
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def studio():
    """Open for one hour on each day."""
    return make_bookable(time_from="10:00", time_until="11:00")


def test_a_place_that_is_cancelled_is_held_for_who_waits(studio):
    booking = booked(studio, TEN)
    entry = waits(studio)
    assert match(now=NOW) == 0

    cancel(booking, caller=CLIENT, now=NOW)

    assert match(now=NOW + FOR_GOOD) == 1
    entry.refresh_from_db()
    hold = entry.offers.get().booking
    assert (entry.state, held_for(entry)) == (WaitlistState.OFFERED, STANDS)
    assert (hold.status, hold.client, hold.source) == (Status.HELD, entry.client, Source.WAITLIST)
    assert hold.expires_at == to_instant(NOW + FOR_GOOD + 120)


def test_the_mail_is_queued_with_the_offer_and_due_at_once(studio):
    entry = waits(studio)

    match(now=NOW)

    row = entry.offers.get().booking.notifications.get()
    assert (row.kind, row.due_at) == (NotificationKind.WAITLIST_OFFER, to_instant(NOW))


def test_a_visitor_cannot_book_what_is_held(studio):
    waits(studio)
    match(now=NOW)

    with pytest.raises(SlotUnavailable):
        booked(studio, TEN)


def test_who_has_waited_longest_comes_first(studio):
    later, first = waits(studio, now=NOW), waits(studio, now=NOW - 60)

    match(now=NOW)

    assert (held_for(first), held_for(later)) == (STANDS, [])


def test_two_places_go_to_the_first_two_and_nobody_has_two_offers(studio):
    first, second, third = (waits(studio, last=TUESDAY) for _ in range(3))

    assert match(now=NOW) == 2
    assert match(now=NOW) == 0

    assert [held_for(entry) for entry in (first, second, third)] == [
        STANDS,
        [(TUESDAY_TEN, "")],
        [],
    ]


def test_what_is_declined_goes_to_the_next_and_is_not_offered_again(studio):
    first, second = waits(studio), waits(studio)
    match(now=NOW)

    decline(first, caller=CLIENT, now=NOW + 5)
    match(now=NOW + 5)
    withdraw(second, caller=CLIENT, now=NOW + 10)
    match(now=NOW + 10)

    assert held_for(second) == [(TEN, OfferAnswer.DECLINED)]
    assert held_for(first) == [(TEN, OfferAnswer.DECLINED)]


def test_the_rest_of_a_gap_that_was_declined_goes_to_the_next_too():
    studio = make_bookable(time_from="10:00", time_until="11:30", slot_step_minutes=15)
    first, second = waits(studio), waits(studio)
    match(now=NOW)

    decline(first, caller=CLIENT, now=NOW + 5)
    match(now=NOW + 5)

    assert held_for(first) == [(TEN, OfferAnswer.DECLINED)]
    assert held_for(second) == STANDS


def test_who_has_declined_is_offered_other_places(studio):
    entry = waits(studio, last=TUESDAY)
    match(now=NOW)

    decline(entry, caller=CLIENT, now=NOW)
    match(now=NOW)

    assert held_for(entry) == [(TEN, OfferAnswer.DECLINED), (TUESDAY_TEN, "")]


def test_what_runs_out_goes_to_the_next(studio):
    first, second = waits(studio), waits(studio)
    match(now=NOW)

    match(now=NOW + 120)

    assert held_for(first) == [(TEN, OfferAnswer.EXPIRED)]
    assert held_for(second) == STANDS
    first.refresh_from_db()
    assert first.state == WaitlistState.WAITING


def test_an_offer_that_somebody_else_has_taken_past_its_time_has_run_out(studio):
    entry = waits(studio)
    match(now=NOW)

    booked(studio, TEN, now=NOW + 120)

    assert held_for(entry) == [(TEN, OfferAnswer.EXPIRED)]


def test_a_place_that_is_moved_away_from_is_offered(studio):
    booking = booked(studio, TEN)
    entry = waits(studio)
    match(now=NOW)

    move(booking, Change(starts_at=minute(TUESDAY_TEN)), caller=CLIENT, now=NOW)
    match(now=NOW + FOR_GOOD)

    assert held_for(entry) == STANDS


def test_a_hold_that_runs_out_opens_its_place(studio):
    held(studio, TEN)
    entry = waits(studio)
    match(now=NOW)
    assert held_for(entry) == []

    match(now=NOW + 10)

    assert held_for(entry) == STANDS


def test_a_new_shift_opens_places(studio):
    entry = waits(studio, parts=(DayPart.AFTERNOON,))
    match(now=NOW)

    with changing_schedule():
        make_extra_shift(
            therapist=studio.therapist,
            location=studio.location,
            wall_from="2026-08-03 15:00",
            wall_until="2026-08-03 16:00",
        )
    match(now=NOW)

    assert held_for(entry) == [("2026-08-03 15:00", "")]


def test_a_closure_that_is_removed_opens_places(studio):
    closure = make_closure_of_dates(location=studio.location, first_day=MONDAY, last_day=MONDAY)
    entry = waits(studio)
    match(now=NOW)

    with changing_schedule():
        closure.delete()
    match(now=NOW)

    assert held_for(entry) == STANDS


def test_a_date_that_comes_into_the_horizon_opens_places(studio):
    studio.location.horizon_days = 2
    studio.location.save()
    entry = waits(studio)
    match(now=NOW)
    assert held_for(entry) == []

    match(now=NOW + 24 * 60)

    assert held_for(entry) == STANDS


def test_who_joins_is_looked_at_without_any_change(studio):
    waits(studio)
    match(now=NOW)

    entry = waits(studio, first=TUESDAY, last=TUESDAY)
    match(now=NOW)

    assert held_for(entry) == [(TUESDAY_TEN, "")]


def test_another_therapist_is_not_offered_to_who_named_one(studio):
    entry = waits(studio, therapist=make_therapist())

    match(now=NOW)

    assert held_for(entry) == []


def test_parts_of_the_day_are_those_of_the_wall_clock(studio):
    afternoon = waits(studio, parts=(DayPart.AFTERNOON,))
    morning = waits(studio, parts=(DayPart.MORNING,))

    match(now=NOW)

    assert (held_for(afternoon), held_for(morning)) == ([], STANDS)


def test_who_was_blocked_since_is_passed_over(studio):
    blocked, second = waits(studio, "Bob Blocked"), waits(studio)
    client = blocked.client
    client.blocked_at, client.block_reason = to_instant(NOW), "Rude"
    client.save()

    match(now=NOW)

    assert (held_for(blocked), held_for(second)) == ([], STANDS)
    assert blocked.state == WaitlistState.WAITING


def test_who_is_let_online_again_is_offered_what_they_were_passed_over_for(studio):
    entry = waits(studio)
    block(entry.client, reason="Rude", caller=RECEPTION, now=NOW)
    match(now=NOW)
    assert held_for(entry) == []

    unblock(entry.client, caller=RECEPTION, now=NOW)
    match(now=NOW)

    assert held_for(entry) == STANDS


def test_s10_nobody_is_offered_a_second_session_at_one_time(studio):
    entry = waits(studio, last=TUESDAY)
    make_booking(session_type=studio.session_type, client=entry.client, starts_at=at(TEN))

    match(now=NOW)

    assert held_for(entry) == [(TUESDAY_TEN, "")]


@pytest.mark.parametrize(
    ("wall", "held_minutes"),
    [
        ("2026-08-03 04:00", 120),  # four hours until the notice begins
        ("2026-08-03 06:00", 60),
        ("2026-08-03 07:40", 15),  # never less
        ("2026-08-03 07:46", None),  # nobody could answer in time
    ],
)
def test_an_offer_is_shorter_near_the_start(studio, wall, held_minutes):
    entry = waits(studio)

    match(now=minute(wall))

    offers = WaitlistOffer.objects.filter(entry=entry)
    found = [offer.expires_at - offer.offered_at for offer in offers]
    assert found == ([timedelta(minutes=held_minutes)] if held_minutes else [])


def test_who_waited_for_dates_that_are_over_vanishes(studio):
    booked(studio, TEN)
    entry = waits(studio)
    match(now=NOW)

    match(now=minute("2026-08-04 00:00"))

    entry.refresh_from_db()
    assert entry.state == WaitlistState.PASSED
    assert entry.events.get(to_state="passed").source == Source.CLOCK


def test_b3_offers_count_as_nobodys_holds(studio):
    browser = Caller(source=Source.SITE, browser_key="a browser", address_key="an address")
    entry = waits(studio, caller=browser)
    match(now=NOW)

    held(studio, TUESDAY_TEN, caller=browser)

    assert entry.offers.get().booking.status == Status.HELD


def test_a_worker_that_dies_leaves_what_is_left_to_the_next_one(studio, monkeypatch):
    entries = [waits(studio, last=TUESDAY) for _ in range(2)]
    done: list[object] = []

    def die_after_one(entry, start, *, now):
        if done:
            raise KeyboardInterrupt
        done.append(offer(entry, start, now=now))
        return done[0]

    monkeypatch.setattr(matching, "offer", die_after_one)
    with pytest.raises(KeyboardInterrupt):
        match(now=NOW)
    monkeypatch.undo()

    assert match(now=NOW) == 1
    assert [held_for(entry) for entry in entries] == [STANDS, [(TUESDAY_TEN, "")]]


def test_where_nothing_has_changed_it_is_two_queries(studio, django_assert_num_queries):
    booked(studio, TEN)
    for _ in range(3):
        waits(studio)
    match(now=NOW)

    with django_assert_num_queries(2):
        match(now=NOW)

    assert WaitlistLook.objects.count() == 1


def test_what_is_looked_up_does_not_grow_with_those_who_wait(studio, connection_queries):
    booked(studio, TEN)
    waits(studio)
    few = connection_queries(lambda: match(now=NOW))
    for _ in range(5):
        waits(studio)

    many = connection_queries(lambda: match(now=NOW))

    assert many - few == 0


@pytest.fixture
def connection_queries():
    def count(work):
        WaitlistLook.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            work()
        return len(queries)

    return count


def test_no_booking_is_left_over_where_nothing_could_be_offered(studio):
    booked(studio, TEN)
    waits(studio)

    match(now=NOW)

    assert Booking.objects.count() == 1
