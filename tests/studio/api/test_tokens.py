import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from studio.api.models import Scope, StaffToken
from studio.api.tokens import StaffTokenAuthentication, digest_of, issue_token
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def authenticate(authorization: str) -> tuple[User, StaffToken] | None:
    http_request = APIRequestFactory().get("/", headers={"Authorization": authorization})
    return StaffTokenAuthentication().authenticate(Request(http_request))


def test_a_token_names_its_owner():
    owner = make_user()
    token = issue_token(owner, [Scope.BOOKINGS_READ], "front desk")

    assert authenticate(f"Bearer {token}") == (owner, StaffToken.objects.get())


def test_the_scheme_is_read_in_any_case():
    token = issue_token(make_user(), [Scope.BOOKINGS_READ])

    assert authenticate(f"bearer {token}") is not None


def test_only_a_hash_of_the_token_is_kept():
    token = issue_token(make_user(), [Scope.BOOKINGS_READ])

    kept = StaffToken.objects.get()
    assert kept.digest == digest_of(token)
    assert token not in str(list(StaffToken.objects.values()))


def test_scopes_are_kept_once_each():
    issue_token(make_user(), [Scope.CLIENTS_READ, "bookings:read", Scope.CLIENTS_READ])

    assert StaffToken.objects.get().scopes == ["bookings:read", "clients:read"]


def test_a_scope_that_does_not_exist_makes_no_token():
    with pytest.raises(ValueError, match="bookings:delete"):
        issue_token(make_user(), ["bookings:delete"])

    assert not StaffToken.objects.exists()


def test_two_tokens_differ():
    owner = make_user()

    assert issue_token(owner, []) != issue_token(owner, [])


@pytest.mark.parametrize("authorization", ["", "Basic cm9iaW46c2VjcmV0", "Booking secret"])
def test_other_schemes_are_left_to_others(authorization):
    assert authenticate(authorization) is None


@pytest.mark.parametrize("authorization", ["Bearer", "Bearer ", "Bearer nonsense", "Bearer é ü"])
def test_an_unknown_token_is_refused(authorization):
    issue_token(make_user(), [Scope.BOOKINGS_READ])

    with pytest.raises(AuthenticationFailed):
        authenticate(authorization)


def test_a_revoked_token_is_refused():
    token = issue_token(make_user(), [Scope.BOOKINGS_READ])
    StaffToken.objects.update(revoked_at=timezone.now())

    with pytest.raises(AuthenticationFailed):
        authenticate(f"Bearer {token}")


@pytest.mark.parametrize("quality", ["is_active", "is_staff"])
def test_the_token_of_somebody_who_left_is_refused(quality):
    token = issue_token(make_user(), [Scope.BOOKINGS_READ])
    User.objects.update(**{quality: False})

    with pytest.raises(AuthenticationFailed):
        authenticate(f"Bearer {token}")
