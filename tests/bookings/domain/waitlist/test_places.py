"""What reception can give to somebody who waits, and does."""

import pytest

from bookings.domain.cancelling import cancel
from bookings.domain.checks import findings
from bookings.domain.waitlist.entries import NotWaiting, decline
from bookings.domain.waitlist.matching import match
from bookings.domain.waitlist.places import book_place, offer_place, places_for
from bookings.enums import DayPart, OfferAnswer, Source, Status, WaitlistState
from bookings.errors import RuleRefused, SlotUnavailable
from tests.bookings.domain.asking import CLIENT, NOW, RECEPTION, booked, minute
from tests.bookings.domain.waitlist.waiting import FOR_GOOD, held_for, waits
from tests.factories import MONDAY, make_bookable

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"


@pytest.fixture
def studio():
    """Open for one hour on each day."""
    return make_bookable(time_from="10:00", time_until="11:00")


def test_what_suits_is_shown_with_who_could_take_it_and_until_when_it_would_be_held(studio):
    morning, evening = (waits(studio, parts=(part,)) for part in (DayPart.MORNING, DayPart.EVENING))

    [place] = places_for(morning, now=NOW)

    assert (place.start, place.therapists) == (minute(TEN), (studio.therapist.slug,))
    assert place.offered_until == NOW + 120
    assert places_for(evening, now=NOW) == []


def test_what_can_be_taken_back_or_begins_too_soon_is_only_booked(studio):
    entry = waits(studio)
    cancel(booked(studio, TEN), caller=CLIENT, now=NOW)
    too_soon = minute("2026-08-03 07:50")

    untils = [places_for(entry, now=now)[0].offered_until for now in (NOW, too_soon)]

    assert untils == [None, None]
    with pytest.raises(SlotUnavailable):
        offer_place(entry, minute(TEN), caller=RECEPTION, now=NOW)
    assert book_place(entry, minute(TEN), caller=RECEPTION, now=NOW).status == Status.CONFIRMED


def test_reception_offers_out_of_turn_and_what_was_declined_before(studio):
    _first, second = waits(studio), waits(studio)
    offer_place(second, minute(TEN), caller=RECEPTION, now=NOW)
    decline(second, caller=CLIENT, now=NOW)

    made = offer_place(second, minute(TEN), caller=RECEPTION, now=NOW)

    assert held_for(second) == [(TEN, OfferAnswer.DECLINED), (TEN, "")]
    assert (made.booking.status, made.booking.source) == (Status.HELD, Source.WAITLIST)
    assert list(second.events.all())[-1].source == Source.DESK


def test_what_is_booked_at_once_ends_the_waiting(studio):
    entry = waits(studio)

    booking = book_place(entry, minute(TEN), caller=RECEPTION, now=NOW)

    entry.refresh_from_db()
    assert (booking.client, booking.source) == (entry.client, Source.DESK)
    assert (entry.state, held_for(entry)) == (WaitlistState.BOOKED, [(TEN, OfferAnswer.ACCEPTED)])
    assert list(findings()) == []


def test_who_has_an_offer_is_given_nothing_beside_it(studio):
    entry = waits(studio, last=MONDAY.replace(day=4))
    match(now=NOW)

    for give in (offer_place, book_place):
        with pytest.raises(NotWaiting):
            give(entry, minute("2026-08-04 10:00"), caller=RECEPTION, now=NOW)


def test_a_place_that_has_gone_is_not_booked_and_they_go_on_waiting(studio):
    entry = waits(studio)
    booked(studio, TEN)

    with pytest.raises(RuleRefused):
        book_place(entry, minute(TEN), caller=RECEPTION, now=NOW + FOR_GOOD)

    entry.refresh_from_db()
    assert entry.state == WaitlistState.WAITING
