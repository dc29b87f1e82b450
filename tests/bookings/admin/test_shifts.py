"""Shifts as staff edits them, by themselves and on their therapist's page."""

import pytest
from django.urls import reverse

from bookings.domain.attention.accepted import accepted_for
from bookings.domain.callers import Caller
from bookings.domain.events import record
from bookings.enums import EventKind, Source
from bookings.scheduling.slots import Rule
from studio.premises.models import ScheduleVersion
from tests.bookings.admin.filling import book, bookings_named, change, errors_of, messages_of, save
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import at, make_bookable, make_location, make_therapist
from therapists.models import Shift

pytestmark = pytest.mark.django_db
ADD_SHIFT = reverse("admin:therapists_shift_add")


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
