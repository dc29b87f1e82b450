"""How often an address may write to the API."""

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from studio.api.models import Scope
from studio.api.permissions import may
from studio.limits import wait_to_write


class WritesByAddress(BaseThrottle):
    """So many writes a minute from one network address; staff and readers are not counted."""

    wait_seconds = 0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one may go on."""
        if request.method in SAFE_METHODS or may(request, Scope.BOOKINGS_WRITE):
            return True
        self.wait_seconds = wait_to_write(request._request)
        return self.wait_seconds == 0

    def wait(self) -> float:
        """When to come back."""
        return self.wait_seconds
