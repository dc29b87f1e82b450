import re
from datetime import date

import pytest
from django.test import Client

from bookings.domain.cancelling import cancel
from bookings.domain.clients.blocking import block
from bookings.domain.links import manage_token
from bookings.enums import EventKind, Pressure, Source, Status
from bookings.models import Booking, Question, Questionnaire
from bookings.pages.held import caller_of
from bookings.scheduling.hours import to_minute
from tests.bookings.domain.asking import RECEPTION
from tests.bookings.pages.visiting import (
    DETAILS,
    confirm,
    hold,
    manage_url,
    offered_times,
    text,
)
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import at, make_bookable, make_booking, make_client

pytestmark = pytest.mark.django_db

URL = "/your-booking/"


def test_who_holds_nothing_is_sent_to_the_start(client):
    make_bookable()

    answer = client.get(URL, follow=True)

    assert answer.redirect_chain[0] == ("/book/", 302)
    assert "You are holding no time at the moment" in text(answer)


def test_the_held_time_is_shown_with_its_limit(client):
    hold(client, make_bookable(), "2026-08-05 10:00")

    page = text(client.get(URL))

    assert "When Wednesday, Aug. 5, 2026, 10 a.m. – 11 a.m." in page
    assert "studio time (Denver, UTC\N{MINUS SIGN}6)" in page
    assert "With Therapist-1 Price $120" in page
    assert "Held for you until 7:10 a.m. (studio time)" in page
    assert "10 minutes left" in page
    assert "free of charge until Tuesday, Aug. 4, 2026, 10 a.m. (studio time)" in page


def test_b6_short_notice_is_said_beforehand(client):
    hold(client, make_bookable(), "2026-08-03 10:00")

    assert "only within 3 minutes of booking" in text(client.get(URL))


def test_the_form_books(client):
    booking = hold(client, make_bookable())

    answer = confirm(client, booking)

    booking.refresh_from_db()
    assert answer.headers["Location"] == manage_url(booking)
    assert (booking.status, booking.expires_at) == (Status.CONFIRMED, None)
    assert (booking.pressure, booking.notes) == (Pressure.FIRM, "My first time.")
    assert Booking.objects.values_list("client__name", "client__email", "client__phone").get() == (
        "Robin Client",
        "robin@example.org",
        "+1 303 555 0199",
    )
    assert booking.events.get(kind=EventKind.CONFIRMED).source == Source.SITE


def test_the_booking_says_that_it_is_confirmed(client):
    booking = hold(client, make_bookable())

    page = text(client.post(URL, {**DETAILS, "reference": booking.reference}, follow=True))

    assert "Your session is booked. Confirmed" in page
    assert f"Booking {booking.reference}" in page


def test_a_phone_number_and_notes_are_optional(client):
    booking = hold(client, make_bookable())

    confirm(client, booking, phone="", notes="")

    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED


def test_sending_the_form_twice_is_harmless(client):
    booking = hold(client, make_bookable())

    first, second = confirm(client, booking), confirm(client, booking)

    assert first.headers["Location"] == second.headers["Location"]
    assert Booking.objects.get().events.filter(kind=EventKind.CONFIRMED).count() == 1


def test_going_back_after_booking_leads_to_the_booking(client):
    booking = hold(client, make_bookable())
    confirm(client, booking)

    assert client.get(URL).headers["Location"] == manage_url(booking)


def test_a_new_hold_takes_the_place_of_the_booking(client):
    bookable = make_bookable()
    confirm(client, hold(client, bookable, "2026-08-03 10:00"))

    second = hold(client, bookable, "2026-08-03 14:00")

    assert "2 p.m." in text(client.get(URL))
    assert Booking.objects.exclude(pk=second.pk).get().status == Status.CONFIRMED


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Tell us your name."),
        ("name", " \t\n ", "Tell us your name."),
        ("name", "a" * 201, "at most 200 characters"),
        ("name", "\0", "Null characters are not allowed."),
        ("email", "", "Give an e-mail address."),
        ("email", "robin", "Give an e-mail address such as"),
        ("email", f"{'a' * 300}@example.org", "at most 254 characters"),
        ("email", "robin@example.org\nBcc: x@example.org", "Give an e-mail address such as"),
        ("phone", "call me", "Give a phone number such as"),
        ("phone", "🦶🦶🦶🦶🦶🦶", "Give a phone number such as"),
        ("phone", "1" * 41, "at most 40 characters"),
        ("pressure", "crushing", "Select a valid choice."),
        ("pressure", "", "This field is required."),
        ("notes", "a" * 1001, "at most 1000 characters"),
        ("notes", "\0", "Null characters are not allowed."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_above(client, field, value, words):
    booking = hold(client, make_bookable())

    answer = confirm(client, booking, **{field: value})

    body = answer.content.decode()
    assert answer.status_code == 422
    assert body.count(words) == 2
    assert f'href="#id_{field}' in body
    assert f'id="id_{field}_error"' in body
    assert re.search(rf'aria-describedby="[^"]*\bid_{field}_error\b', body)
    assert "<title>Error:" in body.replace("\n", "").replace("  ", "")
    booking.refresh_from_db()
    assert booking.status == Status.HELD


def test_nothing_typed_is_lost(client):
    booking = hold(client, make_bookable())

    body = confirm(client, booking, email="robin").content.decode()

    for value in ('value="Robin Client"', 'value="robin"', 'value="+1 303 555 0199"'):
        assert value in body
    assert "My first time.</textarea>" in body
    assert re.search(r'value="firm"[^>]* checked', body)


def test_what_was_typed_is_escaped(client):
    booking = hold(client, make_bookable())
    evil = '"><script>alert(1)</script>'

    refused = confirm(client, booking, name=evil, notes=evil, email="x")
    confirm(client, booking, name=evil, notes=evil)

    assert b"<script>" not in refused.content
    assert b"<script>" not in client.get(manage_url(booking)).content


def test_names_come_out_on_one_line_and_readable(client):
    booking = hold(client, make_bookable())

    confirm(client, booking, name=" Zoë\r\nO'Brien\x07 🦶 ", notes="One\r\ntwo\x1b")

    kept = Booking.objects.values_list("client__name", "notes").get()
    assert kept == ("Zoë O'Brien 🦶", "One\ntwo")


def test_a_hold_that_ran_out_is_still_booked_when_the_time_is_free(client, turn_clock):
    booking = hold(client, make_bookable())
    turn_clock("2026-08-03 07:10")

    assert "no longer held for you" in text(client.get(URL))
    confirm(client, booking)

    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED


def test_a_hold_whose_time_has_been_taken_offers_others_and_keeps_the_form(client, turn_clock):
    bookable = make_bookable(slot_step_minutes=60)
    booking = hold(client, bookable, "2026-08-03 10:00")
    turn_clock("2026-08-03 07:10")
    hold(Client(), bookable, "2026-08-03 10:00")

    answer = confirm(client, booking)

    assert answer.status_code == 409
    assert "Sorry, this time has just gone" in text(answer)
    assert offered_times(answer)[:2] == ["2026-08-03T11:00:00-06:00", "2026-08-03T12:00:00-06:00"]
    body = answer.content.decode()
    for name, value in DETAILS.items():
        assert re.search(rf'<input type="hidden" name="{name}" value="{re.escape(value)}"', body)


def test_one_of_the_others_is_held_with_the_form_as_it_was(client, turn_clock):
    bookable = make_bookable(slot_step_minutes=60)
    hold(client, bookable, "2026-08-03 10:00")
    turn_clock("2026-08-03 07:10")
    hold(Client(), bookable, "2026-08-03 10:00")

    answer = client.post(URL, {**DETAILS, "starts_at": "2026-08-03T11:00:00-06:00"})

    held = Booking.objects.latest("pk")
    assert (held.status, held.starts_at) == (Status.HELD, at("2026-08-03 11:00"))
    assert "This is the time that is held for you now" in text(answer)
    assert 'value="Robin Client"' in answer.content.decode()
    assert f'name="reference" value="{held.reference}"' in answer.content.decode()
    confirm(client, held)
    held.refresh_from_db()
    assert held.status == Status.CONFIRMED


def test_an_offer_that_goes_too_is_answered_with_further_ones(client):
    bookable = make_bookable(slot_step_minutes=60)
    hold(client, bookable, "2026-08-03 10:00")
    make_booking(therapist=bookable.therapist, room=bookable.room, starts_at=at("2026-08-03 11:00"))

    answer = client.post(URL, {**DETAILS, "starts_at": "2026-08-03T11:00:00-06:00"})

    assert answer.status_code == 409
    assert "2026-08-03T12:00:00-06:00" in offered_times(answer)


@pytest.mark.parametrize("starts_at", ["", "soon", "\0", "9999-12-31T23:59:00-12:00"])
def test_an_offer_without_sense_gets_a_page_of_its_own(client, starts_at):
    hold(client, make_bookable())

    assert client.post(URL, {**DETAILS, "starts_at": starts_at}).status_code == 400


def test_a_form_for_another_time_books_nothing_unseen(client):
    bookable = make_bookable()
    first = hold(client, bookable, "2026-08-03 10:00")
    second = hold(client, bookable, "2026-08-03 14:00")

    answer = confirm(client, first)

    second.refresh_from_db()
    assert answer.status_code == 409
    assert second.status == Status.HELD
    assert "This is the time that is held for you now" in text(answer)
    assert "2 p.m." in text(answer)
    assert 'value="Robin Client"' in answer.content.decode()


def test_a_hold_that_was_given_back_leads_to_the_start(client, rf):
    booking = hold(client, make_bookable())
    request = rf.get("/")
    request.session = client.session
    cancel(booking, caller=caller_of(request), now=SEVEN_ON_MONDAY)

    assert client.get(URL).headers["Location"] == "/book/"
    assert confirm(client, booking).headers["Location"] == "/book/"


def test_a_link_that_was_revoked_opens_no_hold(client):
    booking = hold(client, make_bookable())
    Booking.objects.update(token_epoch=1)

    assert client.get(URL).headers["Location"] == "/book/"
    assert confirm(client, booking).headers["Location"] == "/book/"


def test_h2_a_booking_to_be_reviewed_is_received_in_neutral_words(client):
    questionnaire = Questionnaire.objects.create(
        version=1, signed_off_by="Mei", signed_off_on=date(2026, 8, 1)
    )
    Question.objects.create(
        questionnaire=questionnaire, position=1, key="a", text="A?", kind=Question.Kind.YES_NO
    )
    booking = hold(client, make_bookable(), "2026-08-05 10:00")

    sent = {**DETAILS, "reference": booking.reference, "without": "1"}
    page = text(client.post(URL, sent, follow=True))

    booking.refresh_from_db()
    assert booking.status == Status.PENDING_REVIEW
    assert "We have received your booking and keep the time for you" in page
    assert "You will hear from us by Tuesday, 7 a.m. (studio time)" in page
    assert "Confirmed" not in page
    assert "review" not in page.lower()


def test_the_page_is_kept_nowhere_and_found_by_nobody(client):
    hold(client, make_bookable())

    answer = client.get(URL)

    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_an_address_that_sends_too_many_forms_keeps_what_was_typed_and_must_wait(client, exhaust):
    booking = hold(client, make_bookable())
    exhaust()

    answer = confirm(client, booking)

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "Too many forms have come from your network" in text(answer)
    assert 'value="Robin Client"' in answer.content.decode()
    booking.refresh_from_db()
    assert booking.status == Status.HELD


def test_an_address_that_sends_too_many_forms_gets_no_other_time_for_a_while(client, exhaust):
    hold(client, make_bookable())
    exhaust()

    answer = client.post(URL, {**DETAILS, "starts_at": at("2026-08-03 11:00").isoformat()})

    assert answer.status_code == 429
    assert Booking.objects.get().starts_at == at("2026-08-03 10:00")


def test_the_form_books_after_the_wait(client, exhaust, monkeypatch):
    booking = hold(client, make_bookable())
    exhaust()
    confirm(client, booking)
    monkeypatch.undo()

    assert confirm(client, booking).headers["Location"] == manage_url(booking)


def test_forms_from_elsewhere_are_refused():
    strict, bookable = Client(enforce_csrf_checks=True), make_bookable()
    url = f"/book/{bookable.location.slug}/{bookable.session_type.slug}/"
    page = strict.get(url).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    starts_at = "2026-08-03T10:00:00-06:00"
    held = strict.post(url, {"starts_at": starts_at, "csrfmiddlewaretoken": token})
    booking = Booking.objects.get()

    refused = confirm(strict, booking)

    assert (held.status_code, refused.status_code) == (302, 403)
    assert "send the form once more" in text(refused)


def test_the_secret_stands_in_no_address_before_booking(client):
    booking = hold(client, make_bookable())

    body = client.get(URL).content.decode()

    assert manage_token(booking) not in body
    assert to_minute(booking.starts_at) > SEVEN_ON_MONDAY


def test_a_client_who_is_blocked_is_asked_to_call(client):
    blocked = make_client(email=DETAILS["email"])
    block(blocked, "Left without paying", caller=RECEPTION, now=SEVEN_ON_MONDAY)
    booking = hold(client, make_bookable())

    page = confirm(client, booking)

    assert page.status_code == 409
    assert "This cannot be booked online. Please call the studio." in text(page)
    assert booking.location.phone in text(page)
    booking.refresh_from_db()
    assert (booking.status, booking.client) == (Status.HELD, None)


def test_the_form_is_shown_in_few_queries(client, django_assert_num_queries):
    hold(client, make_bookable())
    client.get(URL)

    with django_assert_num_queries(5):
        client.get(URL)


def test_in_spanish_a_pressure_is_a_spanish_word(client, bookable):
    hold(client, bookable)

    assert "Suave Media Firme" in text(client.get("/es/your-booking/"))
