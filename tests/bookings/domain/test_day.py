"""What stands on the days of a location."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.bookable.availability import open_slots
from bookings.domain.bookable.hindrances import Hinders
from bookings.domain.bookable.question import Question
from bookings.domain.day import By, Column, Schedule, schedule_of
from bookings.domain.staff import Role, create_staff
from bookings.enums import Status
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Interval
from tests.factories import (
    MONDAY,
    Bookable,
    at,
    make_bookable,
    make_booking,
    make_closure_of_dates,
    make_closure_of_times,
    make_extra_shift,
    make_location,
    make_room,
    make_room_block,
    make_shift,
    make_therapist,
    make_time_off,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = to_minute(at("2026-08-03 07:00"))
DENVER = ZoneInfo("America/Denver")
TUESDAY = MONDAY + timedelta(days=1)


@dataclass
class Desk:
    """A place with one therapist and one room, and who looks at its days."""

    made: Bookable
    user: User

    def look(self, first: date = MONDAY, last: date | None = None, **asked: Any) -> Schedule:
        """The schedule of some days, by therapist unless said otherwise."""
        given: dict[str, Any] = {"by": By.THERAPIST, "user": self.user, "now": NOW}
        return schedule_of(self.made.location, first, last or first, **given | asked)

    def column(self, first: date = MONDAY, **asked: Any) -> Column:
        """The only column of a day."""
        [column] = self.look(first, **asked).columns
        return column

    def book(self, start: str, **values: Any) -> Any:
        """A booking with the one therapist in the one room."""
        made = self.made
        given: dict[str, Any] = {
            "therapist": made.therapist,
            "room": made.room,
            "session_type": made.session_type,
            "starts_at": at(start),
        }
        return make_booking(**given | values)


@pytest.fixture
def desk() -> Desk:
    made = make_bookable(buffer_before_minutes=10, buffer_after_minutes=15)
    return Desk(made, create_staff("robin", "barefoot-on-oiled-backs", Role.RECEPTIONIST))


def walls(intervals: list[Interval]) -> list[str]:
    """Stretches as a wall clock in Denver shows them."""
    return [
        "–".join(f"{to_instant(end).astimezone(DENVER):%a %H:%M}" for end in (each.start, each.end))
        for each in intervals
    ]


def test_what_nothing_takes_of_a_shift_is_free(desk):
    booking = desk.book("2026-08-03 10:00")

    column = desk.column()

    assert column.owner == desk.made.therapist
    assert column.bookings == [booking]
    assert walls(column.working) == ["Mon 09:00–Mon 17:00"]
    assert walls(column.free) == ["Mon 09:00–Mon 09:50", "Mon 11:15–Mon 17:00"]


def test_s2_extra_shifts_are_ground_too(desk):
    make_extra_shift(
        therapist=desk.made.therapist,
        location=desk.made.location,
        wall_from="2026-08-03 17:00",
        wall_until="2026-08-03 19:00",
    )

    assert walls(desk.column().working) == ["Mon 09:00–Mon 19:00"]


def test_s2_time_off_anywhere_is_named_and_not_free(desk):
    make_time_off(
        therapist=desk.made.therapist,
        location=make_location(timezone="America/New_York"),
        wall_from="2026-08-03 17:00",
        wall_until="2026-08-03 20:00",
    )

    column = desk.column()

    assert [(mark.kind, walls([mark.interval])) for mark in column.marks] == [
        (Hinders.TIME_OFF, ["Mon 15:00–Mon 18:00"])
    ]
    assert walls(column.free) == ["Mon 09:00–Mon 15:00"]


def test_s2_a_closure_of_the_day_leaves_nothing_free(desk):
    make_closure_of_dates(location=desk.made.location, first_day=MONDAY, last_day=TUESDAY)

    column = desk.column()

    assert [mark.kind for mark in column.marks] == [Hinders.CLOSED]
    assert walls([column.marks[0].interval]) == ["Mon 00:00–Tue 00:00"]
    assert walls(column.working) == ["Mon 09:00–Mon 17:00"]
    assert column.free == []


def test_s2_a_closure_of_some_hours_leaves_the_others(desk):
    make_closure_of_times(
        location=desk.made.location, wall_from="2026-08-03 12:00", wall_until="2026-08-03 13:00"
    )

    assert walls(desk.column().free) == ["Mon 09:00–Mon 12:00", "Mon 13:00–Mon 17:00"]


def test_who_neither_works_nor_has_a_session_has_no_column(desk):
    make_therapist(slug="zoe")

    assert [column.owner for column in desk.look().columns] == [desk.made.therapist]


def test_who_has_a_session_without_a_shift_has_a_column(desk):
    zoe = make_therapist(slug="zoe", active=False)
    booking = desk.book("2026-08-03 10:00", therapist=zoe)

    [_, column] = desk.look().columns

    assert (column.owner, column.working, column.bookings) == (zoe, [], [booking])


def test_s1_a_retired_therapist_works_no_more(desk):
    desk.made.therapist.active = False
    desk.made.therapist.save()

    assert desk.look().columns == []


@pytest.mark.parametrize(
    ("expires_at", "stands"), [("2026-08-03 07:01", True), ("2026-08-03 07:00", False)]
)
def test_b3_a_hold_past_its_time_does_not_stand(desk, expires_at, stands):
    desk.book("2026-08-03 10:00", status=Status.HELD, expires_at=at(expires_at))

    column = desk.column()

    assert bool(column.bookings) is stands
    assert len(column.free) == (2 if stands else 1)


@pytest.mark.parametrize("status", [Status.DECLINED, Status.EXPIRED])
def test_b1_what_is_not_live_is_not_there(desk, status):
    desk.book("2026-08-03 10:00", status=status)

    schedule = desk.look()

    assert [column.bookings for column in schedule.columns] == [[]]
    assert schedule.cancelled == []


def test_what_was_cancelled_stands_beside_the_columns(desk):
    cancelled = desk.book("2026-08-03 10:00", status=Status.CANCELLED)
    desk.book("2026-08-04 10:00", status=Status.CANCELLED)

    schedule = desk.look()

    assert schedule.cancelled == [cancelled]
    assert schedule.columns[0].bookings == []


def test_s3_a_session_at_another_location_takes_her_time(desk):
    elsewhere = desk.book("2026-08-03 10:00", room=make_room())

    column = desk.column()

    assert (column.bookings, column.elsewhere) == ([], [elsewhere])
    assert walls(column.free) == ["Mon 09:00–Mon 09:50", "Mon 11:15–Mon 17:00"]


def test_t7_a_session_past_midnight_touches_both_days(desk):
    booking = desk.book("2026-08-03 23:30")

    assert [desk.column(day).bookings for day in (MONDAY, TUESDAY)] == [[booking], [booking]]
    assert desk.column(MONDAY + timedelta(days=2)).bookings == []


def test_t7_in_a_week_it_stands_on_its_own_day_alone(desk):
    booking = desk.book("2026-08-03 23:30")

    columns = desk.look(MONDAY, MONDAY + timedelta(days=6), only="therapist-1").columns

    assert [column.bookings for column in columns] == [[booking], [], [], [], [], [], []]


@pytest.mark.parametrize(("by", "only"), [(By.THERAPIST, "therapist-1"), (By.ROOM, "room-1")])
def test_a_week_tells_of_nobody_else(desk, by, only):
    others = {"therapist": make_therapist(), "room": make_room(location=desk.made.location)}
    desk.book("2026-08-03 12:00", **others)
    desk.book("2026-08-04 12:00", status=Status.CANCELLED, **others)
    own = desk.book("2026-08-04 10:00", status=Status.CANCELLED)

    schedule = desk.look(MONDAY, TUESDAY, by=by, only=only)

    assert [column.bookings for column in schedule.columns] == [[], []]
    assert schedule.cancelled == [own]


def test_t4_a_shift_across_midnight_belongs_to_both_days(desk):
    night = make_therapist(slug="night")
    make_shift(therapist=night, location=desk.made.location, time_from="20:00", time_until="02:00")

    monday, tuesday = (desk.look(day, only="night").columns[0] for day in (MONDAY, TUESDAY))

    assert walls(monday.working) == ["Mon 20:00–Tue 00:00"]
    assert walls(tuesday.working) == ["Tue 00:00–Tue 02:00"]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 3, 9), 24), (date(2026, 11, 1), 25)]
)
def test_t4_a_shift_of_the_whole_day_is_as_long_as_the_day(desk, day, hours):
    all_day = make_therapist(slug="always")
    make_shift(
        therapist=all_day,
        location=desk.made.location,
        weekday=day.weekday(),
        time_from="00:00",
        time_until="24:00",
    )

    [column] = desk.look(day, only="always").columns

    assert [each.end - each.start for each in column.working] == [hours * 60]


def test_by_room_the_ground_is_everybodys_time(desk):
    late = make_therapist(slug="late")
    make_shift(therapist=late, location=desk.made.location, time_from="16:00", time_until="20:00")
    booking = desk.book("2026-08-03 10:00")

    column = desk.column(by=By.ROOM)

    assert (column.owner, column.bookings) == (desk.made.room, [booking])
    assert walls(column.working) == ["Mon 09:00–Mon 20:00"]
    assert walls(column.free) == ["Mon 09:00–Mon 09:50", "Mon 11:15–Mon 20:00"]


def test_by_room_nothing_is_free_while_nobody_is_at_work(desk):
    make_time_off(
        therapist=desk.made.therapist,
        location=desk.made.location,
        wall_from="2026-08-03 12:00",
        wall_until="2026-08-03 17:00",
    )

    column = desk.column(by=By.ROOM)

    assert column.marks == []
    assert walls(column.free) == ["Mon 09:00–Mon 12:00"]


def test_s4_a_blocked_room_is_named_and_not_free(desk):
    times = {"wall_from": "2026-08-03 12:00", "wall_until": "2026-08-03 14:00"}
    make_room_block(room=desk.made.room, **times)
    make_room_block(room=make_room(), **times)

    schedule = desk.look(by=By.ROOM)

    [column] = schedule.columns
    assert [(mark.kind, mark.owner) for mark in column.marks] == [(Hinders.BLOCKED, "Room-1")]
    assert walls(column.free) == ["Mon 09:00–Mon 12:00", "Mon 14:00–Mon 17:00"]
    assert [mark.owner for mark in desk.look().blocks] == ["Room-1"]


def test_s1_a_retired_room_is_there_only_with_a_session(desk):
    retired = make_room(location=desk.made.location, slug="old", active=False)
    assert [column.owner for column in desk.look(by=By.ROOM).columns] == [desk.made.room]

    booking = desk.book("2026-08-03 10:00", room=retired)

    [column, _] = desk.look(by=By.ROOM).columns
    assert (column.owner, column.bookings, column.free) == (retired, [booking], [])


@pytest.mark.parametrize(("role", "sees"), [(Role.MANAGER, True), (Role.RECEPTIONIST, False)])
def test_s7_a_private_period_is_there_for_managers_alone(desk, role, sees):
    make_time_off(
        therapist=desk.made.therapist,
        location=desk.made.location,
        wall_from="2026-08-03 12:00",
        wall_until="2026-08-03 14:00",
        barefoot_only=True,
    )
    user = create_staff("looks", "barefoot-on-oiled-backs", role)

    column = desk.column(user=user)

    assert [mark.kind for mark in column.marks] == ([Hinders.NOT_BAREFOOT] if sees else [])
    assert walls(column.free) == ["Mon 09:00–Mon 17:00"]


def test_p2_a_therapist_sees_her_own_column_and_bookings(desk):
    mei = make_therapist(slug="mei")
    make_shift(therapist=mei, location=desk.made.location)
    user = create_staff("mei", "barefoot-on-oiled-backs", Role.THERAPIST, therapist=mei)
    own = desk.book("2026-08-03 10:00", therapist=mei)
    desk.book("2026-08-03 12:00")
    desk.book("2026-08-03 14:00", status=Status.CANCELLED)

    schedule = desk.look(user=user)

    assert [(each.owner, each.bookings) for each in schedule.columns] == [(mei, [own])]
    assert schedule.cancelled == []


def test_what_is_free_is_what_can_be_booked(desk):
    """The board and the listing read the same schedule in two ways."""
    made = desk.made
    desk.book("2026-08-03 10:00")
    desk.book("2026-08-03 15:00", room=make_room())
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 12:30",
        wall_until="2026-08-03 13:00",
    )
    make_closure_of_times(
        location=made.location, wall_from="2026-08-03 16:45", wall_until="2026-08-04 09:20"
    )
    question = Question(made.location, made.session_type, MONDAY, TUESDAY, NOW, is_staff=True)
    length = made.session_type.length

    listed = [slot.starts_at for slot in open_slots(question)]

    free = [each for day in (MONDAY, TUESDAY) for each in desk.column(day).free]
    assert listed == [
        start + length.buffer_before
        for each in free
        for start in range(each.start, each.end - length.occupied + 5, 5)
    ]


@pytest.mark.parametrize("by", By)
def test_the_number_of_queries_does_not_grow_with_rows(desk, by):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.look(MONDAY, TUESDAY, by=by)
        return len(captured)

    desk.book("2026-08-03 10:00")
    count()  # what the account may do is asked once
    before = count()
    for number in range(5):
        therapist = make_therapist()
        make_shift(therapist=therapist, location=desk.made.location)
        room = make_room(location=desk.made.location)
        desk.book(f"2026-08-03 {11 + number}:30", therapist=therapist, room=room)
        make_room_block(room=room, wall_from="2026-08-03 08:00", wall_until="2026-08-03 09:00")

    assert count() == before
