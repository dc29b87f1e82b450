"""Members of staff who have signed in."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from bookings.domain.staff import Role, create_staff
from tests.factories import make_therapist

PASSWORD = "barefoot-on-oiled-backs"

type SignIn = Callable[[Role], Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """Make a member of staff with a role, and give the browser they sit at."""

    def make(role: Role) -> Client:
        therapist = make_therapist(slug="own-account") if role is Role.THERAPIST else None
        user = create_staff(role.value, PASSWORD, role, therapist=therapist)
        browser = Client()
        browser.force_login(user)
        return browser

    return make


@pytest.fixture
def manager(sign_in: SignIn) -> Client:
    """A manager's browser."""
    return sign_in(Role.MANAGER)


@pytest.fixture
def receptionist(sign_in: SignIn) -> Client:
    """A receptionist's browser."""
    return sign_in(Role.RECEPTIONIST)


@pytest.fixture
def manager_account(manager: Client) -> User:
    """The manager's account."""
    return User.objects.get(username=Role.MANAGER.value)
