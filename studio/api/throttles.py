"""How often an address may write."""

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from studio.api.models import Scope
from studio.api.permissions import may
from studio.visitors import address_key


class WritesByAddress(SimpleRateThrottle):
    """So many writes a minute from one network address; staff and readers are not counted."""

    rate = "60/min"
    scope = "writes"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one may go on."""
        if (
            not settings.RATE_LIMITS
            or request.method in SAFE_METHODS
            or may(request, Scope.BOOKINGS_WRITE)
        ):
            return True
        return super().allow_request(request, view)

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """By a keyed hash, not by the address itself."""
        return f"throttle:{self.scope}:{address_key(request._request)}"
