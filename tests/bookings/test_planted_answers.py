"""Rule H3: health answers are told on the pages made for them, and get out by no other way.

Whoever adds an address to the admin has a row in the matrix of permissions, which is walked here;
what may show answers is named in ALLOWED.
"""

import logging
from io import StringIO
from typing import Any
from unittest.mock import Mock

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from bookings.domain import booking as booking_domain
from bookings.domain.callers import CLOCK, at_desk
from bookings.domain.certifying import attach
from bookings.domain.clients.data import export
from bookings.domain.health.looking import read
from bookings.domain.staff import Role
from bookings.domain.waitlist.entries import Longing, join
from bookings.enums import LookPage
from bookings.models import Booking, Notification, Questionnaire
from bookings.notifications.calendar import invitation
from bookings.notifications.feeds import feed_address
from bookings.notifications.messages import compose
from bookings.scheduling.hours import to_minute
from studio.api.models import Scope
from studio.premises.models import Studio
from tests.bookings.admin.rows import MAKERS
from tests.bookings.api.views.bookings.asking import hold, order
from tests.bookings.domain.health.answering import DAY, OTHER, SURGERY, THINNERS
from tests.bookings.pages import visiting
from tests.bookings.pages.visiting import filled_in
from tests.bookings.test_permissions import DESK, DJANGOS, TABLES, Use, _of
from tests.calling import ROBIN, anyone, client_of, manager, reception, staff
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import (
    MONDAY,
    make_bookable,
    make_calendar_feed,
    make_client,
    make_questionnaire,
    make_studio,
)
from tests.planting import NOTED, OPERATED, PLANTED, SAID, SCREENING, Gathered, stored
from tests.uploading import PDF
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

ALLOWED = {"review"}
"""Names of the desk's addresses that show answers, to those who may see them."""


@pytest.fixture
def place():
    make_studio()
    make_questionnaire(SURGERY, THINNERS, OTHER, DAY)
    return make_bookable()


@pytest.fixture
def booking(place, gathered):
    """Held, booked with planted answers, and gone through everything that can be done with it."""
    held = gathered.answer("hold", hold(place, health_screening=SCREENING)).json()
    booking = Booking.objects.get(reference=held["reference"])
    path, client = f"bookings/{booking.reference}/", client_of(booking)
    boss = staff(Scope.BOOKINGS_READ, Scope.BOOKINGS_WRITE, Scope.HEALTH_READ)
    sent = {"client": ROBIN, "health_screening": SCREENING}
    gathered.answer("confirm", client.post(f"{path}confirm/", sent))
    for name, body in (
        ("reschedule/", {"starts_at": "2026-08-03T14:00:00-06:00"}),
        ("cancel/", {"reason": "Not on Mondays"}),
        ("undo/", None),
    ):
        gathered.answer(name, client.post(f"{path}{name}", body))
    boss.get(f"{path}health/")
    gathered.answer("approve", boss.post(f"{path}approve/", {"reason": NOTED}))
    gathered.answer("check-in", boss.post(f"{path}check-in/"))
    booking.refresh_from_db()
    assert (booking.status, booking.reviews.count()) == ("confirmed", 1)
    return booking


def refused(gathered: Gathered, place: Any, monkeypatch: Any) -> None:
    """Bookings that go wrong with answers in them: wrong in form, outdated, broken inside."""
    answers = SCREENING["answers"]
    gathered.answer("the check", anyone().post("health-check/", {"answers": answers}))
    for wrong in ({"version": 2}, {"consent": False}, {"answers": {"surgery": {"text": SAID}}}):
        sent = order(place, health_screening={**SCREENING, **wrong})
        gathered.answer("a refusal", anyone().post("bookings/", sent))

    def broken(*_args: Any, **_named: Any) -> None:
        raise RuntimeError("Something of ours is broken.")

    monkeypatch.setattr(booking_domain, "keep", broken)
    caller = anyone()
    caller.client.raise_request_exception = False
    gathered.answer("an error", caller.post("bookings/", order(place, health_screening=SCREENING)))


def test_h3_no_answer_of_the_api_tells_them_but_the_one_made_for_it(gathered, place, booking):
    path = f"bookings/{booking.reference}/"
    for who in (reception(), manager()):
        for name in ("bookings/", "bookings/?q=zi", path, "attention/"):
            gathered.answer(name, who.get(name))
    for name in (path, f"{path}calendar.ics", f"{path}health/"):
        gathered.answer(name, client_of(booking).get(name))
    gathered.answer("health", reception().get(f"{path}health/"))

    assert gathered.given_away() == []
    told = staff(Scope.HEALTH_READ).get(f"{path}health/").content.decode()
    assert SAID in told
    assert OPERATED.isoformat() in told


def test_h3_no_refusal_and_no_error_tells_them(gathered, place, monkeypatch):
    refused(gathered, place, monkeypatch)

    assert [where for where, _what in gathered.said if where.startswith("log")]
    assert gathered.given_away() == []


def test_h3_no_mail_tells_them(gathered, booking):
    assert Notification.objects.exists()
    for row in Notification.objects.order_by("pk"):
        gathered.add("a queued notification", (row.facts, row.last_error))
        for now in (NOW, to_minute(row.due_at)):
            if message := compose(row, now=now):
                gathered.mail(message)

    assert gathered.given_away() == []


def test_h3_no_calendar_tells_them(gathered, booking, client):
    gathered.add("the file of the mail", invitation(booking, now=NOW).decode())
    for feed in (
        make_calendar_feed(therapist=booking.therapist, with_names=True),
        make_calendar_feed(room=booking.room),
    ):
        answer = gathered.answer(f"the feed of {feed}", client.get(feed_address(feed)))
        assert booking.reference in answer.content.decode()

    assert gathered.given_away() == []


def test_h3_no_page_of_the_client_tells_them(gathered, booking, client):
    manage = client_of(booking).get(f"bookings/{booking.reference}/").json()["manage_url"]
    path = manage.partition("://")[2].partition("/")[2]
    for page in ("", "move/", "cancel/", "again/"):
        gathered.answer(f"manage {page}", client.get(f"/{path}{page}"))
    gathered.answer("nowhere", client.get(f"/manage/{booking.reference}/{'x' * 43}/"))

    assert gathered.given_away() == []


def test_h3_the_form_tells_them_on_the_screen_that_asks_alone(gathered, place, client, monkeypatch):
    def press(page: Any, **given: str) -> Any:
        return client.post("/your-booking/", filled_in(page) | given)

    operated = {"answer-surgery": "yes", "when-surgery": OPERATED.isoformat()}
    first = visiting.confirm(client, visiting.hold(client, place))
    last = gathered.answer("the next screen", press(first, no="1", **operated))
    open_ = press(last, **{"answer-anything_else": SAID})
    back = press(open_, back="1")
    gathered.answer("the details", press(back, back="1"))
    monkeypatch.setattr(booking_domain, "keep", Mock(side_effect=RuntimeError("Broken.")))
    client.raise_request_exception = False
    gathered.answer("an error", press(open_, consent="on"))
    for where, what in stored():
        gathered.add(where, what)

    assert (open_.status_code, SAID in open_.content.decode()) == (422, True)
    assert OPERATED.isoformat() in back.content.decode()
    assert gathered.given_away() == []


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.MANAGER])
def test_h3_no_page_of_the_desk_tells_them_but_those_made_for_it(gathered, booking, sign_in, role):
    for each in (Role.THERAPIST, role):  # some rows are about a therapist's own account
        browser = sign_in(each)
    rows = _rows(booking)
    asked = []
    for name, use in [*DESK, *DJANGOS, *_tables()]:
        if use.sent is None and not (name in ALLOWED and role is Role.MANAGER):
            url = reverse(f"admin:{name}", args=use.names(rows))
            asked.append(gathered.answer(url, browser.get(url)).status_code)

    assert asked.count(200) > 20
    assert gathered.given_away() == []
    for table in ("booking", "client"):
        searched = browser.get(reverse(f"admin:bookings_{table}_changelist"), {"q": "zither"})
        assert booking.reference not in searched.content.decode()


def test_h3_an_export_for_reception_tells_none(gathered, booking, receptionist):
    assert booking.client is not None
    url = reverse("admin:client_export", args=[booking.client.pk])
    gathered.answer("export", receptionist.post(url))

    assert gathered.given_away() == []
    own = export(booking.client, caller=CLOCK, now=NOW)
    assert SAID in repr(own)
    assert NOTED not in repr(own)


def test_h3_nothing_of_them_is_stored_in_clear(gathered, booking):
    for where, what in stored():
        gathered.add(where, what)
    for command in (["dumpstudio", "--with-bookings"], ["checkschedule"]):
        written = StringIO()
        call_command(*command, stdout=written)
        gathered.add(command[0], written.getvalue())

    assert gathered.given_away() == []
    boss = at_desk(User.objects.get(pk=booking.reviews.get().by_id))
    reading = read(booking, page=LookPage.REVIEW, caller=boss, now=NOW)
    assert [line.given.text for line in reading.sheets[0].lines if line.given.text] == [SAID]
    assert [each.note for each in reading.decisions] == [NOTED]
    assert "zither" not in repr(reading)


def test_what_is_planted_would_be_found(gathered):
    logging.getLogger("some.thing").debug("Said: %s on %s", SAID, OPERATED)
    gathered.add("a note", NOTED)

    found = {word for _where, word in gathered.given_away()}

    assert found == {*PLANTED[:5], "2019-02-27", "date(2019, 2, 27)"}


def _rows(booking: Booking) -> dict[str, Any]:
    """A row for each address of the desk; the booking and its client are the planted ones."""
    made: dict[str, Any] = {}
    for number, (model, make) in enumerate(MAKERS.items()):
        if model not in ("premises.studio", "bookings.booking", "bookings.client"):
            made[model] = make(number)
    made["premises.studio"] = Studio.objects.get()
    made["bookings.booking"], made["bookings.client"] = booking, booking.client
    made["therapists.therapist"] = Therapist.objects.get(pk=booking.therapist_id)
    made["bookings.questionnaire"] = Questionnaire.objects.get(version=3)
    longing = Longing(booking.location, booking.session_type, MONDAY, MONDAY)
    made["bookings.waitlist"] = join(longing, make_client(), caller=CLOCK, now=NOW)
    paper = SimpleUploadedFile("scan.pdf", PDF)
    made["therapists.proof"] = attach(
        made["therapists.certification"], paper, caller=CLOCK, now=NOW
    )
    return made


def _tables() -> list[tuple[str, Use]]:
    """Every table's own addresses."""
    found: list[tuple[str, Use]] = []
    for model in TABLES:
        name = model.replace(".", "_")
        found += [(f"{name}_{verb}", Use("")) for verb in ("changelist", "export", "add")]
        found += [(f"{name}_{verb}", Use("", names=_of(model))) for verb in ("change", "history")]
    return found
