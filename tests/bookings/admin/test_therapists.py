"""Therapists, their certifications and their hours, as staff edits them."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from bookings.domain.attention.accepted import accepted_for
from bookings.domain.callers import Caller
from bookings.domain.events import record
from bookings.domain.staff import Role
from bookings.enums import EventKind, Source
from bookings.scheduling.slots import Rule
from studio.premises.models import ScheduleVersion
from tests.bookings.admin.filling import bookings_named, errors_of, messages_of, queries_of, save
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_extra_shift,
    make_location,
    make_qualification,
    make_shift,
    make_therapist,
    make_time_off,
)
from therapists.models import Certification, Shift, Therapist, TimeOff

pytestmark = pytest.mark.django_db

ADD_THERAPIST = reverse("admin:therapists_therapist_add")
ADD_CERTIFICATION = reverse("admin:therapists_certification_add")
ADD_SHIFT = reverse("admin:therapists_shift_add")
ADD_TIME_OFF = reverse("admin:therapists_timeoff_add")
CERTIFICATIONS = reverse("admin:therapists_certification_changelist")
TIME_OFF = reverse("admin:therapists_timeoff_changelist")


def change(row):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def listed(page):
    return list(page.context["cl"].result_list)


def book(made, **values):
    return make_booking(
        therapist=made.therapist,
        room=made.room,
        session_type=made.session_type,
        reference="ABCDE-FGHJK",
        **values,
    )


def test_a_therapist_is_added_with_her_shifts(manager):
    location = make_location()

    save(
        manager,
        ADD_THERAPIST,
        name="Mei Tanaka",
        slug="mei",
        languages="en, ja",
        **{
            "shifts-TOTAL_FORMS": "1",
            "shifts-0-location": location.pk,
            "shifts-0-weekday": "0",
            "shifts-0-time_from": "22:00",
            "shifts-0-time_until": "06:00",
        },
    )

    therapist = Therapist.objects.get()
    shift = therapist.shifts.get()
    assert therapist.languages == ["en", "ja"]
    assert (shift.weekday, shift.time_from, shift.time_until) == (0, 22 * 60, 6 * 60)


@pytest.mark.parametrize(
    ("time_from", "time_until", "errors"),
    [
        ("09:00", "09:00", {"__all__": ["The end must differ from the start."]}),
        ("09:03", "17:00", {"time_from": ["Give a multiple of 5 minutes."]}),
        ("24:00", "06:00", {"__all__": ["The end must differ from the start."]}),
        (
            "nine",
            "17:00",
            {"time_from": ["Give a time such as 08:45, or 24:00 for the day's end."]},
        ),
        ("09:00", "25:00", {"time_until": ["Give a time between 00:00 and 24:00."]}),
    ],
)
def test_t2_t4_a_shift_whose_times_cannot_be_is_refused(manager, time_from, time_until, errors):
    therapist, location = make_therapist(), make_location()

    page = save(
        manager,
        ADD_SHIFT,
        therapist=therapist.pk,
        location=location.pk,
        weekday="0",
        time_from=time_from,
        time_until=time_until,
    )

    assert errors_of(page) == errors
    assert not Shift.objects.exists()


def test_t4_a_shift_may_end_at_24_00(manager):
    therapist, location = make_therapist(), make_location()

    save(
        manager,
        ADD_SHIFT,
        therapist=therapist.pk,
        location=location.pk,
        weekday="0",
        time_from="16:00",
        time_until="24:00",
    )

    assert Shift.objects.get().time_until == 24 * 60


def test_b8_a_deleted_shift_names_the_bookings_that_it_leaves_behind(manager):
    made = make_bookable()
    book(made)
    monday = made.therapist.shifts.get(weekday=0)

    page = manager.post(
        reverse("admin:therapists_shift_delete", args=[monday.pk]), {"post": "yes"}, follow=True
    )

    assert bookings_named(page).endswith("Therapist-1: S2")


def test_b8_a_shift_removed_on_the_therapists_page_names_them_too(manager):
    made = make_bookable()
    book(made)
    position = list(made.therapist.shifts.all()).index(made.therapist.shifts.get(weekday=0))

    page = save(manager, change(made.therapist), **{f"shifts-{position}-DELETE": "on"})

    assert bookings_named(page).endswith("Therapist-1: S2")
    assert made.therapist.shifts.count() == 6


def test_b8_several_deleted_shifts_name_each_booking_once(manager):
    made = make_bookable()
    book(made)

    page = manager.post(
        reverse("admin:therapists_shift_changelist"),
        {
            "action": "delete_selected",
            "_selected_action": list(Shift.objects.values_list("pk", flat=True)),
            "post": "yes",
        },
        follow=True,
    )

    assert [message for message in messages_of(page) if "ABCDE-FGHJK" in message] == [
        messages_of(page)[0]
    ]
    assert ScheduleVersion.objects.get().number == 1


def test_b8_time_off_over_a_booking_names_it_and_cancels_nothing(manager):
    made = make_bookable()
    booking = book(made)

    page = save(
        manager,
        ADD_TIME_OFF,
        therapist=made.therapist.pk,
        location=made.location.pk,
        wall_from="2026-08-03T09:00",
        wall_until="2026-08-03T12:00",
    )

    assert bookings_named(page).endswith(
        f'/{booking.pk}/change/">ABCDE-FGHJK</a>, Mon 3 Aug 2026, 10:00 -06:00, Therapist-1: S2'
    )
    booking.refresh_from_db()
    assert booking.status == "confirmed"


def test_time_off_that_ends_before_it_starts_is_refused(manager):
    therapist, location = make_therapist(), make_location()

    page = save(
        manager,
        ADD_TIME_OFF,
        therapist=therapist.pk,
        location=location.pk,
        wall_from="2026-08-03T12:00",
        wall_until="2026-08-03T09:00",
    )

    assert errors_of(page) == {"__all__": ["The end must come after the start."]}


def test_time_off_until_the_end_of_time_can_be_saved(manager):
    made = make_bookable()
    book(made)

    page = save(
        manager,
        ADD_TIME_OFF,
        therapist=made.therapist.pk,
        location=made.location.pk,
        wall_from="2026-08-03T09:00",
        wall_until="9999-12-31T23:55",
    )

    assert bookings_named(page).endswith("Therapist-1: S2")


def test_the_therapist_of_time_off_stays(manager):
    therapist, other = make_therapist(), make_therapist()
    off = make_time_off(
        therapist=therapist,
        location=make_location(),
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 12:00",
    )

    save(manager, change(off), therapist=other.pk, wall_until="2026-08-03T13:00")

    off.refresh_from_db()
    assert (off.therapist, off.wall_until.hour) == (therapist, 13)


@pytest.fixture
def private():
    """A period without barefoot work over a barefoot booking."""
    made = make_bookable()
    book(made)
    return make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 17:00",
        barefoot_only=True,
    )


def test_s7_a_manager_sees_private_periods(manager, private):
    assert listed(manager.get(TIME_OFF)) == [private]
    assert manager.get(change(private)).status_code == 200


def test_s7_a_receptionist_does_not_see_private_periods(receptionist, private):
    assert listed(receptionist.get(TIME_OFF)) == []
    assert listed(receptionist.get(TIME_OFF, {"q": private.therapist.name})) == []
    assert receptionist.get(change(private)).status_code == 302


@pytest.mark.parametrize("page", ["delete", "history"])
def test_s7_a_receptionist_finds_no_other_page_of_a_private_period(receptionist, private, page):
    url = reverse(f"admin:therapists_timeoff_{page}", args=[private.pk])

    assert receptionist.post(url, {"post": "yes"}).status_code == 302
    assert TimeOff.objects.filter(pk=private.pk).exists()


def test_s7_a_receptionist_cannot_delete_a_private_period_from_the_list(receptionist, private):
    receptionist.post(
        TIME_OFF,
        {"action": "delete_selected", "_selected_action": [private.pk], "post": "yes"},
    )

    assert TimeOff.objects.filter(pk=private.pk).exists()


def test_s7_a_receptionist_is_not_asked_about_barefoot_work(receptionist):
    therapist, location = make_therapist(), make_location()

    page = receptionist.get(ADD_TIME_OFF)
    save(
        receptionist,
        ADD_TIME_OFF,
        therapist=therapist.pk,
        location=location.pk,
        wall_from="2026-08-03T09:00",
        wall_until="2026-08-03T12:00",
        barefoot_only="on",
    )

    assert "barefoot" not in page.content.decode()
    assert not TimeOff.objects.get().barefoot_only


@pytest.mark.parametrize(
    ("role", "words"),
    [(Role.MANAGER, "Therapist-1: S7"), (Role.RECEPTIONIST, "Therapist-1: not available")],
)
def test_s7_the_warning_does_not_tell_a_receptionist_why(sign_in, private, role, words):
    browser = sign_in(role)

    page = save(
        browser,
        ADD_TIME_OFF,
        therapist=private.therapist.pk,
        location=private.location.pk,
        wall_from="2026-08-03T13:00",
        wall_until="2026-08-03T14:00",
    )

    assert bookings_named(page).endswith(words)


def certify(browser, **values):
    return save(
        browser,
        ADD_CERTIFICATION,
        **{
            "therapist": make_therapist().pk,
            "qualification": make_qualification().pk,
            "issuing_body": "State Board",
            "number": "LIC-1",
            "issued_on": "2026-01-01",
        }
        | values,
    )


def test_s6_whoever_verifies_is_written_down(manager, manager_account):
    certify(manager, verified_on="2026-08-03")

    assert Certification.objects.get().verified_by == manager_account


def test_s6_an_unverified_certification_has_nobody(manager):
    certify(manager)

    assert Certification.objects.get().verified_by is None


def test_s6_a_verification_that_is_taken_back_takes_the_name_with_it(manager):
    certify(manager, verified_on="2026-08-03")

    save(manager, change(Certification.objects.get()), verified_on="")

    assert Certification.objects.get().verified_by is None


def test_s6_an_edit_leaves_the_name_of_who_verified(sign_in, manager, manager_account):
    certify(manager, verified_on="2026-08-03")
    certification = Certification.objects.get()

    save(manager, change(certification), number="LIC-2")

    certification.refresh_from_db()
    assert (certification.number, certification.verified_by) == ("LIC-2", manager_account)


def test_s6_verified_in_the_future_is_refused(manager):
    page = certify(manager, verified_on="2026-08-04")

    assert errors_of(page) == {
        "verified_on": ["This day lies ahead. Give the day on which it was looked at."]
    }


def test_s6_today_is_the_latest_date_at_any_location(manager):
    make_location(timezone="Pacific/Kiritimati")

    certify(manager, verified_on="2026-08-04")

    assert Certification.objects.get().verified_on == date(2026, 8, 4)


def test_s6_an_end_before_the_issue_is_refused(manager):
    page = certify(manager, expires_on="2025-12-31")

    assert errors_of(page) == {"__all__": ["It cannot end before it was issued."]}


def test_b7_a_certification_is_revoked_and_not_deleted(manager):
    certification = make_certification(
        therapist=make_therapist(), qualification=make_qualification()
    )

    url = reverse("admin:therapists_certification_delete", args=[certification.pk])

    assert manager.post(url, {"post": "yes"}).status_code == 403


def test_b8_a_revoked_certification_names_the_bookings(manager):
    made = make_bookable()
    book(made)

    page = save(manager, change(made.therapist.certifications.get()), revoked_on="2026-08-03")

    assert bookings_named(page).endswith("Therapist-1: S6")


STANDINGS: dict[str, dict[str, Any]] = {
    "valid": {},
    "lapses in 59 days": {"expires_on": date(2026, 10, 1)},
    "lapses in 0 days": {"expires_on": date(2026, 8, 3)},
    "lapsed": {"expires_on": date(2026, 8, 2)},
    "revoked": {"revoked_on": date(2026, 8, 3)},
    "not verified": {"verified_on": None},
    "not yet": {"issued_on": date(2026, 8, 4)},
}


@pytest.mark.parametrize("standing", STANDINGS)
def test_s6_the_list_says_what_counts_today(manager, standing):
    make_certification(
        therapist=make_therapist(), qualification=make_qualification(), **STANDINGS[standing]
    )

    page = manager.get(CERTIFICATIONS)

    assert f'<td class="field-standing">{standing}</td>' in page.content.decode()


@pytest.mark.parametrize(
    ("standing", "numbers"),
    [("unverified", {"5"}), ("lapsing", {"1", "2"}), ("lapsed", {"3", "4"})],
)
def test_s6_the_list_can_be_narrowed_to_a_standing(manager, standing, numbers):
    therapist, qualification = make_therapist(), make_qualification()
    for number, dates in enumerate(STANDINGS.values()):
        make_certification(
            therapist=therapist, qualification=qualification, number=str(number), **dates
        )

    page = manager.get(CERTIFICATIONS, {"standing": standing})

    assert {certification.number for certification in listed(page)} == numbers


@pytest.mark.parametrize(
    "model", ["qualification", "therapist", "certification", "shift", "extrashift", "timeoff"]
)
def test_lists_need_as_many_queries_for_three_rows_as_for_one(manager, model):
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            therapist, location = make_therapist(), make_location()
            make_certification(
                therapist=therapist, qualification=make_qualification(slug=therapist.slug)
            )
            make_shift(therapist=therapist, location=location)
            times: Any = {"wall_from": "2026-08-03 10:00", "wall_until": "2026-08-03 12:00"}
            make_extra_shift(therapist=therapist, location=location, **times)
            make_time_off(therapist=therapist, location=location, **times)
        counts.append(queries_of(manager, reverse(f"admin:therapists_{model}_changelist")))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.RECEPTIONIST])
def test_a_therapist_with_many_shifts_needs_as_many_queries_as_with_one(sign_in, role):
    browser, therapist, location = sign_in(role), make_therapist(), make_location()
    counts = []
    for weekday in range(3):
        make_shift(therapist=therapist, location=location, weekday=weekday)
        counts.append(queries_of(browser, change(therapist)))

    assert counts[0] == counts[1] == counts[2]


def ill_tomorrow(made, **values):
    return {
        "therapist": made.therapist.pk,
        "wall_from": "2026-08-04T00:00",
        "wall_until": "2026-08-04T23:55",
        "location": made.location.pk,
        **values,
    }


def test_b8_who_takes_a_therapist_ill_is_led_to_her_clients(receptionist):
    made = make_bookable()
    book(made, starts_at=at("2026-08-04 10:00"))

    page = save(receptionist, ADD_TIME_OFF, **ill_tomorrow(made))

    assert page.redirect_chain[-1][0] == "/admin/attention/?therapist=therapist-1"
    assert "ABCDE-FGHJK" in messages_of(page)[0]


def test_b8_who_makes_her_illness_longer_is_led_to_her_clients(receptionist):
    made = make_bookable()
    off = make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-04 00:00",
        wall_until="2026-08-04 09:00",
    )
    book(made, starts_at=at("2026-08-04 10:00"))

    page = save(receptionist, change(off), wall_until="2026-08-04T12:00")

    assert page.redirect_chain[-1][0] == "/admin/attention/?therapist=therapist-1"


def test_time_off_that_leaves_nobody_behind_leads_to_the_list(receptionist):
    page = save(receptionist, ADD_TIME_OFF, **ill_tomorrow(make_bookable()))

    assert page.redirect_chain[-1][0] == TIME_OFF


def accepted_in_the_evening(made):
    booking = book(made, starts_at=at("2026-08-03 19:00"))
    record(
        booking,
        EventKind.BOOKED,
        by=Caller(source=Source.DESK),
        at=SEVEN_ON_MONDAY,
        reason="She stays longer",
        overridden=[Rule.WORKING],
    )
    return booking


def monday_inline(made, **values):
    """The fields of a therapist's page that change the first of her shifts."""
    return {f"shifts-0-{name}": value for name, value in values.items()}


def test_b8_a_shortened_shift_asks_again_what_was_accepted_of_that_day(manager):
    made = make_bookable()
    booking = accepted_in_the_evening(made)

    page = save(manager, change(made.therapist), **monday_inline(made, time_until="12:00"))

    assert "ABCDE-FGHJK" in messages_of(page)[0]
    assert accepted_for([booking.pk]) == {}


def test_b8_a_deleted_shift_asks_again_what_was_accepted_of_that_day(manager):
    made = make_bookable()
    booking = accepted_in_the_evening(made)
    monday = made.therapist.shifts.get(weekday=0)

    delete = reverse("admin:therapists_shift_delete", args=[monday.pk])
    manager.post(delete, {"post": "yes"})

    assert accepted_for([booking.pk]) == {}


def test_b8_words_about_a_therapist_leave_what_was_accepted_alone(manager):
    made = make_bookable()
    booking = accepted_in_the_evening(made)

    page = save(manager, change(made.therapist), bio="She loves long walks.")

    assert len(messages_of(page)) == 1
    assert accepted_for([booking.pk])


def test_b8_a_lowered_cap_names_the_days_that_are_over_it(manager):
    made = make_bookable()
    book(made, starts_at=at("2026-08-04 10:00"))

    page = save(manager, change(made.therapist), max_barefoot_minutes_per_day="30")

    assert bookings_named(page).endswith("Therapist-1: S8")


def test_the_tables_lead_to_the_pages_of_the_desk(manager):
    certification = make_certification(
        therapist=make_therapist(slug="mei"), qualification=make_qualification()
    )

    therapist = manager.get(change(certification.therapist)).content.decode()

    assert 'href="/admin/therapist/mei/"' in therapist
    assert reverse("admin:certification", args=[certification.pk]) in (
        manager.get(change(certification)).content.decode()
    )
