"""Whatever happens, nothing is offered twice, and who has waited longest comes first."""

from datetime import timedelta
from random import Random

import pytest

from bookings.domain.cancelling import cancel, may_undo, undo
from bookings.domain.checks import findings
from bookings.domain.waitlist.entries import (
    decline,
    longing_of,
    part_of,
    slots_for,
    standing_offer,
    withdraw,
)
from bookings.domain.waitlist.matching import match
from bookings.enums import DayPart, Source, Status, WaitlistState
from bookings.errors import SlotUnavailable
from bookings.models import Booking, WaitlistEntry, WaitlistOffer
from bookings.scheduling.hours import to_instant, to_minute
from tests.bookings.domain.asking import CLIENT, NOW, booked
from tests.bookings.domain.waitlist.waiting import waits
from tests.factories import MONDAY, make_bookable

pytestmark = pytest.mark.django_db

STEPS = 20
PARTS = [(), (DayPart.MORNING,), (DayPart.AFTERNOON,)]


class Crowd:
    """A studio with four hours on each of two days, and people who come and go at random."""

    def __init__(self, seed: int) -> None:
        self.random, self.now = Random(seed), NOW
        self.studio = make_bookable(time_from="10:00", time_until="14:00", slot_step_minutes=60)

    def book(self) -> None:
        day, hour = self.random.choice((3, 4)), self.random.randrange(10, 14)
        try:
            booked(self.studio, f"2026-08-{day:02} {hour}:00", now=self.now)
        except SlotUnavailable:
            return

    def cancel(self) -> None:
        if made := list(Booking.objects.filter(status=Status.CONFIRMED)):
            cancel(self.random.choice(made), caller=CLIENT, now=self.now)

    def join(self) -> None:
        first = MONDAY + timedelta(self.random.randrange(2))
        waits(
            self.studio,
            first=first,
            last=MONDAY + timedelta(1),
            parts=self.random.choice(PARTS),
            now=self.now,
        )

    def withdraw(self) -> None:
        if waiting := list(WaitlistEntry.objects.filter(state=WaitlistState.WAITING)):
            withdraw(self.random.choice(waiting), caller=CLIENT, now=self.now)

    def decline(self) -> None:
        standing = [entry for entry in WaitlistEntry.objects.all() if standing_offer(entry)]
        if standing:
            decline(self.random.choice(standing), caller=CLIENT, now=self.now)

    def wait(self) -> None:
        self.now += self.random.choice((1, 3, 10, 60))
        match(now=self.now)  # so that what has run out is known to have

    def undo(self) -> None:
        for booking in Booking.objects.filter(status=Status.CANCELLED):
            if not may_undo(booking, now=self.now):
                continue
            try:
                undo(booking, caller=CLIENT, now=self.now)
            except SlotUnavailable:  # nobody but who booked it since is in the way
                [other] = Booking.objects.live().overlapping(booking.occupied)
                assert other.source != Source.WAITLIST

    def offerable(self, entry: WaitlistEntry) -> set[int]:
        return {
            slot.starts_at
            for slot in slots_for(longing_of(entry), now=self.now, leaves_undo=True)
            if part_of(entry.location, slot.starts_at) in entry.day_parts
        }

    def do_something(self) -> None:
        works = (self.book, self.cancel, self.cancel, self.join, self.join, self.decline)
        self.random.choice((*works, self.withdraw, self.wait, self.undo))()


def refused(entry: WaitlistEntry) -> set[int]:
    return {to_minute(offer.starts_at) for offer in entry.offers.all()}


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_offered_twice_and_who_waited_longest_comes_first(seed: int) -> None:
    crowd = Crowd(seed)
    offered = 0
    for _ in range(STEPS):
        crowd.do_something()
        before = set(WaitlistOffer.objects.values_list("pk", flat=True))

        match(now=crowd.now)

        standing = WaitlistOffer.objects.filter(answer="").select_related("booking", "entry")
        assert all(
            offer.booking.status == Status.HELD and offer.entry.state == WaitlistState.OFFERED
            for offer in standing
        )
        assert len({offer.booking.starts_at for offer in standing}) == len(standing)
        waiting = list(WaitlistEntry.objects.filter(state=WaitlistState.WAITING))
        for entry in waiting:
            assert crowd.offerable(entry) <= refused(entry)
        for offer in standing.exclude(pk__in=before):
            offered += 1
            start = to_minute(offer.starts_at)
            day = to_instant(start).astimezone(crowd.studio.location.zone).date()
            passed_over = [
                entry
                for entry in waiting
                if (entry.joined_at, entry.pk) < (offer.entry.joined_at, offer.entry.pk)
                and entry.first <= day <= entry.last
                and part_of(crowd.studio.location, start) in entry.day_parts
                and start not in refused(entry)
            ]
            assert passed_over == []
    assert offered
    assert list(findings()) == []
