"""The groups of rule P2, made by a migration."""

import pytest
from django.contrib.auth.models import Group, Permission


def permissions_of(name):
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Permission.objects.filter(group__name=name).select_related("content_type")
    }


@pytest.mark.django_db
@pytest.mark.both_engines
def test_p2_a_therapist_sees_bookings_and_nothing_else():
    assert permissions_of("Therapist") == {"bookings.view_booking"}


@pytest.mark.django_db
def test_p2_a_receptionist_has_part_of_what_a_manager_has():
    assert permissions_of("Receptionist") < permissions_of("Manager")


@pytest.mark.django_db
@pytest.mark.both_engines
def test_p3_only_a_manager_erases_clients():
    assert "bookings.erase_client" in permissions_of("Manager")
    assert "bookings.erase_client" not in permissions_of("Receptionist")


@pytest.mark.django_db
@pytest.mark.both_engines
def test_h3_only_managers_see_health_answers_and_who_looked_and_nobody_writes_them():
    about_health = ("answers", "look", "review")

    assert {each for each in permissions_of("Manager") if each.endswith(about_health)} == {
        f"bookings.view_{name}" for name in about_health
    }
    assert not [each for each in permissions_of("Receptionist") if each.endswith(about_health)]


@pytest.mark.django_db
def test_s7_a_receptionist_edits_no_therapist():
    assert "therapists.change_therapist" not in permissions_of("Receptionist")


@pytest.mark.django_db
def test_b7_nobody_deletes_what_is_kept():
    kept = ("booking", "event", "payment", "sessiontype", "therapist", "room", "location")

    assert not [
        permission
        for group in Group.objects.all()
        for permission in permissions_of(group.name)
        if permission.endswith(tuple(f".delete_{name}" for name in kept))
    ]
