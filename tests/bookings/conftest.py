"""Members of staff who have signed in; and all that is said while a test runs."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.domain.staff import Role, create_staff
from tests.factories import make_therapist
from tests.planting import Gathered

PASSWORD = "barefoot-on-oiled-backs"

type SignIn = Callable[[Role], Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """Make a member of staff with a role, and give the browser they sit at."""
    return lambda role: browser_of(account_of(role))


def account_of(role: Role) -> User:
    """A new member of staff, with the page of a therapist if that is the role."""
    therapist = make_therapist(slug="own-account") if role is Role.THERAPIST else None
    return create_staff(role.value, PASSWORD, role, therapist=therapist)


def browser_of(account: User) -> Client:
    """The browser in which somebody has signed in."""
    browser = Client()
    browser.force_login(account)
    return browser


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


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gathered]:
    """All that is said while the test runs; every logger is told to keep nothing to itself."""
    handler = Gathered()
    names = ["", *logging.Logger.manager.loggerDict]
    for logger in map(logging.getLogger, names):
        monkeypatch.setattr(logger, "level", logging.DEBUG)
        monkeypatch.setattr(logger, "disabled", False)
    logging.getLogger().addHandler(handler)
    with CaptureQueriesContext(connection):
        yield handler
    logging.getLogger().removeHandler(handler)
