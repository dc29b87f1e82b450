"""Whoever keeps the pages, and who looks at them."""

import pytest
from django.test import Client

from bookings.domain.staff import Role, create_staff


def _signed_in(role: Role) -> Client:
    browser = Client()
    browser.force_login(create_staff(role.value, "barefoot-on-oiled-backs", role))
    return browser


@pytest.fixture
def manager(db: None) -> Client:
    """A manager's browser."""
    return _signed_in(Role.MANAGER)


@pytest.fixture
def receptionist(db: None) -> Client:
    """A receptionist's browser."""
    return _signed_in(Role.RECEPTIONIST)
