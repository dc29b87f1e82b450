"""API tokens: seen and revoked, never shown."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from bookings.scheduling.hours import to_instant
from studio.api.models import StaffToken
from tests.bookings.admin.filling import messages_of
from tests.clock import SEVEN_ON_MONDAY

pytestmark = pytest.mark.django_db

LIST = reverse("admin:api_stafftoken_changelist")


@pytest.fixture
def token(manager_account):
    """A token of the manager's."""
    return StaffToken.objects.create(
        user=manager_account, name="Website", digest="d1635" * 12, scopes=["bookings:read"]
    )


def change(token):
    return reverse("admin:api_stafftoken_change", args=[token.pk])


def revoke(browser, token):
    return browser.post(
        LIST, {"action": "revoke", "_selected_action": [token.pk], "index": "0"}, follow=True
    )


def test_tokens_are_listed_without_their_secret(manager, token):
    for url in (LIST, change(token)):
        page = manager.get(url).content.decode()
        assert "Website" in page
        assert token.digest not in page


def test_a_token_is_revoked_for_good(manager, token):
    page = revoke(manager, token)

    token.refresh_from_db()
    assert token.revoked_at == to_instant(SEVEN_ON_MONDAY)
    assert messages_of(page) == ["1 token revoked."]


def test_a_token_is_revoked_on_its_own_page(manager, token):
    manager.post(change(token), {"CHANGE_FORM-action": "revoke", "_selected_action": [token.pk]})

    token.refresh_from_db()
    assert token.revoked_at is not None


def test_a_revoked_token_keeps_the_moment(manager, token):
    StaffToken.objects.update(revoked_at=to_instant(0))

    revoke(manager, token)

    token.refresh_from_db()
    assert token.revoked_at == to_instant(0)


def test_nothing_of_a_token_can_be_edited(manager, token):
    manager.post(
        change(token),
        {
            "scopes": '["health:read"]',
            "user": User.objects.create(username="x").pk,
            "_save": "Save",
        },
    )

    stored = StaffToken.objects.get()
    assert (stored.scopes, stored.user) == (["bookings:read"], token.user)
