import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.test import Client

from studio.sessions import SessionStore
from tests.calling import anyone, code_of
from tests.factories import make_bookable

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

FORGED = [
    r'sessionid="aaaaaaaaaaaa\000bbbb"',
    rf'sessionid="{"a" * 31}\000"',
    rf'sessionid="{"a" * 32}\012"',
    f"sessionid={'a' * 4000}",
    "sessionid=\xff\xfe\xfd\xfc\xff\xfe\xfd\xfc",
    r'csrftoken="aaaaaaaaaaaa\000bbbb"',
    rf'csrftoken="{"a" * 31}\000"',
    r'messages="aaaaaaaaaaaa\000bbbb"',
    r'messages="W10:1aaaaa:\000bbbb"',
]


def forged(*paths):
    return pytest.mark.parametrize(
        ("path", "cookie"), [(path, cookie) for path in paths for cookie in FORGED]
    )


@forged("/", "/sessions/", "/book/location-1/session-1/", "/admin/login/")
def test_a_forged_cookie_makes_no_difference_to_a_page(client, path, cookie):
    make_bookable()

    assert client.get(path, headers={"cookie": cookie}).status_code == 200


@forged("/your-booking/", "/admin/")
def test_a_forged_cookie_opens_nothing(client, path, cookie):
    assert client.get(path, headers={"cookie": cookie}).status_code == 302


@forged("/book/location-1/session-1/")
def test_a_form_with_a_forged_cookie_begins_a_new_session(client, path, cookie):
    make_bookable()

    answer = client.post(
        path, {"starts_at": "2026-08-03T10:00:00-06:00"}, headers={"cookie": cookie}
    )

    assert answer.status_code == 302
    assert Session.objects.get().session_key == answer.cookies["sessionid"].value


@forged("/book/location-1/session-1/")
def test_a_forged_cookie_is_no_proof_of_where_a_form_came_from(path, cookie):
    make_bookable()

    answer = Client(enforce_csrf_checks=True).post(
        path, {"csrfmiddlewaretoken": "a" * 64}, headers={"cookie": cookie}
    )

    assert answer.status_code == 403


@forged("locations/")
def test_a_forged_cookie_makes_no_difference_to_a_reader_of_the_api(path, cookie):
    assert anyone().get(path, Cookie=cookie).status_code == 200


@forged("bookings/")
def test_a_forged_cookie_makes_no_difference_to_a_writer_at_the_api(path, cookie):
    assert code_of(anyone().post(path, Cookie=cookie)) == (400, "invalid")


def test_a_session_that_was_begun_is_found_again():
    begun = SessionStore()
    begun["held"] = "one"
    begun.save()

    assert SessionStore(begun.session_key)["held"] == "one"


def test_a_session_that_django_itself_kept_is_still_read():
    before = db.SessionStore()
    before["held"] = "one"
    before.save()

    assert SessionStore(before.session_key)["held"] == "one"
