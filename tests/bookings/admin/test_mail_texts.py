"""The studio's own words in mails, as a manager writes and previews them."""

import re

import pytest
from django.urls import reverse

from bookings.enums import NotificationKind as Kind
from bookings.models import MailText
from bookings.notifications.wording import program_words, unknown_in
from tests.bookings.admin.filling import errors_of, save

pytestmark = pytest.mark.django_db

ADD = reverse("admin:bookings_mailtext_add")
PREVIEW = reverse("admin:bookings_mailtext_preview")
TYPED = {"kind": "confirmed", "language": "en", "subject": "", "opening": "", "closing": ""}


def test_a_manager_writes_words_of_the_studio_s_own(manager):
    save(manager, ADD, **TYPED | {"subject": "See you on {date}", "opening": "Hi {client}!"})

    row = MailText.objects.get()
    assert (row.kind, row.subject, row.opening) == (
        "confirmed",
        "See you on {date}",
        "Hi {client}!",
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("subject", "{session}"),
        ("subject", "{therapist}"),
        ("subject", "{link}"),
        ("opening", "{client.email}"),
        ("opening", "{0}"),
        ("opening", "{"),
        ("closing", "{deadline}"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_and_what_can_is_named(manager, field, typed):
    page = save(manager, ADD, **TYPED | {field: f"Hello {typed}"})

    (error,) = errors_of(page)[field]
    assert typed in error
    assert "{client}, {date}, {time}, {location}, {studio}" in error
    assert not MailText.objects.exists()


def test_a_subject_cannot_begin_another_header(manager):
    save(manager, ADD, **TYPED | {"subject": "Hello\r\nBcc: all@example.org"})

    assert not MailText.objects.filter(subject__contains="\n").exists()


@pytest.mark.parametrize("kind", list(Kind))
def test_the_program_s_own_words_would_be_taken(kind):
    words = program_words(kind)

    assert unknown_in(words.subject, kind, in_subject=True) == []
    assert unknown_in(words.opening + words.closing, kind, in_subject=False) == []


def test_the_form_begins_with_the_program_s_words_in_that_language(manager):
    page = manager.get(ADD, {"kind": "confirmed", "language": "es"})

    assert "Hola, {client}:" in page.text


def test_the_list_leads_to_what_is_still_in_the_program_s_words(manager):
    MailText.objects.create(kind=Kind.CONFIRMED, language="en", subject="See you on {date}")

    page = manager.get(reverse("admin:bookings_mailtext_changelist"))

    ways = re.findall(rf'href="{ADD}\?kind=(\w+)&amp;language=(\w+)"', page.text)
    assert set(ways) == {(kind, code) for kind in Kind for code in ("en", "es")} - {
        ("confirmed", "en")
    }
    assert 'aria-label="Confirmed: Español">Español</a>' in page.text
    form = manager.get(ADD, {"kind": "confirmed", "language": "es"}).text
    assert '<option value="confirmed" selected>' in form


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_preview_shows_each_mail_with_an_example_and_stores_nothing(manager, kind, language):
    typed = TYPED | {"kind": kind, "language": language, "opening": "<b>Look</b>"}

    page = manager.post(PREVIEW, typed)

    assert page.status_code == 200
    assert "&amp;lt;b&amp;gt;Look" in page.text
    assert "sha256-" in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]
    assert not MailText.objects.exists()


def test_a_preview_says_what_is_wrong(manager):
    page = manager.post(PREVIEW, TYPED | {"subject": "{session}"})

    assert page.status_code == 422
    assert "cannot be filled in here" in page.text
