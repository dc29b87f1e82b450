"""What an explanation says of a therapist, word by word."""

from datetime import timedelta

import pytest

from bookings.domain.explain import explain
from bookings.enums import Status
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import minute
from tests.bookings.domain.explain.telling import SUNDAY, asked, of_room, of_therapist, told
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    MONDAY,
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_client,
    make_location,
    make_qualification,
    make_room,
    make_shift,
    make_therapist,
    make_time_off,
)
from therapists.models import Shift

pytestmark = pytest.mark.django_db


@pytest.fixture
def private(made):
    """A period without barefoot work."""
    return make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 17:00",
        barefoot_only=True,
    )


def test_s1_who_does_not_offer_it_but_works_there_is_named(made):
    made.session_type.therapists.clear()

    assert of_therapist(asked(made), "S1") == (False, "Does not offer Session-1.")


def test_s1_who_offers_it_but_works_elsewhere_is_named(made):
    other = make_therapist(slug="elsewhere")
    made.session_type.therapists.add(other)

    explained = {each.what: told(each.verdicts)["S2"] for each in asked(made).therapists}

    assert explained[other] == (False, "Does not work at Location-1 that day.")


def test_s1_who_has_nothing_to_do_with_it_is_left_out(made):
    make_therapist(slug="stranger")

    assert [each.what for each in asked(made).therapists] == [made.therapist]


def test_s1_a_named_therapist_is_explained_alone_and_in_any_case(made):
    stranger = make_therapist(slug="stranger", active=False)

    explanation = asked(made, therapist=stranger)

    assert [each.what for each in explanation.therapists] == [stranger]
    assert of_therapist(explanation, "S1") == (
        False,
        "Gives no sessions any more. Does not offer Session-1.",
    )


def test_s2_the_shifts_of_the_day_and_what_the_session_takes(made):
    Shift.objects.filter(weekday=0).update(time_until=12 * 60)
    make_shift(
        therapist=made.therapist, location=made.location, time_from="13:00", time_until="24:00"
    )

    assert of_therapist(asked(made, "2026-08-03 11:45"), "S2") == (
        False,
        "Works 09:00–12:00 and 13:00–24:00; the session with its buffers takes 11:40–12:55.",
    )


def test_s2_a_shift_past_midnight_ends_on_the_next_day(made):
    Shift.objects.filter(weekday=0).update(time_from=22 * 60, time_until=2 * 60)

    words = of_therapist(asked(made, "2026-08-03 21:00"), "S2")[1]

    assert words.startswith("Works 22:00–Tue 4 Aug, 02:00;")


def test_s2_time_off_is_named(made):
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 10:30",
        wall_until="2026-08-03 12:00",
    )

    ok, words = of_therapist(asked(made), "S2")

    assert not ok
    assert words.endswith("Has time off 10:30–12:00.")


def test_s3_a_booking_is_named_with_its_buffers_and_linked(made):
    booking = make_booking(
        therapist=made.therapist,
        room=make_room(),
        session_type=made.session_type,
        client=make_client(name="Ada L."),
    )

    explanation = asked(made, "2026-08-03 11:00")

    assert of_therapist(explanation, "S3") == (
        False,
        "Is booked 10:00–11:00 (with its buffers 09:55–11:10) at Location-2.",
    )
    reasons = explanation.therapists[0].broken[0].reasons
    assert [(each.booking, "Ada" in each.words) for each in reasons] == [(booking, False)]


def test_b3_a_hold_past_its_time_stops_nobody(made):
    make_booking(
        therapist=made.therapist,
        room=made.room,
        status=Status.HELD,
        expires_at=to_instant(SEVEN_ON_MONDAY),
    )

    explanation = asked(made)

    assert of_therapist(explanation, "S3")[0]
    assert of_room(explanation, "S4")[0]


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"expires_on": SUNDAY}, (False, "Massage-Licence lapsed on 2 Aug 2026.")),
        ({"expires_on": MONDAY}, (True, "Massage-Licence is valid until 3 Aug 2026.")),
        ({"revoked_on": MONDAY}, (False, "Massage-Licence was revoked on 3 Aug 2026.")),
        ({"verified_on": None}, (False, "Massage-Licence is not verified.")),
        (
            {"issued_on": MONDAY + timedelta(days=1)},
            (False, "Massage-Licence counts from 4 Aug 2026 on."),
        ),
    ],
)
def test_s6_says_what_is_wrong_with_a_certification(made, dates, words):
    made.therapist.certifications.update(**dates)

    assert of_therapist(asked(made), "S6") == words


def test_s6_says_what_is_not_held_at_all(made):
    made.therapist.certifications.all().delete()

    assert of_therapist(asked(made), "S6") == (False, "Holds no Massage-Licence.")


def test_s6_the_one_that_counts_is_named_before_one_that_does_not(made):
    licence = made.session_type.requires_qualifications.get()
    make_certification(
        therapist=made.therapist, qualification=licence, number="2", expires_on=SUNDAY
    )

    assert of_therapist(asked(made), "S6") == (True, "Massage-Licence is valid.")


def test_s6_a_higher_level_is_named_for_a_lower_one(made):
    level_1 = make_qualification(slug="bar-1", style="bar", level=1)
    level_2 = make_qualification(slug="bar-2", style="bar", level=2)
    made.session_type.requires_qualifications.set([level_1])
    make_certification(therapist=made.therapist, qualification=level_2)

    assert of_therapist(asked(made), "S6") == (True, "Bar-2 is valid.")


def test_s7_those_whom_it_concerns_read_the_period(made, private):
    assert of_therapist(asked(made), "S7") == (False, "Does no barefoot work 09:00–17:00.")


def test_s7_others_read_that_she_cannot_without_a_number(made, private):
    explanation = asked(made, sees_private=False)

    [explained] = explanation.therapists
    assert [each.number for each in explained.verdicts] == ["S1", "S2", "S3", "S6", "S8", None]
    assert told(explained.broken) == {None: (False, "The therapist cannot take this session then.")}
    assert explanation.online is explanation.at_desk is None


def test_s7_without_a_period_others_see_no_sign_of_the_rule(made):
    [explained] = asked(made, sees_private=False).therapists

    assert [each.number for each in explained.verdicts] == ["S1", "S2", "S3", "S6", "S8"]


def test_s7_s8_are_not_asked_of_a_session_with_the_hands(made, private):
    made.session_type.barefoot = False
    made.session_type.save()

    [explained] = asked(made).therapists

    assert [each.number for each in explained.verdicts] == ["S1", "S2", "S3", "S6"]
    assert explained.ok


def test_s8_the_minutes_of_the_day_are_told(made):
    made.therapist.max_barefoot_minutes_per_day = 100
    made.therapist.save()
    make_booking(
        therapist=made.therapist,
        room=make_room(),
        session_type=made.session_type,
        starts_at=at("2026-08-03 15:00"),
    )

    explanation = asked(made)

    assert of_therapist(explanation, "S8") == (
        False,
        "60 of 100 barefoot minutes are booked; this session takes 60.",
    )
    assert (explanation.online, explanation.override) == (None, (Rule.BAREFOOT_CAP,))
    assert explanation.at_desk == (made.therapist, made.room)


def test_a_location_in_another_zone_is_told_by_its_own_clock():
    made = make_bookable(timezone="Asia/Tokyo")
    start = minute("2026-08-04 10:00", "Asia/Tokyo")

    explanation = explain(
        made.location, made.session_type, start, now=SEVEN_ON_MONDAY, sees_private=True
    )

    assert of_therapist(explanation, "S2") == (
        True,
        "Works 09:00–17:00; the session with its buffers takes 10:00–11:00.",
    )


def test_bookings_elsewhere_are_told_by_the_clock_of_the_place_asked_about(made):
    away = make_location(timezone="America/New_York")
    make_booking(
        therapist=made.therapist,
        room=make_room(location=away),
        starts_at=at("2026-08-03 12:00", "America/New_York"),
    )

    assert of_therapist(asked(made), "S3")[1] == "Is booked 10:00–11:00 at Location-2."
