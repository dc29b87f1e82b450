"""What reception may go past: each rule refuses at its edge and allows one step before it."""

from datetime import date

import pytest

from bookings.enums import Status
from bookings.errors import SlotUnavailable
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import ADA, RECEPTION, booked, minute, past, refused
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_client,
    make_closure_of_dates,
    make_extra_shift,
    make_location,
    make_room,
    make_shift,
    make_time_off,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
MONDAY = date(2026, 8, 3)


def test_s2_buffers_must_lie_in_working_time_too():
    studio = make_bookable(time_from="09:00", buffer_before_minutes=10)

    assert booked(studio, "2026-08-03 09:15").status == Status.CONFIRMED
    assert refused(studio, "2026-08-04 09:05").rule == Rule.WORKING


def test_s2_a_session_may_end_with_the_shift():
    studio = make_bookable(time_until="17:00", buffer_after_minutes=15)

    assert booked(studio, "2026-08-03 15:45").status == Status.CONFIRMED
    assert refused(studio, "2026-08-04 15:50").rule == Rule.WORKING


def test_s2_split_shifts_that_touch_are_one_stretch():
    studio = make_bookable(time_from="09:00", time_until="10:30")
    make_shift(
        therapist=studio.therapist, location=studio.location, time_from="10:30", time_until="12:00"
    )

    assert booked(studio, TEN).status == Status.CONFIRMED


def test_s2_split_shifts_with_a_gap_are_two_stretches():
    studio = make_bookable(time_from="09:00", time_until="10:30")
    make_shift(
        therapist=studio.therapist, location=studio.location, time_from="10:35", time_until="12:00"
    )

    assert refused(studio).rule == Rule.WORKING


def test_s2_an_extra_shift_is_working_time():
    studio = make_bookable(time_from="12:00")
    make_extra_shift(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-03 10:00",
        wall_until="2026-08-03 11:00",
    )

    assert booked(studio, TEN).status == Status.CONFIRMED


def test_s2_time_off_given_at_another_location_counts_here_on_that_wall_clock():
    studio = make_bookable()
    berlin = make_location(slug="berlin", timezone="Europe/Berlin")
    make_time_off(
        therapist=studio.therapist,
        location=berlin,
        wall_from="2026-08-03 18:00",  # 10:00 in Denver
        wall_until="2026-08-03 19:00",
    )

    assert refused(studio).rule == Rule.WORKING
    assert booked(studio, "2026-08-03 11:00").status == Status.CONFIRMED


def test_s2_a_closure_shuts_its_last_day_too():
    studio = make_bookable()
    make_closure_of_dates(
        location=studio.location, first_day=date(2026, 8, 1), last_day=date(2026, 8, 3)
    )

    assert refused(studio).rule == Rule.WORKING
    assert booked(studio, "2026-08-04 09:00").status == Status.CONFIRMED


def test_s2_a_session_may_run_over_midnight_from_one_shift_into_the_next():
    studio = make_bookable(time_from="20:00", time_until="24:00")
    make_shift(
        therapist=studio.therapist,
        location=studio.location,
        weekday=1,
        time_from="00:00",
        time_until="02:00",
    )

    assert booked(studio, "2026-08-03 23:30").date == MONDAY


def test_s8_barefoot_minutes_of_a_date_are_capped_without_buffers():
    studio = make_bookable(buffer_after_minutes=15)
    studio.therapist.max_barefoot_minutes_per_day = 120
    studio.therapist.save()
    booked(studio, "2026-08-03 09:00")
    booked(studio, "2026-08-03 10:30")

    error = refused(studio, "2026-08-03 13:00")

    assert (error.rule, error.overridable) == (Rule.BAREFOOT_CAP, True)
    assert booked(studio, "2026-08-04 13:00").status == Status.CONFIRMED


def test_s8_t7_a_booking_elsewhere_counts_on_the_date_of_its_own_location():
    studio = make_bookable(time_from="00:00", time_until="24:00")
    studio.therapist.max_barefoot_minutes_per_day = 60
    studio.therapist.save()
    kathmandu = make_room(location=make_location(slug="ktm", timezone="Asia/Kathmandu"))
    # Sunday evening in Denver, Monday in Kathmandu.
    elsewhere = at("2026-08-03 08:00", "Asia/Kathmandu")
    make_booking(therapist=studio.therapist, room=kathmandu, starts_at=elsewhere)

    assert refused(studio, "2026-08-03 12:00").rule == Rule.BAREFOOT_CAP
    assert booked(studio, "2026-08-02 12:00").status == Status.CONFIRMED


def test_s9_a_client_books_no_later_than_the_notice():
    studio = make_bookable()
    start = minute(TEN)

    assert booked(studio, TEN, now=start - 120).status == Status.CONFIRMED
    with pytest.raises(SlotUnavailable):
        booked(studio, "2026-08-03 12:00", now=start + 1)


def test_s9_a_client_books_up_to_the_last_day_of_the_horizon():
    studio = make_bookable()
    studio.location.horizon_days = 3
    studio.location.save()

    assert booked(studio, TEN).status == Status.CONFIRMED
    with pytest.raises(SlotUnavailable):
        booked(studio, "2026-08-04 10:00")


def test_s9_reception_books_past_the_notice_and_the_horizon():
    studio = make_bookable()
    now = minute("2026-08-03 09:58")

    assert booked(studio, TEN, caller=RECEPTION, now=now).status == Status.CONFIRMED
    assert booked(studio, "2027-08-03 10:00", caller=RECEPTION).status == Status.CONFIRMED


def test_s9_t5_reception_starts_at_any_five_minutes_and_a_client_on_the_step():
    studio = make_bookable(slot_step_minutes=30)

    with pytest.raises(SlotUnavailable):
        booked(studio, "2026-08-03 10:05")
    assert booked(studio, "2026-08-03 10:05", caller=RECEPTION).status == Status.CONFIRMED


def test_s9_a_walk_in_at_10_03_is_booked_at_10_00_with_a_reason():
    studio = make_bookable()
    now = minute("2026-08-03 10:03")

    error = refused(studio, now=now)
    booking = booked(studio, TEN, caller=RECEPTION, now=now, override=past(Rule.NOTICE_AND_HORIZON))

    assert (error.rule, error.overridable) == (Rule.NOTICE_AND_HORIZON, True)
    assert booking.events.get().overridden == ["S9"]


def test_s9_nobody_books_further_back_than_24_hours():
    studio = make_bookable()
    now = minute("2026-08-04 10:05")

    error = refused(studio, now=now, override=past(Rule.NOTICE_AND_HORIZON))

    assert (error.rule, error.overridable) == (Rule.NOTICE_AND_HORIZON, False)


def test_s10_a_known_client_cannot_be_in_two_sessions():
    studio = make_bookable()
    client = make_client()
    make_booking(client=client, starts_at=at("2026-08-03 10:30"))

    with pytest.raises(SlotUnavailable):
        booked(studio, TEN, client=client)


def test_s10_t3_a_known_client_may_go_from_one_session_to_the_next():
    studio = make_bookable()
    client = make_client()
    make_booking(client=client, starts_at=at("2026-08-03 11:00"), buffer_before_minutes=15)

    assert booked(studio, TEN, client=client).status == Status.CONFIRMED


def test_s10_is_never_judged_by_a_typed_address():
    studio = make_bookable()
    make_booking(client=make_client(email=ADA.email), starts_at=at(TEN))

    assert booked(studio, TEN).status == Status.CONFIRMED


def test_s10_reception_is_told_and_may_go_past_it():
    studio = make_bookable()
    client = make_client()
    make_booking(client=client, starts_at=at(TEN))

    error = refused(studio, client=client)
    booking = booked(studio, TEN, caller=RECEPTION, client=client, override=past(Rule.CLIENT_FREE))

    assert (error.rule, error.overridable) == (Rule.CLIENT_FREE, True)
    assert booking.events.get().reason == "The client asked for it."


def test_soft_rules_can_be_overridden_and_the_reason_is_recorded():
    studio = make_bookable(time_until="10:30")

    error = refused(studio)
    booking = booked(studio, TEN, caller=RECEPTION, override=past(Rule.WORKING))

    assert (error.rule, error.overridable) == (Rule.WORKING, True)
    event = booking.events.get()
    assert (event.overridden, event.reason) == (["S2"], "The client asked for it.")
