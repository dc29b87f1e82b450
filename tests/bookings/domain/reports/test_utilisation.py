from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bookings.domain.reports.period import Grain, Period
from bookings.domain.reports.utilisation import Use, all_of, utilisation
from bookings.enums import Status
from bookings.models import Booking
from studio.premises.models import Room
from tests.bookings.domain.oracle import Oracle, between, minutes_of
from tests.bookings.domain.random_studios import random_studio, with_studios_at_random
from tests.bookings.domain.reports.asking import scope_of
from tests.factories import (
    MONDAY,
    at,
    make_booking,
    make_closure_of_dates,
    make_location,
    make_room,
    make_room_block,
    make_shift,
    make_therapist,
    make_time_off,
)
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

DAY = timedelta(days=1)
ONLY_MONDAY = Period(MONDAY, MONDAY)


def shares(used):
    """Taken and open minutes of the whole period by slug."""
    return {each.owner.slug: (each.total.taken, each.total.open) for each in used}


def test_a_monday_worked_out_by_hand():
    here = make_location()
    north, south = (make_room(location=here, slug=slug) for slug in ("north", "south"))
    mei, noa = make_therapist(slug="mei"), make_therapist(slug="noa")
    make_shift(therapist=mei, location=here, time_from="09:00", time_until="17:00")
    make_shift(therapist=noa, location=here, time_from="12:00", time_until="20:00")
    make_time_off(
        therapist=mei, location=here, wall_from="2026-08-03 15:00", wall_until="2026-08-04 00:00"
    )
    make_room_block(room=north, wall_from="2026-08-03 08:00", wall_until="2026-08-03 10:00")
    make_booking(
        therapist=mei,
        room=north,
        starts_at=at("2026-08-03 10:10"),
        duration_minutes=60,
        buffer_before_minutes=10,
        buffer_after_minutes=15,
    )
    make_booking(
        therapist=mei, room=north, starts_at=at("2026-08-03 12:00"), status=Status.COMPLETED
    )
    make_booking(
        therapist=noa,
        room=south,
        starts_at=at("2026-08-03 13:00"),
        duration_minutes=90,
        status=Status.NO_SHOW,
    )
    make_booking(
        therapist=noa, room=south, starts_at=at("2026-08-03 16:00"), status=Status.CANCELLED
    )
    make_booking(
        therapist=noa,
        room=south,
        starts_at=at("2026-08-03 18:00"),
        status=Status.HELD,
        expires_at=at("2026-08-03 07:00"),
    )

    found = utilisation(scope_of())

    # Mei: 9 to 15, and 85 + 60 taken. Noa: 12 to 20, and 90. The house: 9 to 20.
    assert shares(found.therapists) == {"mei": (145, 360), "noa": (90, 480)}
    assert shares(found.rooms) == {"north": (145, 600), "south": (90, 660)}
    assert all_of(found.therapists, 7)[0] == Use(235, 840)


def test_closures_leave_nothing_open():
    here = make_location()
    mei = make_therapist(slug="mei")
    make_shift(therapist=mei, location=here)
    make_closure_of_dates(location=here, first_day=MONDAY, last_day=MONDAY)
    make_booking(therapist=mei, room=make_room(location=here, slug="north"))

    found = utilisation(scope_of())

    assert shares(found.therapists) == {"mei": (60, 0)}
    assert shares(found.rooms) == {"north": (60, 0)}
    assert found.therapists[0].total.share is None


def test_sessions_outside_of_the_shift_make_more_than_all_of_it():
    here = make_location()
    mei = make_therapist(slug="mei")
    make_shift(therapist=mei, location=here, time_from="10:00", time_until="11:00")
    room = make_room(location=here)
    make_booking(therapist=mei, room=room, starts_at=at("2026-08-03 10:00"))
    make_booking(therapist=mei, room=room, starts_at=at("2026-08-03 11:00"))

    assert utilisation(scope_of()).therapists[0].total.share == 2


def test_s7_a_private_period_is_working_time():
    here, mei = make_location(), make_therapist(slug="mei")
    make_shift(therapist=mei, location=here)
    make_time_off(
        therapist=mei,
        location=here,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 17:00",
        barefoot_only=True,
    )

    assert shares(utilisation(scope_of()).therapists) == {"mei": (0, 480)}


@pytest.mark.parametrize(
    ("day", "minutes"), [(date(2026, 11, 1), 7 * 60), (date(2027, 3, 14), 5 * 60)]
)
def test_t4_time_is_what_elapses_when_the_clocks_change(day, minutes):
    here, mei = make_location(), make_therapist(slug="mei")
    make_shift(therapist=mei, location=here, weekday=6, time_from="00:00", time_until="06:00")

    found = utilisation(scope_of(period=Period(day, day)))

    assert shares(found.therapists) == {"mei": (0, minutes)}


def test_t7_each_location_has_its_own_monday():
    denver, tokyo = make_location(), make_location(timezone="Asia/Tokyo")
    mei = make_therapist(slug="mei")
    for here in (denver, tokyo):
        make_booking(
            therapist=mei,
            room=make_room(location=here),
            starts_at=at("2026-08-03 23:55", here.timezone),
            duration_minutes=30,
        )

    assert shares(utilisation(scope_of(period=ONLY_MONDAY)).therapists) == {"mei": (60, 0)}
    assert shares(utilisation(scope_of(tokyo, period=ONLY_MONDAY)).therapists) == {"mei": (30, 0)}


def test_who_is_retired_counts_where_she_was_booked():
    here = make_location()
    left, gone = (make_therapist(slug=slug, active=False) for slug in ("left", "gone"))
    room = make_room(location=here, slug="north", active=False)
    for therapist in (left, gone):
        make_shift(therapist=therapist, location=here)
    make_booking(therapist=left, room=room)

    found = utilisation(scope_of())

    assert shares(found.therapists) == {"left": (60, 480)}
    assert shares(found.rooms) == {"north": (60, 480)}


def test_it_takes_no_more_queries_for_more_rows():
    here = make_location()

    def add():
        therapist, room = make_therapist(), make_room(location=here)
        make_shift(therapist=therapist, location=here)
        make_time_off(
            therapist=therapist,
            location=here,
            wall_from="2026-08-03 09:00",
            wall_until="2026-08-03 12:00",
        )
        make_booking(therapist=therapist, room=room)

    def queries():
        with CaptureQueriesContext(connection) as found:
            utilisation(scope_of(here))
        return len(found)

    add()
    at_one = queries()
    for _ in range(9):
        add()

    assert queries() == at_one


@with_studios_at_random(25)
def test_it_is_what_a_count_of_every_minute_gives(rng: Random) -> None:
    with transaction.atomic():
        studio = random_studio(rng)
        period = Period(studio.day - DAY, studio.day + DAY)

        found = utilisation(
            scope_of(studio.location, period=period, grain=Grain.DAY, now=studio.now)
        )

        oracle = Oracle(studio.location, studio.session_type, studio.day, studio.now)
        people, rooms = Therapist.objects.all(), Room.objects.filter(location=studio.location)
        counted = MinuteByMinute(oracle, period)
        assert uses(found.therapists) == counted.uses(people)
        assert uses(found.rooms) == counted.uses(rooms)
        transaction.set_rollback(True)


def uses(used):
    """The use of each date by slug."""
    return {each.owner.slug: each.by_part for each in used}


class MinuteByMinute:
    """Utilisation as its words say, from the oracle's sets of minutes."""

    def __init__(self, oracle: Oracle, period: Period) -> None:
        self.oracle, self.zone = oracle, oracle.location.timezone
        self.dates = {day: minutes_of(self.zone, day) for day in period.dates()}
        self.bookings = [
            booking
            for booking in oracle.bookings
            if booking.location_id == oracle.location.pk and booking.date in self.dates
        ]
        self.at_work = frozenset[int]().union(
            *(oracle._working(each) for each in Therapist.objects.all() if self._counts(each))
        )

    def uses(self, owners: Iterable[Therapist] | Iterable[Room]) -> dict[str, list[Use]]:
        """By slug, of those who are booked, or in use and open."""
        found = {each.slug: self._uses(each) for each in owners if self._counts(each)}
        return {slug: uses for slug, uses in found.items() if any(use != Use() for use in uses)}

    def _uses(self, owner: Therapist | Room) -> list[Use]:
        is_open, mine = self._open(owner), self._booked(owner)
        return [
            Use(
                sum(b.occupied_until - b.occupied_from for b in mine if b.date == day),
                sum(minute in is_open for minute in minutes),
            )
            for day, minutes in self.dates.items()
        ]

    def _counts(self, owner: Therapist | Room) -> bool:
        return owner.active or bool(self._booked(owner))

    def _booked(self, owner: Therapist | Room) -> list[Booking]:
        return [booking for booking in self.bookings if owner in (booking.therapist, booking.room)]

    def _open(self, owner: Therapist | Room) -> frozenset[int]:
        if isinstance(owner, Therapist):
            return self.oracle._working(owner)
        blocked = [between(self.zone, b.wall_from, b.wall_until) for b in owner.blocks.all()]
        return self.at_work.difference(*blocked)
