"""Tokens with which programs of members of staff call."""

import hashlib
import secrets
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from studio.api.models import Scope, StaffToken

PREFIX = "ashi_"
"""Tells people, and programs that look for leaked secrets, what they have found."""


def issue_token(user: User, scopes: Iterable[str], name: str = "") -> str:
    """Make a token and return it: the only time that anybody sees it."""
    token = PREFIX + secrets.token_urlsafe(32)
    StaffToken.objects.create(
        user=user,
        name=name,
        digest=digest_of(token),
        scopes=sorted({Scope(scope).value for scope in scopes}),
    )
    return token


def digest_of(token: str) -> str:
    """What is kept of a token. It is random through and through, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


class StaffTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; other schemes are left to others."""

    def authenticate(self, request: Request) -> tuple[User, StaffToken] | None:
        """The owner and the token; raises AuthenticationFailed for a token that does not count."""
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = (
            StaffToken.objects.select_related("user")
            .filter(digest=digest_of(secret.strip().decode("latin-1")), revoked_at=None)
            .first()
        )
        if token is None or not (token.user.is_active and token.user.is_staff):
            raise AuthenticationFailed(_("This token is unknown, or not valid any more."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="api"'
