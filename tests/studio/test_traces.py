"""Rule H3: a report of a mistake of ours has nothing of what was sent."""

import logging

import pytest
from django.core import mail
from django.test import Client
from django.utils.log import AdminEmailHandler

from bookings.pages import for_me
from tests.calling import anyone

pytestmark = pytest.mark.django_db

SAID = "A zither fell on me"


@pytest.fixture
def mailed(settings, monkeypatch):
    """The reports of a studio that has them mailed, as HTML, with every variable in them."""
    settings.ADMINS = ["owner@example.org"]
    handler = AdminEmailHandler(include_html=True)
    monkeypatch.setattr(logging.getLogger("django.request"), "handlers", [handler])
    return mail.outbox


def broken(*args, **named):
    raise RuntimeError("Something of ours is broken.")


def test_h3_a_mailed_report_has_no_field_of_a_form_and_no_variable(mailed, monkeypatch):
    monkeypatch.setattr(for_me, "evaluate", broken)
    monkeypatch.setattr(for_me, "questions_at", broken)

    Client(raise_request_exception=False).post("/is-it-for-me/", {"answer-other": SAID})

    [report] = mailed
    html = report.alternatives[0].content
    assert "Something of ours is broken." in html
    assert "answer-other" in html
    assert SAID not in html
    assert SAID not in report.body


def test_h3_nor_one_of_what_a_program_sent(mailed, monkeypatch):
    monkeypatch.setattr("bookings.api.views.health.asked_at", broken)
    caller = anyone()
    caller.client.raise_request_exception = False
    sent = {"session_date": "2026-08-10", "answers": {"other": {"text": SAID}}}

    caller.post("health-check/", sent)

    [report] = mailed
    assert "RuntimeError" in report.body
    assert SAID not in report.alternatives[0].content
    assert SAID not in report.body
