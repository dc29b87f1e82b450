"""Signing in by a code that is sent by mail (rule P1)."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.domain.clients.codes import MOST_ATTEMPTS
from bookings.models import Account, SignInCode
from studio.mail import AT_ONCE, mailer
from tests.bookings.notifications.mail_server import STALL, mail_server
from tests.bookings.pages.account.signing import (
    HOME,
    ask,
    enter,
    mailed_code,
    sign_in,
    wrong_code,
)
from tests.bookings.pages.visiting import hold, markup, text
from tests.factories import make_bookable, make_booking, make_client, make_user

pytestmark = pytest.mark.django_db


def test_who_is_not_signed_in_is_asked_for_an_address(client):
    answer = client.get("/my-bookings/", follow=True)

    assert answer.redirect_chain == [("/my-bookings/sign-in/", 302)]
    assert "There is no password" in text(answer)


def test_p1_a_code_from_the_mail_signs_in(client):
    make_booking(client=make_client(name="Ada", email=HOME))

    answer = sign_in(client)

    assert answer.headers["Location"] == "/my-bookings/"
    assert "Everything under home@example.org" in text(client.get("/my-bookings/"))


def test_p1_the_mail_is_neutral_and_says_where_the_code_is_typed(client):
    make_booking(client=make_client(name="Ada", email=HOME))

    ask(client)

    (message,) = mail.outbox
    assert message.to == [HOME]
    assert message.subject == "Your code for Ashiatsu studio"
    assert "/my-bookings/code/" in message.body
    assert "Ada" not in message.body


def test_the_mail_speaks_the_language_of_the_page(client):
    client.post("/es/my-bookings/sign-in/", {"email": HOME})

    assert mail.outbox[0].subject.startswith("Tu código para")
    assert "/es/my-bookings/code/" in mail.outbox[0].body


def test_p1_the_answer_is_the_same_whether_an_address_is_known(client):
    make_client(email=HOME)
    asked = []
    for email in (HOME, "nobody@example.org"):
        browser = Client()
        with CaptureQueriesContext(connection) as queries:
            answer = ask(browser, email)
        page = text(browser.get("/my-bookings/code/")).replace(email, "?")
        verbs = [query["sql"].split()[:3] for query in queries]
        asked.append((answer.status_code, page, len(mail.outbox), verbs))
        mail.outbox.clear()

    assert asked[0] == asked[1]


def test_p1_who_has_nothing_booked_gets_no_account(client):
    answer = sign_in(client, "nobody@example.org")

    assert "Nothing is booked under this address" in text(answer)
    assert not Account.objects.exists()
    assert client.get("/my-bookings/").status_code == 302


def test_a_code_can_be_typed_without_the_blank(client):
    make_client(email=HOME)
    ask(client)

    assert enter(client, mailed_code().replace(" ", "")).status_code == 302


def test_a_phone_offers_the_code(client):
    ask(client)

    page = markup(client.get("/my-bookings/code/"))

    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page


def test_a_wrong_code_is_said_and_signs_nobody_in(client):
    make_client(email=HOME)
    ask(client)

    answer = enter(client, wrong_code())

    assert answer.status_code == 422
    assert "This is not the code" in text(answer)
    assert client.get("/my-bookings/").status_code == 302


def test_p1_after_five_wrong_codes_the_right_one_is_refused_too(client):
    make_client(email=HOME)
    ask(client)
    right = mailed_code()
    for _ in range(MOST_ATTEMPTS):
        enter(client, wrong_code())

    answer = enter(client, right)

    assert "This code cannot be used any more" in text(answer)
    assert client.get("/my-bookings/").status_code == 302


def test_p1_a_code_is_too_old_after_ten_minutes(client, turn_clock):
    make_client(email=HOME)
    ask(client)

    turn_clock("2026-08-03 07:11")

    assert "This code cannot be used any more" in text(enter(client))


def test_p1_a_code_is_typed_in_the_browser_that_asked_for_it(client):
    make_client(email=HOME)
    ask(client)
    other = Client()
    ask(other, "thief@example.org")

    answer = enter(other, mail.outbox[0].body.split(": ")[1][:7])

    assert answer.status_code == 422


def test_who_has_asked_for_no_code_cannot_type_one(client):
    assert client.get("/my-bookings/code/").headers["Location"] == "/my-bookings/"


def test_p1_too_many_codes_are_refused_with_how_long_to_wait(client):
    for _ in range(5):
        ask(client)

    answer = ask(client)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "3600"
    assert "Too many codes have been asked for" in text(answer)
    assert 'value="home@example.org"' in markup(answer)
    assert len(mail.outbox) == 5


def test_forms_that_come_too_fast_are_refused(client, exhaust):
    exhaust()

    answer = ask(client)

    assert answer.status_code == 429
    assert not mail.outbox


def test_p1_the_code_stands_neither_in_the_log_nor_in_the_database(client, caplog):
    make_client(email=HOME)
    caplog.set_level(logging.DEBUG)
    ask(client)
    code = mailed_code().replace(" ", "")

    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    rows = [str(row) for row in SignInCode.objects.values_list()]
    assert not any(code in each for each in (*sessions, *rows, caplog.text))
    assert HOME not in caplog.text


def test_mail_that_cannot_leave_is_said_and_counts_as_no_code(client, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)

    answer = ask(client)

    assert answer.status_code == 503
    assert "We could not send the mail just now" in text(answer)
    assert not SignInCode.objects.exists()


def test_a_mail_server_that_stalls_keeps_nobody_waiting(client, settings, caplog):
    with mail_server() as server:
        server.of_recipient = lambda address: STALL
        settings.MAILERS = {AT_ONCE: mailer(f"smtp://127.0.0.1:{server.port}", timeout_seconds=0.2)}
        answer = ask(client)

    assert answer.status_code == 503
    assert "We could not send the mail just now" in text(answer)
    assert f'value="{HOME}"' in markup(answer)
    # The server would have answered 421 in the end.
    assert "could not be sent: SMTPServerDisconnected" in caplog.text
    assert not SignInCode.objects.exists()


def test_p1_signing_in_changes_the_session_key_and_keeps_the_held_time(client):
    make_client(email=HOME)
    booking = hold(client, make_bookable())
    before, key = client.session.session_key, booking.browser_key

    answer = sign_in(client, then="details")

    booking.refresh_from_db()
    assert answer.headers["Location"] == "/your-booking/"
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()
    assert booking.browser_key not in ("", key)
    assert client.get("/your-booking/").status_code == 200


def test_signing_out_ends_the_session(client):
    make_client(email=HOME)
    sign_in(client)
    key = client.session.session_key

    client.post("/my-bookings/sign-out/")

    assert client.get("/my-bookings/").status_code == 302
    assert not Session.objects.filter(pk=key).exists()


def test_signing_out_everywhere_ends_other_browsers_too(client):
    make_client(email=HOME)
    other = Client()
    sign_in(other)
    sign_in(client)

    client.post("/my-bookings/sign-out/", {"everywhere": "1"})

    assert other.get("/my-bookings/").status_code == 302
    assert sign_in(other).headers["Location"] == "/my-bookings/"


def test_a_link_to_signing_out_signs_nobody_out(client):
    make_client(email=HOME)
    sign_in(client)

    client.get("/my-bookings/sign-out/")

    assert client.get("/my-bookings/").status_code == 200


def test_a_sign_in_lasts_as_long_as_the_session(client, turn_clock):
    make_client(email=HOME)
    sign_in(client)

    turn_clock("2026-08-17 06:59")
    assert client.get("/my-bookings/").status_code == 200
    turn_clock("2026-08-17 07:00")
    assert client.get("/my-bookings/").status_code == 302


def test_p2_a_code_opens_nothing_of_the_desk_even_for_a_members_own_address(client):
    user = make_user()
    user.email, user.is_superuser = HOME, True
    user.save()
    make_client(email=HOME)

    sign_in(client)

    assert "_auth_user_id" not in client.session
    assert client.get("/admin/").status_code == 302
    assert client.get("/api/v1/bookings/").status_code == 401


def test_p2_signing_in_and_out_leaves_a_member_of_staff_at_the_desk(client):
    user = make_user()
    client.force_login(user)
    make_client(email=HOME)

    sign_in(client)
    client.post("/my-bookings/sign-out/")

    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_form_from_elsewhere_signs_nobody_in_or_out():
    browser = Client(enforce_csrf_checks=True)

    for path in ("sign-in/", "sign-out/"):
        assert browser.post(f"/my-bookings/{path}", {"email": HOME}).status_code == 403
    assert not mail.outbox


def test_who_never_signs_in_gets_no_cookie(client):
    client.get("/my-bookings/", follow=True)

    assert "sessionid" not in client.cookies


def test_every_page_of_it_is_kept_by_nobody(client):
    answer = client.get("/my-bookings/sign-in/")

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
