"""Hold, book and confirm: each rule refuses at its edge and allows one step before it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bookings.domain.bookable import question as asked
from bookings.domain.bookable.availability import open_slots
from bookings.domain.booking import book, cancellable_until, confirm, hold
from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel
from bookings.domain.requests import AnswersGiven, Details
from bookings.enums import EventKind, Source, Status
from bookings.errors import (
    HoldExpired,
    QuestionnaireOutdated,
    RuleRefused,
    SlotUnavailable,
    TooManyHolds,
    WrongState,
)
from bookings.models import Booking, Client, Question, Questionnaire
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import (
    ADA,
    CLIENT,
    NOW,
    RECEPTION,
    booked,
    held,
    minute,
    past,
    wish,
)
from tests.factories import (
    Bookable,
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_client,
    make_closure_of_dates,
    make_extra_shift,
    make_inspection,
    make_location,
    make_qualification,
    make_room,
    make_room_block,
    make_session_type,
    make_shift,
    make_therapist,
    make_time_off,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
MONDAY = date(2026, 8, 3)


def refused(what: Bookable, wall: str = TEN, **options: object) -> RuleRefused:
    """The rule that keeps reception from booking."""
    with pytest.raises(RuleRefused) as caught:
        booked(what, wall, caller=RECEPTION, **options)  # type: ignore[arg-type]  # passed on
    return caught.value


# Booking at all


def test_a_booking_takes_therapist_room_and_time():
    studio = make_bookable(buffer_before_minutes=10, buffer_after_minutes=15)

    booking = booked(studio, TEN)

    assert booking.status == Status.CONFIRMED
    assert (booking.therapist, booking.room) == (studio.therapist, studio.room)
    assert booking.starts_at == at(TEN)
    assert booking.date == MONDAY
    assert booking.occupied_from == minute("2026-08-03 09:50")
    assert booking.occupied_until == minute("2026-08-03 11:15")


def test_p1_a_typed_address_joins_no_client_that_is_known():
    studio = make_bookable()
    known = make_client(email=ADA.email)

    booking = booked(studio, TEN)

    assert booking.client != known


def test_b4_later_edits_change_nothing_of_a_booking():
    studio = make_bookable()
    booking = booked(studio, TEN)
    session_type = studio.session_type
    session_type.name, session_type.price, session_type.duration_minutes = "Other", 999, 30
    session_type.save()
    studio.location.free_cancellation_hours = 1
    studio.location.save()

    booking.refresh_from_db()

    assert booking.session_name != "Other"
    assert booking.price == Decimal("120.00")
    assert booking.duration_minutes == 60
    assert booking.free_cancellation_hours == 24


def test_b7_a_booking_is_recorded_with_who_and_from_where():
    booking = booked(make_bookable(), TEN)

    [event] = booking.events.all()

    assert (event.kind, event.source, event.by) == (EventKind.BOOKED, Source.API, None)
    assert (event.from_status, event.to_status) == ("", Status.CONFIRMED)
    assert event.at == to_instant(NOW)


# Each rule at its edge


def test_s1_a_retired_session_type_is_refused():
    studio = make_bookable()
    studio.session_type.active = False
    studio.session_type.save()

    assert refused(studio).rule == Rule.OFFERED


def test_s1_a_session_type_that_is_not_offered_at_the_location_is_refused():
    studio = make_bookable()
    studio.session_type.locations.clear()

    assert refused(studio).rule == Rule.OFFERED


def test_s1_a_retired_therapist_is_refused():
    studio = make_bookable()
    studio.therapist.active = False
    studio.therapist.save()

    assert refused(studio, therapist=studio.therapist).rule == Rule.OFFERED


def test_s1_a_therapist_who_does_not_offer_the_session_is_refused():
    studio = make_bookable()
    studio.session_type.therapists.clear()

    assert refused(studio, therapist=studio.therapist).rule == Rule.OFFERED


def test_s1_a_retired_room_is_not_used():
    studio = make_bookable()
    studio.room.active = False
    studio.room.save()

    assert refused(studio).rule == Rule.OFFERED


def test_s1_a_room_of_another_location_is_refused():
    studio = make_bookable()
    elsewhere = make_room(location=make_location(slug="elsewhere"))

    with pytest.raises(RuleRefused) as caught:
        book(wish(studio, TEN, room=elsewhere), Details(ADA), caller=RECEPTION, now=NOW)

    assert caught.value.rule == Rule.OFFERED


def test_s1_nothing_is_booked_at_a_retired_location():
    studio = make_bookable()
    studio.location.active = False
    studio.location.save()

    with pytest.raises(SlotUnavailable):
        booked(studio, TEN)


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


def test_s3_a_start_five_minutes_inside_another_booking_is_refused():
    studio = make_bookable()
    make_room(location=studio.location, equipment=tuple(studio.room.equipment.all()))
    booked(studio, TEN)

    assert refused(studio, "2026-08-03 10:55").rule == Rule.THERAPIST_FREE


def test_s3_t3_a_booking_that_touches_another_is_taken():
    studio = make_bookable()
    booked(studio, TEN)

    assert booked(studio, "2026-08-03 11:00").status == Status.CONFIRMED


def test_s3_a_booking_at_another_location_takes_the_therapist_here():
    studio = make_bookable()
    make_booking(
        therapist=studio.therapist,
        room=make_room(location=make_location(slug="elsewhere")),
        starts_at=at(TEN),
    )

    assert refused(studio).rule == Rule.THERAPIST_FREE


def test_s4_a_taken_room_refuses_a_free_therapist():
    studio = make_bookable()
    make_booking(room=studio.room, starts_at=at(TEN))

    assert refused(studio).rule == Rule.ROOM_FREE


def test_s4_a_blocked_room_is_refused():
    studio = make_bookable()
    make_room_block(room=studio.room, wall_from="2026-08-03 10:55", wall_until="2026-08-03 12:00")

    assert refused(studio).rule == Rule.ROOM_FREE
    assert booked(studio, "2026-08-03 09:45").status == Status.CONFIRMED


def test_s5_a_room_without_the_bars_is_refused():
    studio = make_bookable()
    studio.room.equipment.clear()

    assert refused(studio).rule == Rule.EQUIPPED


def test_s5_an_inspection_closes_the_room_from_the_day_after_it_was_due():
    studio = make_bookable()
    [bars] = studio.room.equipment.all()
    make_inspection(room=studio.room, equipment=bars, due_on=MONDAY)

    assert booked(studio, TEN).status == Status.CONFIRMED
    assert refused(studio, "2026-08-04 10:00").rule == Rule.EQUIPPED


def test_s5_an_overdue_inspection_of_what_is_not_needed_closes_nothing():
    studio = make_bookable()
    [bars] = studio.room.equipment.all()
    make_inspection(room=studio.room, equipment=bars, due_on=date(2026, 1, 1))
    studio.session_type.requires_equipment.clear()

    assert booked(studio, TEN).status == Status.CONFIRMED


@pytest.mark.parametrize(
    ("dates", "allowed"),
    [
        ({"expires_on": MONDAY}, True),
        ({"expires_on": MONDAY - timedelta(days=1)}, False),
        ({"issued_on": MONDAY}, True),
        ({"issued_on": MONDAY + timedelta(days=1)}, False),
        ({"revoked_on": MONDAY + timedelta(days=1)}, True),
        ({"revoked_on": MONDAY}, False),
        ({"issued_on": date.min, "revoked_on": date.min}, False),
        ({"expires_on": date.max}, True),
        ({"verified_on": None}, False),
    ],
)
def test_s6_a_certification_must_be_valid_on_the_date_of_the_session(
    dates: dict[str, date | None], allowed: bool
):
    studio = make_bookable()
    studio.therapist.certifications.update(**dates)

    if allowed:
        assert booked(studio, TEN).status == Status.CONFIRMED
    else:
        assert refused(studio).rule == Rule.CERTIFIED


def test_s6_a_higher_level_of_the_style_covers_a_lower_one():
    studio = make_bookable()
    one_foot = make_qualification(slug="one-foot", style="bar", level=1)
    two_foot = make_qualification(slug="two-foot", style="bar", level=2)
    studio.session_type.requires_qualifications.set([one_foot])
    make_certification(therapist=studio.therapist, qualification=two_foot)

    assert booked(studio, TEN).status == Status.CONFIRMED


def test_s6_a_lower_level_does_not_cover_a_higher_one():
    studio = make_bookable()
    one_foot = make_qualification(slug="one-foot", style="bar", level=1)
    two_foot = make_qualification(slug="two-foot", style="bar", level=2)
    studio.session_type.requires_qualifications.set([two_foot])
    make_certification(therapist=studio.therapist, qualification=one_foot)

    assert refused(studio).rule == Rule.CERTIFIED


def test_s6_two_certifications_of_one_qualification_follow_on_each_other():
    studio = make_bookable()
    first = studio.therapist.certifications.get()
    first.expires_on = MONDAY - timedelta(days=1)
    first.save()
    make_certification(
        therapist=studio.therapist,
        qualification=first.qualification,
        number="2",
        issued_on=MONDAY,
    )

    assert booked(studio, TEN).status == Status.CONFIRMED


def test_s7_a_barefoot_session_is_refused_while_the_therapist_does_no_barefoot_work():
    studio = make_bookable()
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-03 10:30",
        wall_until="2026-08-05 00:00",
        barefoot_only=True,
    )

    error = refused(studio)

    assert (error.rule, error.overridable) == (Rule.BAREFOOT_ALLOWED, False)


def test_s7_a_hands_only_session_stays_bookable_then():
    studio = make_bookable()
    studio.session_type.barefoot = False
    studio.session_type.save()
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-05 00:00",
        barefoot_only=True,
    )

    assert booked(studio, TEN).status == Status.CONFIRMED


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


# What reception may go past


def test_soft_rules_can_be_overridden_and_the_reason_is_recorded():
    studio = make_bookable(time_until="10:30")

    error = refused(studio)
    booking = booked(studio, TEN, caller=RECEPTION, override=past(Rule.WORKING))

    assert (error.rule, error.overridable) == (Rule.WORKING, True)
    event = booking.events.get()
    assert (event.overridden, event.reason) == (["S2"], "The client asked for it.")


def test_overriding_a_soft_rule_leaves_the_hard_ones():
    studio = make_bookable()
    booked(studio, TEN)

    error = refused(studio, override=past(Rule.WORKING, Rule.BAREFOOT_CAP))

    assert not error.overridable


def test_a_refusal_writes_nothing():
    studio = make_bookable()
    taken = booked(studio, TEN)

    with pytest.raises(SlotUnavailable):
        booked(studio, "2026-08-03 10:15")

    assert list(Booking.objects.all()) == [taken]
    assert list(Client.objects.all()) == [taken.client]


# Losing a slot


def test_a3_a_refusal_carries_the_five_nearest_open_slots():
    studio = make_bookable(time_from="09:00", time_until="12:00", slot_step_minutes=30)
    booked(studio, TEN)

    with pytest.raises(SlotUnavailable) as caught:
        booked(studio, TEN)

    assert [to_instant(slot.starts_at) for slot in caught.value.alternatives] == [
        at("2026-08-02 10:30"),
        at("2026-08-02 11:00"),
        at("2026-08-03 09:00"),
        at("2026-08-03 11:00"),
        at("2026-08-04 09:00"),
    ]


def test_a3_alternatives_are_with_the_named_therapist():
    studio = make_bookable()
    other = make_therapist(slug="other")
    studio.session_type.therapists.add(other)
    booked(studio, TEN, therapist=studio.therapist)

    with pytest.raises(SlotUnavailable) as caught:
        booked(studio, TEN, therapist=studio.therapist)

    assert {slot.therapists for slot in caught.value.alternatives} == {(studio.therapist.slug,)}


# Holds


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


# Cancelling free of charge


def test_b6_cancelling_is_free_until_the_hours_before_the_start():
    booking = booked(make_bookable(), TEN)

    assert cancellable_until(booking) == to_minute(booking.starts_at) - 24 * 60


def test_b6_cancelling_is_free_for_three_minutes_after_booking():
    now = minute(TEN) - 120

    booking = booked(make_bookable(), TEN, now=now)

    assert cancellable_until(booking) == now + 3


# Health


def _questionnaire(*, signed: bool) -> Questionnaire:
    questionnaire = Questionnaire.objects.create(
        version=3,
        signed_off_by="Mei" if signed else "",
        signed_off_on=date(2026, 1, 1) if signed else None,
    )
    Question.objects.create(
        questionnaire=questionnaire,
        position=1,
        key="pregnant",
        text="Are you pregnant?",
        kind=Question.Kind.YES_NO,
        outcomes=[{"outcome": "unsuitable"}],
    )
    return questionnaire


def test_h0_a_draft_of_the_questionnaire_asks_nothing():
    _questionnaire(signed=False)

    assert booked(make_bookable(), TEN).status == Status.CONFIRMED


def test_h2_an_unanswered_required_question_means_review_with_a_deadline():
    _questionnaire(signed=True)

    booking = booked(make_bookable(), TEN)

    assert booking.status == Status.PENDING_REVIEW
    assert booking.expires_at == to_instant(NOW + 24 * 60)
    assert booking.questionnaire_version == 3


def test_h2_the_review_ends_at_the_latest_an_hour_before_the_start():
    _questionnaire(signed=True)

    booking = booked(make_bookable(), TEN, now=minute("2026-08-03 07:00"))

    assert booking.expires_at == at("2026-08-03 09:00")


def test_h2_within_the_last_hour_the_review_may_take_until_the_start():
    _questionnaire(signed=True)
    studio = make_bookable()
    studio.location.min_notice_minutes = 0
    studio.location.save()

    booking = booked(studio, TEN, now=minute("2026-08-03 09:30"))

    assert (booking.status, booking.expires_at) == (Status.PENDING_REVIEW, at(TEN))


def test_b3_a_review_past_its_deadline_is_asked_for_again_as_an_expired_one_would_be():
    _questionnaire(signed=True)
    booking = booked(make_bookable(), TEN)
    later = NOW + 25 * 60

    again = confirm(booking, Details(), caller=CLIENT, now=later)

    assert (again.status, again.expires_at) == (
        Status.PENDING_REVIEW,
        to_instant(later + 24 * 60),
    )


def test_answers_to_an_older_questionnaire_are_refused():
    _questionnaire(signed=True)
    details = Details(ADA, answers=AnswersGiven(2, {}, consent=True))

    with pytest.raises(QuestionnaireOutdated):
        book(wish(make_bookable(), TEN), details, caller=CLIENT, now=NOW)


def test_a_longer_session_type_is_another_booking_length():
    studio = make_bookable()
    longer = make_session_type(
        duration_minutes=90, locations=(studio.location,), therapists=(studio.therapist,)
    )

    booking = booked(studio, TEN, session_type=longer)

    assert booking.ends_at == at("2026-08-03 11:30")
