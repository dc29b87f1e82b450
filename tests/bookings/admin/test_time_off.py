"""Time off as staff enters it, and what of it only managers see."""

import pytest
from django.urls import reverse

from bookings.domain.staff import Role
from tests.bookings.admin.filling import (
    book,
    bookings_named,
    change,
    errors_of,
    listed,
    messages_of,
    save,
)
from tests.factories import at, make_bookable, make_location, make_therapist, make_time_off
from therapists.models import TimeOff

pytestmark = pytest.mark.django_db
ADD_TIME_OFF = reverse("admin:therapists_timeoff_add")
TIME_OFF = reverse("admin:therapists_timeoff_changelist")


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
