"""What reception may do that clients may not."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client as Browser

from bookings.models import Booking
from studio.api.models import Scope
from tests.bookings.api.views.bookings.asking import book, booked, order
from tests.calling import Api, allow, code_of, fields_of, reception, staff

pytestmark = pytest.mark.django_db


def test_s9_reception_books_at_any_five_minutes_within_the_notice(place):
    answer = book(place, reception(), starts_at="2026-08-03T09:05:00-06:00")

    assert answer.status_code == 201
    assert Booking.objects.get().events.get().by is not None


@pytest.mark.parametrize("reach", [{"email": "robin@example.org"}, {"phone": "+1 303 555 0142"}])
def test_reception_books_for_who_has_a_phone_or_an_address(place, reach):
    assert book(place, reception(), client={"name": "Robin", **reach}).status_code == 201


def test_reception_books_for_nobody_who_cannot_be_reached(place):
    assert fields_of(book(place, reception(), client={"name": "Robin"})) == ["client.phone"]


@pytest.mark.both_engines
def test_reception_is_told_the_rule_and_whether_a_reason_goes_past_it(place):
    booked(place)

    taken = book(place, reception())
    early = book(place, reception(), starts_at="2026-08-03T08:00:00-06:00")

    assert code_of(taken) == code_of(early) == (409, "rule_refused")
    assert (taken.json()["rule"], taken.json()["overridable"]) == ("S3", False)
    assert (early.json()["rule"], early.json()["overridable"]) == ("S2", True)


def test_s2_reception_goes_past_a_soft_rule_with_a_reason(place):
    answer = book(
        place,
        reception(),
        starts_at="2026-08-03T08:00:00-06:00",
        override=["S2"],
        override_reason="A regular.",
    )

    event = Booking.objects.get().events.get()
    assert answer.status_code == 201
    assert (event.overridden, event.reason) == (["S2"], "A regular.")


def test_s9_reception_books_a_walk_in_that_has_begun(place):
    early = {"starts_at": "2026-08-03T06:55:00-06:00", "override_reason": "A walk-in."}

    answer = book(place, reception(), override=["S9", "S2"], **early)

    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        ({"override": ["S2"]}, ["override_reason"]),
        ({"override": ["S2"], "override_reason": " "}, ["override_reason"]),
        ({"override": ["S3"], "override_reason": "Please."}, ["override.0"]),
        ({"override": ["S2", "X"], "override_reason": "Please."}, ["override.1"]),
        ({"override": "S2", "override_reason": "Please."}, ["override"]),
        ({"override": ["S2"], "override_reason": "Please.", "hold": True}, ["override"]),
    ],
)
def test_an_override_that_does_not_fit_is_told_where(place, other, fields):
    assert fields_of(book(place, reception(), **other)) == fields


def test_a_token_that_may_not_write_books_nothing(place):
    assert code_of(book(place, staff(Scope.BOOKINGS_READ))) == (403, "permission_denied")
    assert not Booking.objects.exists()


def test_a_token_books_nothing_that_its_owner_may_not(place):
    caller = staff(Scope.BOOKINGS_WRITE)
    User.objects.get().user_permissions.clear()

    assert code_of(book(place, caller)) == (403, "permission_denied")


def test_staff_in_the_browser_book_as_reception(place):
    user = User.objects.create_user("desk", is_staff=True)
    allow(user, [Scope.BOOKINGS_WRITE])
    browser = Api()
    browser.client.force_login(user)

    assert book(place, browser, starts_at="2026-08-03T09:05:00-06:00").status_code == 201


def test_staff_in_the_browser_need_the_csrf_token(place):
    user = User.objects.create_user("desk", is_staff=True)
    allow(user, [Scope.BOOKINGS_WRITE])
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(user)

    def send(**headers: str) -> Any:
        return browser.post(
            "/api/v1/bookings/", order(place), content_type="application/json", headers=headers
        )

    assert code_of(send()) == (403, "permission_denied")
    secret = "a" * 32
    browser.cookies["csrftoken"] = secret
    assert send(**{"X-CSRFToken": secret}).status_code == 201


def test_staff_who_may_not_write_book_as_clients_in_the_browser(place):
    browser = Api()
    browser.client.force_login(User.objects.create_user("ana", is_staff=True))

    assert code_of(book(place, browser, starts_at="2026-08-03T09:05:00-06:00"))[0] == 409
    assert book(place, browser).status_code == 201
