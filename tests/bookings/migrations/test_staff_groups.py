"""The groups of rule P2, made by a migration that can go both ways."""

import pytest
from django.contrib.auth.models import Group, Permission

from tests.serving import environment, manage

BACK_AND_FORTH = """
from django.contrib.auth.models import Group
from django.core.management import call_command
call_command("migrate", "bookings", "0001", verbosity=0)
print(Group.objects.count())
call_command("migrate", "bookings", verbosity=0)
print(*Group.objects.order_by("name").values_list("name", flat=True))
"""


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


def test_the_migration_goes_back_and_forth(live_database, tmp_path):
    env = environment(live_database, tmp_path)

    told = manage("shell", "-v0", "-c", BACK_AND_FORTH, env=env)

    assert told.splitlines() == ["0", "Manager Receptionist Therapist"]
