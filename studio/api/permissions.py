"""What staff may do, whether they call with a token or with the session's cookie."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from studio.api.models import Scope, StaffToken

PERMISSIONS = {
    Scope.BOOKINGS_READ: ("bookings.view_booking",),
    Scope.BOOKINGS_WRITE: ("bookings.change_booking",),
    Scope.CLIENTS_READ: ("bookings.view_client",),
    Scope.HEALTH_READ: ("bookings.view_answers",),
    Scope.SCHEDULE_WRITE: ("therapists.change_timeoff",),
}
"""What the owner must be allowed for a scope to mean anything."""


def may(request: Request, scope: Scope) -> bool:
    """Whether the caller is staff and may do this; a token gives no more than its owner may."""
    user = request.user
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return False
    if isinstance(request.auth, StaffToken) and scope not in request.auth.scopes:
        return False
    return user.has_perms(PERMISSIONS[scope])


class ReadsBookings(BasePermission):
    """Staff who may read bookings."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether it is one of them."""
        return may(request, Scope.BOOKINGS_READ)


class WritesBookings(BasePermission):
    """Staff who may write bookings."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether it is one of them."""
        return may(request, Scope.BOOKINGS_WRITE)


class ReadsHealth(BasePermission):
    """Staff who may read health answers."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether it is one of them."""
        return may(request, Scope.HEALTH_READ)
