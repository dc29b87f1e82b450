"""Writers at the same moment, in processes of their own (rules B2, B5 and B10).

`checkschedule` looks over the database after each race.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bookings.domain.asking import minute
from tests.bookings.domain.racing import Attempt, Race, racecourse

RACERS = 4


class Field:
    """A studio on a live database, and the races run on it."""

    def __init__(self, race: Race) -> None:
        self.race = race

    def prepare(self, *walls: str) -> list[str]:
        """Write the studio, with bookings that start at wall-clock times; their references."""
        [said] = self.race(Attempt("write_studio", tuple(minute(wall) for wall in walls)))
        self.location, self.session_type, *references = said.split()
        return references

    def booking_at(self, wall: str) -> Attempt:
        return Attempt("book_at", (self.location, self.session_type, minute(wall)))

    def series_at(self, *walls: str) -> Attempt:
        starts = [minute(wall) for wall in walls]
        return Attempt("book_series_at", (self.location, self.session_type, *starts))

    def is_sound(self) -> bool:
        """Whether `checkschedule` finds nothing wrong."""
        return self.race(Attempt("look_over")) == ["sound"]


@pytest.fixture
def field(live_database: str, tmp_path: Path) -> Iterator[Field]:
    with racecourse(live_database, str(tmp_path / "data")) as race:
        yield Field(race)


def test_b2_of_many_at_one_slot_one_wins(field: Field):
    field.prepare()

    outcomes = field.race(*[field.booking_at("2026-08-03 10:00")] * RACERS)

    assert outcomes == ["SlotUnavailable"] * (RACERS - 1) + ["booked"]
    assert field.is_sound()


def test_b2_of_many_at_overlapping_slots_one_wins(field: Field):
    field.prepare()
    walls = [f"2026-08-03 10:{quarter:02}" for quarter in (0, 15, 30, 45)]

    outcomes = field.race(*[field.booking_at(wall) for wall in walls])

    assert outcomes == ["SlotUnavailable"] * (RACERS - 1) + ["booked"]
    assert field.is_sound()


def test_b5_two_moves_into_each_others_slot_leave_both_where_they_were(field: Field):
    first, second = "2026-08-03 10:00", "2026-08-03 13:00"
    one, other = field.prepare(first, second)

    outcomes = field.race(
        Attempt("move_to", (one, minute(second))), Attempt("move_to", (other, minute(first)))
    )

    assert outcomes == ["SlotUnavailable", "SlotUnavailable"]
    assert field.is_sound()


def test_two_moves_into_one_slot_let_one_through(field: Field):
    one, other = field.prepare("2026-08-03 10:00", "2026-08-03 13:00")
    noon = minute("2026-08-03 11:30")

    outcomes = field.race(Attempt("move_to", (one, noon)), Attempt("move_to", (other, noon)))

    assert outcomes == ["SlotUnavailable", "moved"]
    assert field.is_sound()


def test_b8_of_two_who_give_one_booking_away_the_second_is_told(field: Field):
    ten = "2026-08-03 10:00"
    [booking] = field.prepare(ten)
    [ill] = field.race(Attempt("take_ill"))

    outcomes = field.race(
        *(Attempt("give_to", (booking, minute(ten), taker, ill)) for taker in ("amy", "zoe"))
    )

    assert outcomes == ["ChangedMeanwhile", "given"]
    assert field.is_sound()


def test_the_database_alone_refuses_when_writers_take_no_locks(field: Field):
    field.prepare()

    outcomes = field.race(*[field.booking_at("2026-08-03 10:00")] * RACERS, guarded=False)

    assert outcomes == ["SlotUnavailable"] * (RACERS - 1) + ["booked"]


def test_the_race_is_real_without_any_guard(field: Field):
    field.prepare()
    field.race(Attempt("drop_constraints"))

    outcomes = field.race(*[field.booking_at("2026-08-03 10:00")] * RACERS, guarded=False)

    assert outcomes.count("booked") > 1
    assert not field.is_sound()


def test_b7_a_client_who_is_merged_while_somebody_books_for_them_keeps_the_booking(field: Field):
    field.prepare("2026-08-03 09:00", "2026-08-03 10:00")
    ask = field.location, field.session_type

    outcomes = field.race(
        Attempt("book_for", (1, *ask, minute("2026-08-03 11:00"))),
        Attempt("merge_into", (2, 1)),
        Attempt("book_for", (1, *ask, minute("2026-08-03 13:00"))),
    )

    assert outcomes == ["booked", "booked", "merged"]
    assert field.is_sound()


def test_of_two_who_merge_the_same_clients_either_way_round_one_is_refused(field: Field):
    field.prepare("2026-08-03 09:00", "2026-08-03 10:00")

    outcomes = field.race(Attempt("merge_into", (1, 2)), Attempt("merge_into", (2, 1)))

    assert outcomes == ["WrongState", "merged"]
    assert field.is_sound()


def test_two_workers_at_once_offer_nothing_twice_and_keep_the_order(field: Field):
    hours = [f"2026-08-03 {hour:02}:00" for hour in (9, 10, 11, 12, 13, 14)]
    field.prepare(*hours)  # 15:00 to 17:00 is left, room for two
    field.race(Attempt("wait_for", (4,)))

    made = field.race(*[Attempt("offer_what_is_open")] * 2)

    assert sum(map(int, made)) == 2
    assert field.race(Attempt("offers")) == ["2 2 2 Waits0"]
    assert field.is_sound()


def test_of_an_offer_and_a_visitor_at_one_slot_one_wins(field: Field):
    hours = [f"2026-08-03 {hour:02}:00" for hour in (9, 10, 11, 12, 13, 14, 15)]
    field.prepare(*hours)
    field.race(Attempt("wait_for", (1,)))

    outcomes = field.race(Attempt("offer_what_is_open"), field.booking_at("2026-08-03 16:00"))

    assert outcomes in (["0", "booked"], ["1", "SlotUnavailable"])
    assert field.is_sound()


def test_of_two_pairs_and_a_single_booker_at_the_last_two_therapists_nobody_is_booked_by_half(
    field: Field,
):
    field.prepare()
    field.race(Attempt("make_room_for_two"))

    outcomes = field.race(
        Attempt("book_pair_at", (minute("2026-08-03 10:00"),)),
        Attempt("book_pair_at", (minute("2026-08-03 10:30"),)),
        field.booking_at("2026-08-03 10:15"),
    )

    [pairs] = field.race(Attempt("pairs_at"))
    assert (outcomes, pairs) in (
        (["PairUnavailable", "SlotUnavailable", "both"], "2/1"),
        (["PairUnavailable", "PairUnavailable", "booked"], ""),
    )
    assert field.is_sound()


def test_b5_a_pair_that_moves_against_a_single_booker_moves_whole_or_not_at_all(field: Field):
    field.prepare()
    field.race(Attempt("make_room_for_two"))
    field.race(Attempt("book_pair_at", (minute("2026-08-03 10:00"),)))

    outcomes = field.race(
        Attempt("move_pair_to", (minute("2026-08-03 14:00"),)),
        field.booking_at("2026-08-03 14:30"),
    )

    assert outcomes in (["SlotUnavailable", "moved"], ["PairUnavailable", "booked"])
    assert field.race(Attempt("pairs_at")) == ["2/1"]
    assert field.is_sound()


def test_of_two_series_that_overlap_on_one_date_one_is_booked_and_of_the_other_nothing(
    field: Field,
):
    field.prepare()
    mondays = [f"2026-08-{day:02} 10:00" for day in (3, 10, 17, 24)]
    tuesdays = ["2026-08-24 10:30", "2026-08-11 10:00", "2026-08-18 10:00", "2026-08-25 10:00"]

    outcomes = field.race(field.series_at(*mondays), field.series_at(*tuesdays))

    assert outcomes == ["SeriesUnavailable", "series"]
    assert field.race(Attempt("sizes_of_series")) == ["4"]
    assert field.is_sound()


def test_a_series_against_single_bookers_is_booked_whole_or_not_at_all(field: Field):
    field.prepare()
    mondays = [f"2026-08-{day:02} 10:00" for day in (3, 10, 17, 24)]

    outcomes = field.race(
        field.series_at(*mondays), *(field.booking_at(wall) for wall in mondays[2:])
    )

    [sizes] = field.race(Attempt("sizes_of_series"))
    assert (outcomes, sizes) in (
        (["SlotUnavailable", "SlotUnavailable", "series"], "4"),
        (["SeriesUnavailable", "booked", "booked"], ""),
    )
    assert field.is_sound()


def test_b5_a_series_that_moves_against_single_bookers_moves_whole_or_not_at_all(field: Field):
    field.prepare()
    field.race(field.series_at(*(f"2026-08-{day:02} 10:00" for day in (3, 10, 17, 24))))

    outcomes = field.race(
        Attempt("move_series_to", (minute("2026-08-10 10:00"),)),
        field.booking_at("2026-08-31 10:30"),
    )

    assert outcomes in (["SlotUnavailable", "moved"], ["SeriesUnavailable", "booked"])
    assert field.race(Attempt("days_between_series")) == ["7 7 7"]
    assert field.is_sound()
