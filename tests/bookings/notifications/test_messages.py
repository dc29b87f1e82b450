"""Every kind of mail in both languages: neutral, whole, and the same as text and as HTML."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.utils.translation import override
from icalendar import Calendar

from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.enums import Status
from bookings.models import Booking, Client, MailText, Notification
from bookings.notifications.identity import message_id
from bookings.notifications.messages import compose
from bookings.notifications.wording import HEADINGS, OPENINGS, placeholders
from bookings.scheduling.hours import to_instant, to_minute
from tests.bookings.domain.asking import NOW
from tests.bookings.notifications.mailing import (
    SESSION,
    THERAPIST,
    ask_something,
    is_for_client,
    mail_of,
    make_row,
    minute_of,
    row_of,
    staff,
)

pytestmark = pytest.mark.django_db

KINDS = list(Kind)
FOR_CLIENTS = [kind for kind in KINDS if is_for_client(kind)]
HEADING = {"en": "Your appointment is booked", "es": "Tu cita está reservada"}


def composed(row, now=NOW + 4):
    """The mail of a row that is true."""
    mail = compose(row, now=now)
    assert mail is not None
    return mail


def parsed(mail):
    """As a mail program reads it."""
    return message_from_bytes(mail.message().as_bytes(), policy=policy.default)


def html_of(mail):
    return mail.alternatives[0].content


def words_of_html(html):
    body = re.sub(r"(?s)<head>.*</head>|<[^>]+>", " ", html)
    return squeezed(unescape(body))


def squeezed(text):
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_is_neutral_whole_and_twice_the_same(client, settings, kind, language):
    mail = mail_of(kind, language=language, studio_language=language)

    text, html = str(mail.body), html_of(mail)
    for hidden in (SESSION, THERAPIST, "Robin", "blood"):
        assert hidden not in mail.subject
    assert "blood" not in text + html
    assert not re.search(
        r"[{}]|%\(", str(mail.subject) + text + re.sub("(?s)<style.*</style>", "", html)
    )
    assert f'lang="{language}"' in html
    seen = words_of_html(html)
    lines = [squeezed(line).strip("- ").removesuffix(":") for line in text.splitlines()]
    assert [line for line in lines if "http" not in line and line not in seen] == []
    links = re.findall(r"http\S+", text)
    assert set(links) <= set(re.findall(r'href="([^"]+)"', html))
    for link in links:
        assert link.startswith(settings.BASE_URL)
        if "/admin/" not in link:
            assert client.get(urlsplit(link).path).status_code in (200, 302)
            assert urlsplit(link).path.startswith("/es/") == (language == "es")


@pytest.mark.parametrize("kind", FOR_CLIENTS)
def test_a_client_is_always_told_where_when_and_how_to_change_it(kind):
    mail = mail_of(kind)

    for fact in ("Downtown", "1 Main Street", "+1\xa0303\xa0555\xa00100", "Monday, Aug. 3, 2026"):
        assert fact in mail.body
    assert "studio time (Denver, UTC\N{MINUS SIGN}6)" in mail.body
    # What is only offered is taken or let go on a page of its own; it is no booking yet.
    links = {path for path in ("/manage/", "/waitlist/") if path in mail.body}
    assert links == {"/waitlist/" if kind == Kind.WAITLIST_OFFER else "/manage/"}
    assert (mail.to, mail.reply_to) == (["robin@example.org"], ["studio@example.org"])


@pytest.mark.parametrize("kind", [Kind.RECEIVED, Kind.CONFIRMED, Kind.MOVED, Kind.REMINDER])
@pytest.mark.parametrize("are_open", [True, False])
def test_h5_a_mail_of_what_is_to_come_leads_to_open_questions(kind, are_open):
    row = make_row(kind)
    if are_open:
        ask_something()

    mail = composed(row)

    assert ("/answers/" in mail.body) == are_open
    assert ("A few questions are still open." in mail.body) == are_open
    assert "health" not in mail.body.lower()
    assert "See your booking" in mail.body or "See, move or cancel it" in mail.body


def test_h5_what_is_over_asks_nothing_any_more():
    row = make_row(Kind.CANCELLED)
    ask_something()

    assert "/answers/" not in composed(row).body


@pytest.mark.parametrize("kind", FOR_CLIENTS)
def test_what_is_over_has_no_price_unless_it_may_be_asked_for(kind):
    is_over = kind in (Kind.CANCELLED, Kind.DECLINED, Kind.LAPSED, Kind.FOLLOW_UP)
    row = make_row(kind)

    assert ("$120" in composed(row, now=minute_of(kind)).body) != is_over
    if kind == Kind.CANCELLED:
        Booking.objects.update(late_cancellation=True)
        assert "$120" in composed(row).body


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_says_nothing_twice_at_its_head(kind, language):
    with override(language):
        heading, opening = str(HEADINGS[kind]), str(OPENINGS[kind])

    assert heading.lower() not in opening.lower()


def test_what_was_is_not_taken_for_what_is():
    html = html_of(mail_of(Kind.MOVED))

    assert re.search(r'<dt>Until now</dt>\s*<dd class="past">', html)
    assert html.count('class="past"') == 1


def test_the_length_that_a_session_s_name_tells_is_not_told_again():
    facts = mail_of(Kind.CONFIRMED).body.splitlines()

    assert facts[facts.index("Session:") + 1].strip() == SESSION


@pytest.mark.parametrize(
    ("code", "language"), [("es-MX", "es"), ("pt", "es"), ("en-GB", "en"), ("", "es")]
)
def test_whoever_speaks_another_language_is_written_to_in_the_nearest_or_the_studio_s(
    code, language
):
    mail = mail_of(Kind.CONFIRMED, language=code, studio_language="es")

    assert HEADING[language] in mail.body


def test_a_mail_says_who_sends_it_and_that_a_program_did(settings):
    settings.DEFAULT_FROM_EMAIL = "Somebody <mail@studio.example>"

    mail = parsed(mail_of(Kind.CONFIRMED))

    assert mail["From"] == "Still Water <mail@studio.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None


def test_a_mail_has_the_same_name_however_often_it_is_written():
    row = make_row(Kind.CONFIRMED)

    names = {parsed(composed(row))["Message-ID"] for _ in range(2)}

    assert names == {message_id(row)}


def test_mails_of_a_booking_are_one_thread_for_each_who_reads_them():
    row = make_row(Kind.MOVED)
    first = Notification.objects.get(state=State.SENT)

    to_client = parsed(composed(row))
    to_therapist = parsed(composed(row_of(Kind.THERAPIST_BOOKED, Booking.objects.get())))

    assert to_client["In-Reply-To"] == to_client["References"] == message_id(first)
    assert to_therapist["In-Reply-To"] is None


@pytest.mark.parametrize(
    ("kind", "method"),
    [(Kind.CONFIRMED, "REQUEST"), (Kind.MOVED, "REQUEST"), (Kind.CANCELLED, "CANCEL")],
)
def test_calendars_can_follow(kind, method):
    mail = parsed(mail_of(kind))

    (file,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(file.get_content())
    assert file.get_param("method") == calendar["method"] == method
    assert len(calendar.events) == 1


def test_what_is_typed_as_a_name_stays_words():
    evil = Client(
        name="Eve\r\nBcc: all@example.org <b>{link}</b>", email="eve@example.org", language="en"
    )
    row = make_row(Kind.CONFIRMED, client=evil)
    MailText.objects.create(kind=Kind.CONFIRMED, language="en", subject="Dear {client}")

    mail = composed(row)

    assert mail.subject == "Dear Eve Bcc: all@example.org <b>{link}</b>"
    assert parsed(mail)["Bcc"] is None
    assert "<b>" not in html_of(mail)
    assert "&lt;b&gt;{link}&lt;/b&gt;" in html_of(mail)


def test_a_studio_s_own_words_stand_in_the_mail_and_the_facts_stay():
    row = make_row(Kind.CONFIRMED)
    MailText.objects.create(
        kind=Kind.CONFIRMED,
        language="en",
        subject="{studio}: {date}",
        opening="Hi {client} & co,\n\nsee {link}",
        closing="",
    )

    mail = composed(row)

    assert mail.subject == "Still Water: Mon 3 Aug"
    assert "Hi Robin Client & co,\n\nsee http://127.0.0.1:8000/manage/" in mail.body
    assert "<p>Hi Robin Client &amp; co,</p>" in html_of(mail)
    assert "Monday, Aug. 3, 2026" in mail.body
    assert "See you soon" not in mail.body


@pytest.mark.parametrize("kind", KINDS)
def test_a_subject_has_nothing_of_the_session_to_be_filled_in(kind):
    assert not {"session", "therapist", "link"} & set(placeholders(kind, in_subject=True))


def stale(kind, **values):
    """Whether a row is withdrawn once its booking has changed past it."""
    row = make_row(kind)
    Booking.objects.update(**values)
    return compose(row, now=minute_of(kind)) is None


LATER = {"starts_at": to_instant(NOW + 10 * 24 * 60)}
GONE = {"status": Status.CANCELLED, "cancelled_at": to_instant(NOW), "expires_at": None}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Kind.RECEIVED, {"status": Status.CONFIRMED, "expires_at": None}),
        (Kind.RECEIVED, {"expires_at": to_instant(NOW + 4)}),
        (Kind.CONFIRMED, LATER),
        (Kind.CONFIRMED, GONE),
        (Kind.MOVED, LATER),
        (Kind.MOVED, GONE),
        (Kind.CANCELLED, {"status": Status.CONFIRMED, "cancelled_at": None}),
        (Kind.DECLINED, {"status": Status.CONFIRMED}),
        (Kind.LAPSED, {"status": Status.CONFIRMED}),
        (Kind.REMINDER, LATER),
        (Kind.REMINDER, GONE),
        (Kind.ANSWERS_NEEDED, GONE),
        (Kind.WAITLIST_OFFER, {"expires_at": to_instant(NOW + 4)}),
        (Kind.WAITLIST_OFFER, {"status": Status.CONFIRMED, "expires_at": None}),
        (Kind.FOLLOW_UP, {"status": Status.NO_SHOW}),
        (Kind.THERAPIST_BOOKED, GONE),
        (Kind.THERAPIST_MOVED, LATER),
        (Kind.THERAPIST_CANCELLED, {"status": Status.CONFIRMED}),
        (Kind.REVIEW_WAITING, {"status": Status.CONFIRMED, "expires_at": None}),
        (Kind.REVIEW_WAITING, {"expires_at": to_instant(NOW + 4)}),
    ],
)
def test_what_is_not_true_any_more_is_no_mail(kind, values):
    assert stale(kind, **values)


@pytest.mark.parametrize("kind", FOR_CLIENTS)
def test_whoever_has_no_address_any_more_gets_no_mail(kind):
    row = make_row(kind)
    Client.objects.update(email="", folded_email="")

    assert compose(row, now=minute_of(kind)) is None


def test_a_change_that_was_taken_back_leaves_the_message_in_hand_true():
    row = make_row(Kind.CONFIRMED)
    Booking.objects.update(sequence=2)

    assert compose(row, now=NOW + 4) is not None


@pytest.mark.parametrize(
    ("kind", "column"), [(Kind.REMINDER, "wants_reminders"), (Kind.FOLLOW_UP, "wants_follow_ups")]
)
def test_what_a_client_does_not_want_is_no_mail(kind, column):
    row = make_row(kind)
    Client.objects.update(**{column: False})

    assert compose(row, now=minute_of(kind)) is None


def test_of_two_reminders_that_are_late_the_later_one_is_sent():
    row = make_row(Kind.REMINDER)
    early, late = (
        row_of(Kind.REMINDER, Booking.objects.get(), lead_hours=hours) for hours in (48, 3)
    )
    two_hours_before = to_minute(row.start) - 120

    assert compose(early, now=NOW) is not None
    assert compose(early, now=two_hours_before) is None
    assert compose(late, now=two_hours_before) is not None


def test_a_therapist_who_lost_a_moved_booking_is_told_when_she_expected_it():
    mail = mail_of(Kind.THERAPIST_CANCELLED)

    assert "Mon 3 Aug, noon" in mail.subject
    assert "Robin C." in mail.body
    assert "robin@" not in mail.body


def test_an_agenda_lists_the_day_in_order_and_nothing_of_anybody_s_health():
    row = make_row(Kind.THERAPIST_AGENDA)
    booking = Booking.objects.get()
    booking.pk, booking.reference = None, "EARLY-BIRD1"
    booking.starts_at -= timedelta(hours=1)
    booking.occupied_from -= 60
    booking.occupied_until -= 60
    booking.notes = "I take blood thinners"
    booking.save()

    mail = composed(row)

    assert mail.to == ["therapist@example.org"]
    assert mail.body.index("9 a.m.–10 a.m.") < mail.body.index("10 a.m.–11 a.m.")
    assert "blood" not in mail.body


def test_a_review_is_told_to_all_who_may_decide_and_can_be_reached():
    row = make_row(Kind.REVIEW_WAITING)
    staff("second", "view_answers")
    gone = staff("gone", "view_answers")
    gone.is_active = False
    gone.save()

    mail = composed(row)

    assert mail.to == ["reviewer@example.org", "second@example.org"]
    assert "Robin" not in mail.body
    assert "Downtown" not in mail.body
