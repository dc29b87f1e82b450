"""Rule H3: a full run with planted answers, in by every way there is, and they get out by none.

`test_planted_answers` looks at each door by itself; here one studio does all of it, for days.
"""

import time
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse

from bookings.domain.booking import book
from bookings.domain.health.evaluation import Given
from bookings.domain.requests import AnswersGiven, Details
from bookings.domain.series.booking import book_series
from bookings.domain.series.following import cancel_following, move_following, undo_following
from bookings.domain.staff import Role
from bookings.models import Booking, Look, Notification
from bookings.notifications.chores import Rota
from bookings.notifications.feeds import feed_address
from bookings.notifications.sending import Sender
from studio.api.models import KeptAnswer
from tests.bookings.api.views.bookings.asking import hold as hold_by_api
from tests.bookings.domain.asking import ADA, CLIENT, RECEPTION, minute, wish
from tests.bookings.domain.health.answering import DAY, OTHER, SURGERY, THINNERS
from tests.bookings.domain.waitlist.waiting import waits
from tests.bookings.pages.visiting import DETAILS, confirm, filled_in, hold, manage_url, move, send
from tests.calling import ROBIN, client_of
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import (
    at,
    make_bookable,
    make_calendar_feed,
    make_questionnaire,
    make_session_type,
    make_studio,
    make_user,
)
from tests.planting import NOTED, OPERATED, SAID, SCREENING, Gathered, stored
from tests.remembering import remembered

pytestmark = pytest.mark.django_db

# Up to the Tuesday, so that a move from Wednesday leads into the window.
WINDOW = [
    {"within_days": (at("2026-08-04 10:00").date() - OPERATED).days, "outcome": "unsuitable"},
    {"outcome": "note"},
]
OPERATION = {"answer-surgery": "yes", "when-surgery": OPERATED.isoformat()}
ALL = OPERATION | {
    "version": "3",
    "screen": "3",
    "answer-blood_thinners": "no",
    "answer-anything_else": SAID,
    "consent": "on",
    "answer-pain_killers": "yes",
}


@pytest.fixture
def place():
    make_studio()
    make_questionnaire({**SURGERY, "outcomes": WINDOW}, THINNERS, OTHER, DAY)
    made = make_bookable()
    made.location.follow_up_hours = 24
    made.location.save()
    made.therapist.user = make_user(username="own")
    made.therapist.user.email = "own@example.org"
    made.therapist.user.save()
    made.therapist.save()
    return made


@pytest.fixture
def desk(sign_in):
    """The browsers of a manager, who gets mail, and of a receptionist."""
    browsers = {role: sign_in(role) for role in (Role.MANAGER, Role.RECEPTIONIST)}
    manager = make_user(username="boss")
    manager.groups.set([1])
    return browsers


def on_the_site(gathered: Gathered, place: Any) -> Booking:
    """Booked for Wednesday, screen by screen; then moved into the window, cancelled, restored."""
    visitor = Client()
    booking = hold(visitor, place, "2026-08-05 10:00")
    page = gathered.answer("questions", confirm(visitor, booking))
    answered = filled_in(page) | OPERATION | {"answer-blood_thinners": "no"}
    page = gathered.answer("next screen", visitor.post("/your-booking/", answered))
    last = filled_in(page) | {"answer-anything_else": "", "consent": "on"}
    gathered.answer("booked", visitor.post("/your-booking/", last))
    booking.refresh_from_db()
    assert booking.status == "confirmed"
    gathered.answer("moved", move(visitor, booking, "2026-08-04 10:00"))
    booking.refresh_from_db()
    assert booking.status == "pending_review"
    gathered.answer("cancelled", send(visitor, booking, "cancel", reason="Not well"))
    gathered.answer("restored", send(visitor, booking, "undo"))
    return booking


def by_link(gathered: Gathered, place: Any) -> Booking:
    """Booked on the telephone, answered by the link."""
    booking = book(wish(place, "2026-08-04 12:00"), Details(ADA), caller=RECEPTION, now=NOW)
    gathered.answer("by link", Client().post(manage_url(booking, "answers"), ALL, follow=True))
    assert booking.answers.count() == 2
    return booking


def on_the_tablet(gathered: Gathered, place: Any, browser: Client) -> Booking:
    """Booked on the telephone, answered on the tablet that reception hands over."""
    booking = book(wish(place, "2026-08-03 12:00"), Details(ADA), caller=RECEPTION, now=NOW)
    url = reverse("admin:booking_tablet", args=[booking.reference])
    gathered.answer("handed over", browser.post(url))
    gathered.answer("on the tablet", browser.post("/tablet/", ALL))
    assert booking.answers.count() == 2
    browser.force_login(User.objects.get(username="receptionist"))
    return booking


def over_the_api(gathered: Gathered, place: Any) -> Booking:
    """Held and confirmed by a program that says each thing twice."""
    held = hold_by_api(place, health_screening=SCREENING).json()
    booking = Booking.objects.get(reference=held["reference"])
    sent = {"client": ROBIN, "health_screening": SCREENING}
    for _ in range(2):
        caller = client_of(booking)
        answer = caller.post(f"bookings/{booking.reference}/confirm/", sent, Idempotency_Key="k")
        gathered.answer("confirmed", answer)
    assert KeptAnswer.objects.exists()
    return booking


def in_a_series(place: Any) -> list[Booking]:
    """Two weeks running; moved, cancelled and restored together."""
    given = {"surgery": Given("yes", OPERATED), "anything_else": Given(text=SAID)}
    details = Details(replace(ADA, name="Sera"), answers=AnswersGiven(3, given, consent=True))
    starts = [minute("2026-08-06 14:00"), minute("2026-08-13 14:00")]
    made = book_series(
        wish(place, "2026-08-06 14:00"),
        starts,
        details,
        all_or_nothing=True,
        caller=CLIENT,
        now=NOW,
    ).bookings
    first = move_following(made[0], starts[0] + 60, caller=CLIENT, now=NOW)[0]
    cancel_following(first, caller=CLIENT, now=NOW)
    return undo_following(first, caller=CLIENT, now=NOW)


def decided(gathered: Gathered, browser: Client, booking: Booking, **typed: Any) -> None:
    """Read and decided on the reviewer's page, which alone is not gathered."""
    url = reverse("admin:review", args=[booking.reference])
    assert "27 Feb 2019" in browser.get(url).content.decode()
    gathered.answer("decided", browser.post(url, {"note": NOTED, **typed}, follow=True))


def worked(gathered: Gathered, moments: Iterable[int]) -> None:
    """The worker at its work; what it has mailed is gathered."""
    for now in moments:
        Rota(time.monotonic).do_due(now=now)
        Sender(clock=partial(int, now), is_stopping=lambda: False).send_due()
    for each in mail.outbox:
        gathered.mail(each)


def looked_at(gathered: Gathered, browser: Client, bookings: list[Booking]) -> None:
    """Every page about these bookings that reception sees, and their clients see."""
    for booking in Booking.objects.filter(pk__in=[each.pk for each in bookings]):
        for name in ("manage", "move", "cancel", "again", "answers"):
            gathered.answer(name, Client().get(manage_url(booking, name)))
        gathered.answer("answers", Client().get(f"{manage_url(booking, 'answers')}?again"))
        ics = f"/api/v1/bookings/{booking.reference}/calendar.ics"
        gathered.answer("ics", client_of(booking).client.get(ics))
        client = [booking.client_id]
        gathered.answer("page", browser.get(reverse("admin:booking", args=[booking.reference])))
        gathered.answer("client", browser.get(reverse("admin:client", args=client)))
        gathered.answer("export", browser.post(reverse("admin:client_export", args=client)))
        for name in ("change", "history"):
            url = reverse(f"admin:bookings_booking_{name}", args=[booking.pk])
            gathered.answer(name, browser.get(url))
    for name in ("attention", "board", "waitlist", "bookings_booking_changelist"):
        gathered.answer(name, browser.get(reverse(f"admin:{name}"), {"q": "Robin"}))
    gathered.answer("list", browser.get(reverse("admin:bookings_booking_export")))


def kept(gathered: Gathered) -> None:
    """All that is kept: tables, sessions and the database's bytes, Django's history, the caches."""
    for where, what in stored():
        gathered.add(where, what)
    for entry in LogEntry.objects.all():
        gathered.add("history", entry.get_change_message())
    for where, what in remembered():
        gathered.add(where, what)


def test_h3_a_full_run_tells_them_nowhere(gathered, place, desk):
    manager, receptionist = desk[Role.MANAGER], desk[Role.RECEPTIONIST]
    hands = make_session_type(
        barefoot=False, locations=(place.location,), therapists=(place.therapist,)
    )
    entry = waits(place)
    site, link, api = (way(gathered, place) for way in (on_the_site, by_link, over_the_api))
    tablet = on_the_tablet(gathered, place, receptionist)
    series = in_a_series(place)

    decided(gathered, manager, site, do="approve")
    decided(gathered, manager, link, do="decline", substitute=hands.pk)
    decided(gathered, manager, tablet, do="approve")
    worked(gathered, [NOW + 4])
    send(Client(), api, "cancel")
    move_following(series[0], minute("2026-08-06 09:00"), caller=CLIENT, now=NOW + 5)
    worked(gathered, range(NOW + 10, NOW + 6 * 24 * 60, 6 * 60))

    everything = [site, link, api, tablet, *series]
    looked_at(gathered, receptionist, everything)
    feed = make_calendar_feed(therapist=place.therapist, with_names=True)
    gathered.answer("feed", Client().get(feed_address(feed)))
    kept(gathered)

    assert gathered.given_away() == []
    assert Look.objects.count() == 3
    assert entry.offers.exists()
    sent = set(Notification.objects.filter(state="sent").values_list("kind", flat=True))
    assert {"received", "confirmed", "declined", "cancelled", "moved", "reminder"} <= sent


def test_h3_no_error_says_back_what_was_sent_with_it(gathered, place, monkeypatch):
    visitor = Client(raise_request_exception=False)
    booking = hold(visitor, place, "2026-08-05 10:00")
    page, strict = "/your-booking/", Client(enforce_csrf_checks=True)
    other = reverse("bookings:answers", args=[booking.reference, "x" * 43])
    sent = DETAILS | ALL | {"screen": "2", "reference": booking.reference}
    tried = {
        "400": visitor.post(page, {**sent, "starts_at": "never"}),
        "403": strict.post(page, sent),
        "404": visitor.post(other, ALL),
        "405": visitor.put("/is-it-for-me/", SCREENING, content_type="application/json"),
        "415": visitor.post("/api/v1/health-check/", SAID, content_type="text/plain"),
        "413": visitor.post("/api/v1/bookings/", SAID * 30_000, content_type="application/json"),
        "400 of the API": visitor.post("/api/v1/bookings/", SAID, content_type="application/json"),
    }
    monkeypatch.setattr("bookings.domain.booking.keep", _broken)
    tried["500"] = visitor.post(page, sent)

    for name, answer in tried.items():
        assert str(answer.status_code) == name[:3]
        gathered.answer(name, answer)
    kept(gathered)
    assert gathered.given_away() == []


def _broken(*_args: Any, **_named: Any) -> None:
    raise RuntimeError("Something of ours is broken.")
