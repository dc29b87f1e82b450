import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from studio.api.models import Scope, StaffToken
from studio.api.permissions import PERMISSIONS, may
from studio.api.tokens import issue_token
from tests.calling import allow
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def request_of(user: User | AnonymousUser, token: StaffToken | None = None) -> Request:
    request = Request(APIRequestFactory().get("/"))
    # Django keeps what an account may on the object, so each request gets one of its own.
    request.user = User.objects.get(pk=user.pk) if user.pk else user
    request.auth = token
    return request


def token_for(user: User, *scopes: Scope) -> StaffToken:
    issue_token(user, scopes)
    return StaffToken.objects.latest("pk")


def test_nobody_may_nothing():
    assert not may(request_of(AnonymousUser()), Scope.BOOKINGS_READ)


def test_staff_with_the_permission_may_without_a_token():
    receptionist = make_user()
    allow(receptionist, [Scope.BOOKINGS_READ])

    assert may(request_of(receptionist), Scope.BOOKINGS_READ)


def test_a_client_with_an_account_may_not_whatever_its_permissions():
    client = User.objects.create_user("robin")
    allow(client, [Scope.BOOKINGS_READ])

    assert not may(request_of(client), Scope.BOOKINGS_READ)


def test_staff_who_left_may_not():
    receptionist = make_user()
    allow(receptionist, [Scope.BOOKINGS_READ])
    receptionist.is_active = False
    receptionist.save()

    assert not may(request_of(receptionist), Scope.BOOKINGS_READ)


def test_a_token_gives_no_more_than_its_scopes():
    receptionist = make_user()
    allow(receptionist, [Scope.BOOKINGS_READ, Scope.BOOKINGS_WRITE])
    request = request_of(receptionist, token_for(receptionist, Scope.BOOKINGS_READ))

    assert may(request, Scope.BOOKINGS_READ)
    assert not may(request, Scope.BOOKINGS_WRITE)


def test_a_token_gives_no_more_than_its_owner_may():
    receptionist = make_user()
    allow(receptionist, [Scope.BOOKINGS_READ])
    request = request_of(receptionist, token_for(receptionist, *Scope))

    assert [scope for scope in Scope if may(request, scope)] == [Scope.BOOKINGS_READ]


def test_a_manager_of_everything_is_still_bound_by_the_token():
    manager = User.objects.create_superuser("manager")
    request = request_of(manager, token_for(manager, Scope.CLIENTS_READ))

    assert [scope for scope in Scope if may(request, scope)] == [Scope.CLIENTS_READ]


@pytest.mark.parametrize("scope", [s for s in Scope if s is not Scope.HEALTH_READ])
def test_every_scope_asks_for_permissions_that_exist(scope):
    for name in PERMISSIONS[scope]:
        app, codename = name.split(".")
        assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists()
