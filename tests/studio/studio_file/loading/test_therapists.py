from datetime import date

import pytest
from django.core.files.base import ContentFile

from bookings.domain.callers import CLOCK
from bookings.domain.certifying import attach
from bookings.models import SessionType
from bookings.scheduling.hours import to_minute
from tests.factories import at, make_location, make_user
from tests.studio.studio_file.loaded import load_example, load_text, refused
from tests.studio.studio_file.texts import example
from tests.uploading import PDF
from therapists.models import (
    Certification,
    ExtraShift,
    Qualification,
    Shift,
    Therapist,
    TimeOff,
    Weekday,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def test_a_shift_is_a_row_for_each_of_its_days():
    load_example()

    shifts = Shift.objects.order_by("weekday")
    assert [shift.weekday for shift in shifts] == [Weekday.MON, Weekday.TUE, Weekday.WED]
    assert {(shift.time_from, shift.time_until) for shift in shifts} == {(525, 1020)}
    assert {(shift.first, shift.last) for shift in shifts} == {
        (date(2026, 11, 1), date(2027, 3, 31))
    }


def test_shifts_are_replaced_and_equal_ones_stay():
    load_example()
    tuesday = Shift.objects.get(weekday=Weekday.TUE)

    report = load_example(('days = ["mon", "tue", "wed"]', 'days = ["tue", "sat"]'))

    assert str(report) == "updated 1 therapist"
    assert [shift.weekday for shift in Shift.objects.all()] == [Weekday.TUE, Weekday.SAT]
    assert Shift.objects.get(weekday=Weekday.TUE) == tuesday


def test_a_shift_may_end_at_midnight():
    load_example(('until = "17:00"', 'until = "24:00"'))

    assert {shift.time_until for shift in Shift.objects.all()} == {1440}


def test_extra_shifts_and_time_off_are_replaced():
    load_example()

    load_example(
        ("until = 2026-12-05T14:00:00", "until = 2026-12-05T15:00:00"),
        ("barefoot_only = false", "barefoot_only = true"),
    )

    assert [str(extra.wall_until) for extra in ExtraShift.objects.all()] == ["2026-12-05 15:00:00"]
    assert [off.barefoot_only for off in TimeOff.objects.all()] == [True]


def test_the_session_types_of_a_therapist_are_replaced():
    load_example()

    load_example(('session_types = ["bar-60"]', "session_types = []"))

    assert not SessionType.objects.get().therapists.exists()


NO_CLOCK = ('  location = "downtown"        # may be left out', "  # may be left out")


def test_time_off_is_on_the_clock_of_the_only_place_of_work():
    make_location(slug="uptown")

    load_example(NO_CLOCK)

    assert TimeOff.objects.get().location.slug == "downtown"


def test_time_off_of_somebody_without_shifts_is_on_the_clock_of_the_only_location():
    load_example()

    load_text(
        """
        [[therapists]]
        slug = "noor"
        name = "Noor"
        session_types = []
          [[therapists.time_off]]
          from = 2026-12-24T12:00:00
          until = 2026-12-27T00:00:00
        """
    )

    assert Therapist.objects.get(slug="noor").time_off.get().location.slug == "downtown"


def test_somebody_may_work_at_two_locations():
    make_location(slug="uptown")
    shift = """
  [[therapists.shifts]]
  location = "uptown"
  days = ["thu"]
  from = "10:00"
  until = "02:00"

  [[therapists.extra_shifts]]"""

    load_example(("  [[therapists.extra_shifts]]", shift))

    places = {shift.location.slug for shift in Therapist.objects.get().shifts.all()}
    assert places == {"downtown", "uptown"}


def test_certifications_are_updated_in_place():
    load_example()
    before = set(Certification.objects.values_list("pk", flat=True))

    report = load_example(("# revoked_on = 2026-12-20  # optional", "revoked_on = 2026-12-20"))

    assert str(report) == "updated 1 certification"
    assert set(Certification.objects.values_list("pk", flat=True)) == before
    assert Certification.objects.filter(revoked_on=date(2026, 12, 20)).count() == 1


def test_a_certification_that_the_file_does_not_name_stays():
    load_example()
    number = '  number = "..."\n  issued_on = 2024-03-01'

    report = load_example((number, number.replace("...", "BT-2")))

    assert str(report) == "added 1 certification"
    assert Certification.objects.count() == 3


def test_s6_nobody_has_verified_anything_tomorrow():
    text = example(("verified_on = 2024-03-05", "verified_on = 2026-12-01"))

    (mistake,) = refused(text)

    assert mistake == (
        'therapists "mei" > certifications #1 > verified_on: found 2026-12-01, expected a day'
        " until today (2026-11-30), as a proof is verified when it is seen"
    )


def test_s6_today_is_the_date_at_the_location():
    text = example(("verified_on = 2024-03-05", "verified_on = 2026-11-30"))

    assert refused(text, now=to_minute(at("2026-11-29 23:55")))
    assert not refused(text, now=to_minute(at("2026-11-30 00:00")))


def test_who_verified_a_certification_stays_until_the_file_names_another_day():
    load_example()
    certification = Certification.objects.get(verified_on=date(2024, 3, 5))
    certification.verified_by = make_user()
    certification.save()

    load_example()
    certification.refresh_from_db()
    assert certification.verified_by is not None

    load_example(("verified_on = 2024-03-05", "verified_on = 2024-03-06"))
    certification.refresh_from_db()
    assert certification.verified_by is None


def test_who_revoked_a_certification_stays_and_so_do_its_proofs():
    load_example()
    certification = Certification.objects.get(verified_on=date(2024, 3, 5))
    certification.revoked_on, certification.revoked_by = date(2026, 11, 1), make_user()
    certification.save()
    proof = attach(certification, ContentFile(PDF), caller=CLOCK, now=0)

    load_example(("verified_on = 2024-03-05", "verified_on = 2024-03-05\nrevoked_on = 2026-11-01"))

    certification.refresh_from_db()
    assert certification.revoked_by is not None
    assert list(certification.proofs.all()) == [proof]

    load_example()
    assert not Certification.objects.exclude(revoked_by=None).exists()


def test_an_account_stays_with_its_therapist():
    load_example()
    mei = Therapist.objects.get()
    mei.user = make_user()
    mei.save()

    load_example(('name = "Mei Tanaka"', 'name = "Mei T."'))

    mei.refresh_from_db()
    assert (mei.name, mei.user is not None) == ("Mei T.", True)


def test_a_licence_has_neither_style_nor_level():
    load_example()

    found = Qualification.objects.values_list("slug", "style", "level")
    assert list(found) == [("bar-two-foot", "bar", 2), ("massage-licence", "", None)]
