"""What all views of the API have in common."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bookings.api.refusals import as_problem
from bookings.domain.staff import may_see_private_time_off
from bookings.errors import BookingError
from bookings.scheduling.timeline import Minute
from studio.api.throttles import WritesByAddress
from studio.clock import this_minute


class Door(APIView):
    """Asks the time once, lets nobody store its answers, and turns refusals into problems."""

    throttle_classes = [WritesByAddress]
    cache_control = "no-store"
    now: Minute

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ask what time it is; and what cannot be done at all needs no proof of who asks."""
        self.now = this_minute()
        if not hasattr(self, str(request.method).lower()):
            self.http_method_not_allowed(request)
        if request.headers.get("Transfer-Encoding") and not request.headers.get("Content-Length"):
            # The gateway gives us no such body, and nothing at all can be a valid one.
            raise ParseError(_("Send the body with a Content-Length, not in chunks."))
        super().initial(request, *args, **kwargs)

    def check_permissions(self, request: Request) -> None:
        """Let anyone ask which methods there are."""
        if request.method != "OPTIONS":
            super().check_permissions(request)

    def handle_exception(self, exc: Exception) -> Response:
        """Answer a refusal of the domain as any other problem."""
        if isinstance(exc, BookingError):
            sees_private = may_see_private_time_off(self.request.user)
            exc = as_problem(exc, sees_private=sees_private)
        return super().handle_exception(exc)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Say who may keep the answer."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", self.cache_control)
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Which methods there are: in the `Allow` header, as everywhere."""
        return Response(status=204)
