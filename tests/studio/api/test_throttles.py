import pytest

from studio import limits
from studio.api.models import Scope
from tests.calling import anyone, code_of, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_a_minute(monkeypatch):
    monkeypatch.setattr(limits, "WRITES", 2)


def post_as(caller, times, **headers):
    return [caller.post("bookings/", {}, **headers).status_code for _ in range(times)]


def test_an_address_that_writes_too_often_is_told_when_to_come_back():
    post_as(anyone(), 2)

    response = anyone().post("bookings/")

    assert code_of(response) == (429, "throttled")
    assert 1 <= int(response.headers["Retry-After"]) <= 60


def test_another_address_is_not_concerned(settings):
    settings.TRUSTED_PROXIES = 1
    post_as(anyone(), 3, X_Forwarded_For="192.0.2.1")

    assert post_as(anyone(), 1, X_Forwarded_For="192.0.2.2") == [400]


def test_what_a_client_says_of_its_address_is_not_believed():
    assert [
        anyone().post("bookings/", {}, X_Forwarded_For=f"192.0.2.{n}").status_code for n in range(3)
    ] == [400, 400, 429]


def test_readers_are_not_counted():
    assert [anyone().get("locations/").status_code for _ in range(3)] == [200, 200, 200]


def test_staff_who_write_are_not_counted():
    assert post_as(staff(Scope.BOOKINGS_WRITE), 3) == [400, 400, 400]


def test_limits_can_be_switched_off(settings):
    settings.RATE_LIMITS = False

    assert post_as(anyone(), 3) == [400, 400, 400]
