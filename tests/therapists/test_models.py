from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Exists, ProtectedError

from tests.factories import (
    MONDAY,
    make_certification,
    make_extra_shift,
    make_location,
    make_qualification,
    make_shift,
    make_therapist,
    make_time_off,
)
from therapists.models import Certification, ExtraShift, Shift, TimeOff, Weekday

NOON = (datetime(2026, 8, 3, 12) - datetime(1970, 1, 1)) // timedelta(minutes=1)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


# Therapists


@pytest.mark.parametrize("minutes", [None, 5, 1440])
def test_a_cap_on_barefoot_minutes_is_none_or_up_to_a_day(minutes):
    assert make_therapist(max_barefoot_minutes_per_day=minutes).pk


@pytest.mark.parametrize("minutes", [0, 1445])
def test_a_cap_of_nothing_or_of_more_than_a_day_is_refused_by_the_database(minutes):
    with pytest.raises(IntegrityError, match="therapist_cap_up_to_a_day"):
        make_therapist(max_barefoot_minutes_per_day=minutes)


def test_t2_a_cap_off_the_step_is_refused():
    with refused("therapist_cap_in_steps_of_five"):
        make_therapist(max_barefoot_minutes_per_day=242)


# Qualifications


@pytest.mark.parametrize(("style", "level"), [("", None), ("deepfeet", 1), ("deepfeet", 3)])
def test_a_qualification_has_a_style_and_a_level_or_neither(style, level):
    assert make_qualification(style=style, level=level).pk


@pytest.mark.parametrize(
    ("style", "level"),
    [
        pytest.param("", 1, id="a level of nothing"),
        pytest.param("deepfeet", None, id="a style without a level"),
        pytest.param("deepfeet", 0, id="a level below the first"),
    ],
)
def test_half_a_style_is_refused(style, level):
    with refused("qualification_level_goes_with_style"):
        make_qualification(style=style, level=level)


@pytest.mark.parametrize(("style", "level"), [("", 1), ("deepfeet", None)])
def test_a_form_hears_in_words_of_half_a_style(style, level):
    qualification = make_qualification()
    qualification.style, qualification.level = style, level

    with pytest.raises(ValidationError, match="Give a style and a level, or neither"):
        qualification.full_clean()


@pytest.mark.parametrize(
    ("held", "required", "covers"),
    [
        pytest.param(2, 2, True, id="the level itself"),
        pytest.param(3, 2, True, id="a higher level"),
        pytest.param(1, 2, False, id="a lower level"),
    ],
)
def test_s6_a_level_covers_itself_and_the_lower_ones(held, required, covers):
    holding = make_qualification(slug="held", style="deepfeet", level=held)
    asked = make_qualification(slug="asked", style="deepfeet", level=required)

    assert holding.covers(asked) is covers


def test_s6_a_style_does_not_cover_another():
    holding = make_qualification(slug="held", style="deepfeet", level=3)
    asked = make_qualification(slug="asked", style="fijian", level=1)

    assert not holding.covers(asked)


def test_s6_a_licence_covers_only_itself():
    licence = make_qualification(slug="licence")
    insurance = make_qualification(slug="insurance")

    assert licence.covers(licence)
    assert not licence.covers(insurance)


def test_s6_a_style_covers_no_licence_and_a_licence_no_style():
    style = make_qualification(slug="style", style="deepfeet", level=3)
    licence = make_qualification(slug="licence")

    assert not style.covers(licence)
    assert not licence.covers(style)


def test_s6_the_database_knows_what_covers_what():
    for number, (style, level) in enumerate([("", None), ("", None), *product("ab", (1, 2))]):
        one = make_qualification(slug=f"one-{number}", style=style, level=level)
        make_certification(therapist=make_therapist(), qualification=one)
    for proof in Certification.objects.all():
        make_certification(
            therapist=make_therapist(), qualification=proof.qualification, number="another"
        )

    # Each certification stands for what it proves, as what is required.
    requiring = Certification.objects.filter(number="another").select_related("qualification")
    for proof in Certification.objects.exclude(number="another").select_related("qualification"):
        this = Certification.objects.covering("qualification").filter(pk=proof.pk)

        assert set(requiring.filter(Exists(this))) == {
            each for each in requiring if proof.qualification.covers(each.qualification)
        }


# Certifications


def test_a_proof_is_kept_once():
    therapist, licence = make_therapist(), make_qualification()
    make_certification(therapist=therapist, qualification=licence, number="7")

    with pytest.raises(IntegrityError):
        make_certification(therapist=therapist, qualification=licence, number="7")


def test_a_proof_may_be_renewed_under_another_number():
    therapist, licence = make_therapist(), make_qualification()

    for number in ("7", "8"):
        make_certification(therapist=therapist, qualification=licence, number=number)

    assert therapist.certifications.count() == 2


def issued_on_monday():
    return make_certification(
        therapist=make_therapist(), qualification=make_qualification(), issued_on=MONDAY
    )


@pytest.mark.parametrize("end", ["expires_on", "revoked_on"])
def test_a_proof_may_end_on_the_day_it_was_issued(end):
    issued_on_monday()

    assert Certification.objects.update(**{end: MONDAY}) == 1


@pytest.mark.parametrize("end", ["expires_on", "revoked_on"])
def test_a_proof_that_ends_before_it_was_issued_is_refused(end):
    issued_on_monday()

    with refused("certification_dates_in_order"):
        Certification.objects.update(**{end: MONDAY - timedelta(days=1)})


def test_nobody_who_holds_a_proof_is_deleted():
    certification = make_certification(
        therapist=make_therapist(), qualification=make_qualification()
    )

    for proven in (certification.therapist, certification.qualification):
        with pytest.raises(ProtectedError):
            proven.delete()


AUGUST = [date(2026, 8, day) for day in range(1, 8)]


@pytest.mark.parametrize("expires_on", [None, *AUGUST[2:5]])
@pytest.mark.parametrize("revoked_on", [None, *AUGUST[2:5]])
@pytest.mark.parametrize("verified_on", [None, AUGUST[0]])
def test_s6_counting_is_what_looking_at_each_day_gives(expires_on, revoked_on, verified_on):
    issued_on = AUGUST[2]
    make_certification(
        therapist=make_therapist(),
        qualification=make_qualification(),
        issued_on=issued_on,
        expires_on=expires_on,
        revoked_on=revoked_on,
        verified_on=verified_on,
    )
    good = {
        day
        for day in AUGUST
        if verified_on
        and issued_on <= day
        and (expires_on is None or day <= expires_on)
        and (revoked_on is None or day < revoked_on)
    }

    for first in AUGUST:
        for last in AUGUST[first.day - 1 :]:
            days = {first + timedelta(days=number) for number in range((last - first).days + 1)}
            assert Certification.objects.counting(first, last).exists() is bool(good & days)


# Shifts


def a_shift(**values):
    return make_shift(therapist=make_therapist(), location=make_location(), **values)


@pytest.mark.parametrize(
    ("time_from", "time_until"),
    [
        pytest.param("09:00", "17:00", id="by day"),
        pytest.param("22:00", "06:00", id="over midnight"),
        pytest.param("18:00", "24:00", id="until the day's end"),
        pytest.param("18:00", "00:00", id="until midnight"),
        pytest.param("00:00", "24:00", id="all day"),
    ],
)
def test_t4_a_shift_may_end_on_its_own_day_or_the_next(time_from, time_until):
    assert a_shift(time_from=time_from, time_until=time_until).pk


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"time_until": 540}, id="no length"),
        pytest.param({"time_from": 1440}, id="begins at the day's end"),
        pytest.param({"time_until": 1445}, id="ends after the day's end"),
        pytest.param({"time_from": 541}, id="begins off the step"),
        pytest.param({"time_until": 1021}, id="ends off the step"),
    ],
)
def test_t4_a_shift_s_times_fit_the_day(changes):
    shift = a_shift(time_from="09:00", time_until="17:00")

    with refused("shift_times_fit_the_day"):
        Shift.objects.filter(pk=shift.pk).update(**changes)


def test_a_shift_begins_on_a_day_of_the_week():
    with refused("shift_weekday_exists"):
        a_shift(weekday=7)


def test_a_shift_may_hold_for_one_date():
    assert a_shift(first=date(2026, 8, 3), last=date(2026, 8, 3)).pk


def test_a_shift_whose_last_date_comes_before_its_first_is_refused():
    with refused("shift_dates_in_order"):
        a_shift(first=date(2026, 8, 3), last=date(2026, 8, 2))


def test_a_shift_says_whose_where_and_when_it_is():
    shift = make_shift(
        therapist=make_therapist(slug="ana"),
        location=make_location(slug="downtown"),
        weekday=Weekday.SUN,
        time_from="18:00",
        time_until="24:00",
    )

    assert str(shift) == "Ana, Downtown: Sunday 18:00–24:00"


def test_weekdays_are_numbered_as_dates_number_them():
    assert Weekday(date(2026, 8, 3).weekday()) == Weekday.MON


# Extra shifts and time off


@pytest.mark.parametrize(
    ("make", "model", "constraint"),
    [
        (make_extra_shift, ExtraShift, "extra_shift_in_order_in_steps_of_five"),
        (make_time_off, TimeOff, "time_off_in_order_in_steps_of_five"),
    ],
)
@pytest.mark.parametrize(
    "minutes",
    [pytest.param(-60, id="back to front"), pytest.param(0, id="empty"), pytest.param(63, id="T2")],
)
def test_a_stretch_of_wall_clock_time_is_in_order_and_on_the_step(make, model, constraint, minutes):
    make(
        therapist=make_therapist(),
        location=make_location(),
        wall_from="2026-08-03 12:00",
        wall_until="2026-08-03 13:00",
    )

    with refused(constraint):
        model.objects.update(wall_until=NOON + minutes)
