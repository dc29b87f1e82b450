"""Calling the API from tests: as anyone, with a booking's token, or as staff."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client

from bookings.domain.links import manage_token
from bookings.models import Booking
from studio.api.models import Scope
from studio.api.permissions import PERMISSIONS
from studio.api.tokens import issue_token
from therapists.models import Therapist

BASE = "/api/v1/"

DENVER_TEN = "2026-08-03T10:00:00-06:00"
"""Ten on the factories' Monday, when nothing is booked yet."""

ROBIN = {"name": "Robin Client", "email": "robin@example.org"}


class Api:
    """A caller with an Authorization header, or without."""

    def __init__(self, authorization: str = "", *, raises: bool = True) -> None:
        headers = {"Authorization": authorization} if authorization else {}
        self.client = Client(headers=headers, raise_request_exception=raises)

    def get(self, path: str, query: Mapping[str, Any] | None = None, **headers: str) -> Any:
        """GET a path below the base."""
        return self.client.get(BASE + path, query or {}, headers=_named(headers))

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        """POST JSON to a path below the base."""
        return self.client.post(
            BASE + path,
            {} if body is None else body,
            content_type="application/json",
            headers=_named(headers),
        )


def anyone() -> Api:
    """Who is not known."""
    return Api()


def client_of(booking: Booking) -> Api:
    """Who has the booking's token."""
    return Api(f"Booking {manage_token(booking)}")


def staff(*scopes: Scope) -> Api:
    """A program with a token for some scopes, whose owner works at reception."""
    owner = User.objects.create_user(f"staff-{User.objects.count() + 1}", is_staff=True)
    allow(owner, {*scopes, Scope.BOOKINGS_READ, Scope.BOOKINGS_WRITE})
    return Api(f"Bearer {issue_token(owner, scopes)}")


def reception() -> Api:
    """A program that may do what reception does."""
    return staff(Scope.BOOKINGS_READ, Scope.BOOKINGS_WRITE, Scope.CLIENTS_READ)


def manager() -> Api:
    """A program of somebody who may also decide about reviews."""
    caller = reception()
    owner = User.objects.latest("pk")
    owner.user_permissions.add(Permission.objects.get(codename="view_answers"))
    return caller


def therapist_of(therapist: Therapist) -> Api:
    """A program of a therapist, who reads bookings."""
    owner = User.objects.create_user(f"staff-{User.objects.count() + 1}", is_staff=True)
    allow(owner, [Scope.BOOKINGS_READ])
    therapist.user = owner
    therapist.save()
    return Api(f"Bearer {issue_token(owner, [Scope.BOOKINGS_READ])}")


def allow(user: User, scopes: Collection[Scope]) -> None:
    """Give an account the permissions without which the scopes mean nothing."""
    for scope in scopes:
        for name in PERMISSIONS[scope]:
            app, codename = name.split(".")
            user.user_permissions.add(
                *Permission.objects.filter(content_type__app_label=app, codename=codename)
            )


def code_of(response: Any) -> tuple[int, str]:
    """Status and code of a problem, which must look like one."""
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert {"type", "title", "status", "detail", "code"} <= set(problem)
    assert problem["status"] == response.status_code
    return response.status_code, problem["code"]


def fields_of(response: Any) -> list[str]:
    """The fields that an `invalid` problem names."""
    assert code_of(response) == (400, "invalid")
    return [error["field"] for error in response.json()["errors"]]


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
