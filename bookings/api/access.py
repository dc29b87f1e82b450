"""Who may do what with which booking: its own token, or staff."""

from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import NotAuthenticated, NotFound, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from bookings.domain.callers import Caller
from bookings.domain.links import opened_by
from bookings.domain.staff import visible_bookings
from bookings.enums import Source
from bookings.models import Booking
from bookings.scheduling.timeline import Minute
from studio.api.models import Scope, StaffToken
from studio.api.permissions import may
from studio.visitors import address_key, browser_key


def caller_of(request: Request) -> Caller:
    """The caller, as staff who may write bookings or as a client.

    A staff token without that scope is refused: it was not made for this.
    """
    is_staff = may(request, Scope.BOOKINGS_WRITE)
    if isinstance(request.auth, StaffToken) and not is_staff:
        raise PermissionDenied
    return Caller(
        source=Source.API,
        user=request.user if request.user.is_authenticated else None,
        is_staff=is_staff,
        browser_key=browser_key(request._request),
        address_key=address_key(request._request),
    )


def sees_staff_times(request: Request) -> bool:
    """Whether the caller is staff, to whom the notice and the horizon do not apply (rule S9).

    A token that only reads shows what its owner could book; so does a session.
    """
    scope = Scope.BOOKINGS_READ if isinstance(request.auth, StaffToken) else Scope.BOOKINGS_WRITE
    return may(request, scope) and request.user.has_perm("bookings.change_booking")


def booking_for(request: Request, reference: str, scope: Scope, *, now: Minute) -> Booking:
    """The booking, for who has its token or is staff with the scope who may see it (rule P2).

    A wrong token is answered as a wrong reference is: nobody learns which bookings exist.
    """
    token = booking_token(request)
    if token is None:
        _check_staff(request, scope)
        booking = (
            visible_bookings(request.user, now=now).whole().filter(reference=reference).first()
        )
    else:
        booking = opened_by(reference, token)
    if booking is None:
        raise NotFound
    return booking


def booking_token(request: Request) -> str | None:
    """The secret of `Authorization: Booking <manage_token>`."""
    scheme, _space, secret = get_authorization_header(request).partition(b" ")
    return secret.strip().decode("latin-1") if scheme.lower() == b"booking" else None


class SeesStaffTimes(BasePermission):
    """Staff who book for others, and may know what is in the way."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether it is one of them."""
        return sees_staff_times(request)


def _check_staff(request: Request, scope: Scope) -> None:
    if not request.user.is_authenticated:
        raise NotAuthenticated
    if not may(request, scope):
        raise PermissionDenied
