"""`manage.py createtoken`."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from bookings.domain.staff import Role, create_staff
from studio.api.models import StaffToken
from studio.api.tokens import digest_of
from tests.factories import make_therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    """Make a member of staff with a role."""

    def make(role):
        therapist = make_therapist() if role is Role.THERAPIST else None
        return create_staff("robin", "barefoot-on-oiled-backs", role, therapist=therapist)

    return make


def create(*arguments):
    printed = io.StringIO()
    call_command("createtoken", *arguments, stdout=printed)
    return printed.getvalue()


def test_a_token_is_printed_once_and_kept_as_a_digest(staff):
    user = staff(Role.MANAGER)

    token = create("robin", "--scope", "bookings:read", "--scope", "schedule:write").strip()

    stored = StaffToken.objects.get()
    assert (stored.user, stored.digest) == (user, digest_of(token))
    assert stored.scopes == ["bookings:read", "schedule:write"]


def test_a_token_can_have_a_name(staff):
    staff(Role.MANAGER)

    create("robin", "--scope", "bookings:read", "--name", "Website")

    assert str(StaffToken.objects.get()) == "Website"


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.RECEPTIONIST, "bookings:write"),
        (Role.RECEPTIONIST, "clients:read"),
        (Role.THERAPIST, "bookings:read"),
    ],
)
def test_p2_a_role_has_its_scopes(staff, role, scope):
    staff(role)

    create("robin", "--scope", scope)

    assert StaffToken.objects.exists()


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.RECEPTIONIST, "health:read"),
        (Role.THERAPIST, "bookings:write"),
        (Role.THERAPIST, "clients:read"),
        (Role.THERAPIST, "schedule:write"),
    ],
)
def test_p2_a_scope_beyond_the_role_is_refused(staff, role, scope):
    staff(role)

    with pytest.raises(CommandError) as refused:
        create("robin", "--scope", "bookings:read", "--scope", scope)

    assert str(refused.value) == (
        f"A token gives no more than its owner may: robin has no right to {scope}."
    )
    assert not StaffToken.objects.exists()


@pytest.mark.parametrize("values", [{"is_staff": False}, {"is_staff": True, "is_active": False}])
def test_only_staff_has_tokens(values):
    User.objects.create(username="robin", **values)

    with pytest.raises(CommandError, match="There is no member of staff 'robin'"):
        create("robin", "--scope", "bookings:read")


def test_a_scope_that_does_not_exist_is_refused(staff):
    staff(Role.MANAGER)

    with pytest.raises(CommandError, match="invalid choice"):
        create("robin", "--scope", "everything")
