"""What members of staff see (rules P2 and S7); the accounts themselves are made by a command."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import ValidationError

from bookings.domain.staff import (
    Role,
    create_staff,
    may_review,
    may_see_private_time_off,
    sees_date,
    sees_every_booking,
    visible_bookings,
    visible_time_off,
)
from bookings.scheduling.hours import to_minute
from tests.factories import MONDAY, at, make_booking, make_location, make_therapist, make_time_off

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = to_minute(at("2026-08-03 07:00"))
PASSWORD = "barefoot-on-oiled-backs"


def make(role):
    therapist = make_therapist(slug="own") if role is Role.THERAPIST else None
    return create_staff(role.value, PASSWORD, role, therapist=therapist)


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.MANAGER, True), (Role.RECEPTIONIST, False), (Role.THERAPIST, False)]
)
def test_s7_only_managers_see_private_periods(role, sees):
    off = make_time_off(
        therapist=make_therapist(),
        location=make_location(),
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 12:00",
        barefoot_only=True,
    )
    user = make(role)

    assert may_see_private_time_off(user) is sees
    assert list(visible_time_off(user)) == ([off] if sees else [])


@pytest.mark.parametrize(
    ("role", "decides"),
    [(Role.MANAGER, True), (Role.RECEPTIONIST, False), (Role.THERAPIST, False)],
)
def test_h3_only_managers_decide_about_reviews(role, decides):
    assert may_review(make(role)) is decides


@pytest.mark.parametrize(
    ("role", "references"),
    [
        (Role.MANAGER, {"OWN", "OWN-LATER", "OTHER"}),
        (Role.RECEPTIONIST, {"OWN", "OWN-LATER", "OTHER"}),
        (Role.THERAPIST, {"OWN"}),
    ],
)
def test_p2_each_role_sees_its_bookings(role, references):
    user = make(role)
    own = getattr(user, "therapist", None) or make_therapist(slug="own")
    make_booking(therapist=own, reference="OWN")
    make_booking(therapist=own, reference="OWN-LATER", starts_at=at("2026-08-05 10:00"))
    make_booking(reference="OTHER")

    found = visible_bookings(user, now=NOW)

    assert {booking.reference for booking in found} == references


@pytest.mark.parametrize(
    ("role", "days"),
    [
        (Role.MANAGER, [-2, -1, 0, 1, 2]),
        (Role.RECEPTIONIST, [-2, -1, 0, 1, 2]),
        (Role.THERAPIST, [-1, 0, 1]),
    ],
)
def test_p2_a_therapist_sees_the_dates_around_today(role, days):
    user = make(role)

    seen = [
        number
        for number in range(-2, 3)
        if sees_date(user, MONDAY + timedelta(days=number), today=MONDAY)
    ]

    assert seen == days
    assert sees_every_booking(user) is (role is not Role.THERAPIST)


def test_p2_nobody_in_particular_sees_nothing():
    make_booking()

    assert not visible_bookings(AnonymousUser(), now=NOW).exists()
    assert not may_see_private_time_off(AnonymousUser())
    assert not may_review(AnonymousUser())


def test_p2_an_account_that_was_switched_off_sees_nothing():
    user = make(Role.MANAGER)
    make_booking()
    user.is_active = False

    assert not visible_bookings(user, now=NOW).exists()


def test_p2_a_therapists_account_without_a_therapist_sees_nothing():
    user = User.objects.create(username="trainee", is_staff=True)
    user.groups.add(Group.objects.get(name="Therapist"))
    make_booking()

    assert not visible_bookings(user, now=NOW).exists()


def test_nothing_is_made_of_an_account_that_is_refused():
    make_therapist(slug="mei")

    with pytest.raises(ValidationError):
        create_staff("mei", "short", Role.MANAGER)

    assert not User.objects.exists()
