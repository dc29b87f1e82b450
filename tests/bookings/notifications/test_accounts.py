"""Mails about an account."""

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from bookings.domain.clients.codes import digits_of, new_code
from bookings.models import SignInCode
from bookings.notifications.accounts import NotSent, send_code, tell_old_address
from tests.bookings.domain.asking import NOW
from tests.factories import make_location, make_studio

pytestmark = pytest.mark.django_db


def test_a_code_is_no_answerable_mail_and_names_the_studio():
    make_studio(name="Still Water")

    send_code(new_code("ada@example.org", address_key="a", now=NOW), "ada@example.org", page="/x/")

    (message,) = mail.outbox
    assert message.subject == "Your code for Still Water"
    assert message.message()["Auto-Submitted"] == "auto-generated"
    assert "It lasts 10 minutes" in message.body
    assert isinstance(message, EmailMultiAlternatives)
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert digits_of(SignInCode.objects.get())[:3] in str(html)
    assert "/x/" in str(html)


def test_an_address_that_no_mail_can_have_is_not_sent_to():
    code = new_code("ada@example.org", address_key="a", now=NOW)

    with pytest.raises(NotSent):
        send_code(code, "ada@example.org\nBcc: ben@example.org", page="/x/")


def test_the_old_address_is_told_whom_to_call():
    location = make_location()

    tell_old_address("old@example.org", page="/my-bookings/")

    assert mail.outbox[0].to == ["old@example.org"]
    assert location.phone in mail.outbox[0].body
