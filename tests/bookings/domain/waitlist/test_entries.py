"""Joining the waitlist, leaving it, and answering an offer."""

from datetime import date, timedelta

import pytest

from bookings.domain.booking import confirm
from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel, may_undo
from bookings.domain.clients.data import erase, export
from bookings.domain.clients.merging import merge
from bookings.domain.links import waiting_by, waitlist_token
from bookings.domain.moving import move
from bookings.domain.requests import Change, Details
from bookings.domain.waitlist.checks import wrong_waitlist
from bookings.domain.waitlist.entries import (
    DatesOver,
    NoOffer,
    NotWaiting,
    TooManyEntries,
    accept,
    decline,
    free_already,
    join,
    longing_of,
    withdraw,
)
from bookings.domain.waitlist.matching import match
from bookings.enums import (
    DayPart,
    NotificationKind,
    NotificationState,
    OfferAnswer,
    Source,
    Status,
    WaitlistState,
)
from bookings.errors import NotOnline, OnlyOffered
from bookings.models import Booking, WaitlistEntry
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import ADA, CLIENT, NOW, RECEPTION, booked, minute
from tests.bookings.domain.health.answering import answers, usual_questions
from tests.bookings.domain.waitlist.waiting import FOR_GOOD, held_for, waits
from tests.factories import MONDAY, make_bookable, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN, TUESDAY_TEN = "2026-08-03 10:00", "2026-08-04 10:00"
TUESDAY = MONDAY + timedelta(1)
BROWSER = Caller(source=Source.SITE, address_key="an address")


def full_monday():
    """A studio that is open for one hour on each day, which is booked on Monday."""
    studio = make_bookable(time_from="10:00", time_until="11:00")
    return studio, booked(studio, TEN, now=NOW - FOR_GOOD)


def offered(last=MONDAY):
    """A studio, and somebody for whom its place on Monday is held."""
    studio, booking = full_monday()
    entry = waits(studio, last=last)
    cancel(booking, caller=CLIENT, now=NOW - FOR_GOOD)
    match(now=NOW)
    entry.refresh_from_db()
    assert entry.state == WaitlistState.OFFERED
    return studio, entry


def steps(entry):
    return [(event.from_state, event.to_state, event.source) for event in entry.events.all()]


def test_joining_is_written_down():
    studio, _booking = full_monday()

    entry = waits(studio, parts=(DayPart.EVENING, DayPart.MORNING))

    assert (entry.state, entry.parts) == (WaitlistState.WAITING, ["morning", "evening"])
    assert steps(entry) == [("", "waiting", "api")]


def test_p1_who_types_a_known_address_is_somebody_else():
    known = make_client(email="wanda@example.org")

    entry = waits(full_monday()[0])

    assert entry.client != known


def test_a_form_that_is_sent_twice_joins_once():
    studio, _booking = full_monday()
    longing = longing_of(waits(studio))

    entries = [
        join(longing, ADA, caller=CLIENT, now=NOW, reference="ABCDE-12345") for _ in range(2)
    ]

    assert entries[0] == entries[1]


def test_p1_a_reference_one_has_heard_opens_nobody_elses_entry():
    studio, _booking = full_monday()
    wanda = waits(studio)

    entry = join(longing_of(wanda), ADA, caller=CLIENT, now=NOW, reference=wanda.reference)

    assert entry.reference != wanda.reference
    assert entry.client.name == ADA.name


@pytest.mark.parametrize("days", [-1, 400])
def test_nobody_waits_for_dates_that_are_over_or_too_far_away(days):
    today = date(2026, 7, 31)

    with pytest.raises(DatesOver):
        waits(full_monday()[0], first=today, last=today + timedelta(days))


def test_who_is_blocked_from_booking_online_cannot_wait_online():
    studio, _booking = full_monday()
    client = make_client(email="robin@example.org")
    client.blocked_at, client.block_reason = to_instant(NOW), "Rude"
    client.save()

    with pytest.raises(NotOnline):
        waits(studio, "Robin Other")

    assert waits(studio, "Robin Other", caller=RECEPTION).state == WaitlistState.WAITING


def test_b3_an_address_waits_for_as_much_as_it_may_hold():
    studio, _booking = full_monday()
    entries = [waits(studio, caller=BROWSER) for _ in range(5)]

    with pytest.raises(TooManyEntries):
        waits(studio, caller=BROWSER)

    withdraw(entries[0], caller=BROWSER, now=NOW)
    assert waits(studio, caller=BROWSER).state == WaitlistState.WAITING


def test_withdrawing_is_written_down_and_harmless_twice():
    entry = waits(full_monday()[0])

    withdraw(entry, caller=CLIENT, now=NOW)
    again = withdraw(entry, caller=CLIENT, now=NOW)

    assert again.state == WaitlistState.WITHDRAWN
    assert steps(entry) == [("", "waiting", "api"), ("waiting", "withdrawn", "api")]


def test_withdrawing_gives_back_what_is_held():
    _studio, entry = offered()

    withdraw(entry, caller=CLIENT, now=NOW)

    entry.refresh_from_db()
    offer = entry.offers.get()
    assert (entry.state, offer.answer) == (WaitlistState.WITHDRAWN, OfferAnswer.DECLINED)
    assert offer.booking.status == Status.CANCELLED


def test_who_has_booked_does_not_withdraw():
    _studio, entry = offered()
    accept(entry, caller=RECEPTION, now=NOW)

    with pytest.raises(NotWaiting):
        withdraw(entry, caller=CLIENT, now=NOW)


def test_an_offer_is_accepted_by_confirming_its_booking():
    _studio, entry = offered()
    booking = entry.offers.get().booking

    confirm(booking, Details(), caller=CLIENT, now=NOW + 30)

    entry.refresh_from_db()
    booking.refresh_from_db()
    assert (entry.state, held_for(entry)) == (WaitlistState.BOOKED, [(TEN, OfferAnswer.ACCEPTED)])
    assert (booking.status, booking.client) == (Status.CONFIRMED, entry.client)
    assert booking.notifications.filter(kind=NotificationKind.CONFIRMED).exists()


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (answers(), Status.CONFIRMED),
        (answers(surgery=MONDAY - timedelta(42)), Status.PENDING_REVIEW),
        (None, Status.PENDING_REVIEW),
    ],
)
def test_h2_who_accepts_is_screened_like_anybody(given, status):
    usual_questions()
    _studio, entry = offered()

    booking = confirm(
        entry.offers.get().booking, Details(answers=given), caller=CLIENT, now=NOW + 30
    )

    assert (booking.status, held_for(entry)) == (status, [(TEN, OfferAnswer.ACCEPTED)])


def test_declining_gives_the_place_back_and_they_go_on_waiting():
    _studio, entry = offered()

    decline(entry, caller=CLIENT, now=NOW)

    entry.refresh_from_db()
    assert (entry.state, held_for(entry)) == (WaitlistState.WAITING, [(TEN, OfferAnswer.DECLINED)])
    assert entry.offers.get().booking.status == Status.CANCELLED


@pytest.mark.parametrize("caller", [CLIENT, RECEPTION])
def test_an_offer_is_moved_by_nobody(caller):
    _studio, entry = offered()
    booking = entry.offers.get().booking

    with pytest.raises(OnlyOffered):
        move(booking, Change(starts_at=minute("2026-08-04 10:00")), caller=caller, now=NOW)

    assert held_for(entry) == [(TEN, "")]


def test_who_books_what_had_run_out_gives_back_what_is_held_since():
    _studio, entry = offered(last=TUESDAY)
    first = entry.offers.get().booking
    match(now=NOW + 120)
    assert held_for(entry) == [(TEN, OfferAnswer.EXPIRED), (TUESDAY_TEN, "")]

    confirm(first, Details(), caller=CLIENT, now=NOW + 121)
    assert list(wrong_waitlist()) == []
    match(now=NOW + 121)

    entry.refresh_from_db()
    second = entry.offers.latest("pk").booking
    assert (entry.state, second.status) == (WaitlistState.BOOKED, Status.EXPIRED)
    assert list(wrong_waitlist()) == []


def test_what_was_declined_is_not_taken_back():
    _studio, entry = offered()

    decline(entry, caller=CLIENT, now=NOW)

    assert not may_undo(entry.offers.get().booking, now=NOW)


def test_an_offer_is_declined_once():
    _studio, entry = offered()
    decline(entry, caller=CLIENT, now=NOW)

    with pytest.raises(NoOffer):
        decline(entry, caller=CLIENT, now=NOW)


def test_an_offer_past_its_time_is_not_declined():
    _studio, entry = offered()

    with pytest.raises(NoOffer):
        decline(entry, caller=CLIENT, now=NOW + 120)


def test_the_mail_of_an_offer_that_was_declined_in_time_does_not_leave():
    _studio, entry = offered()
    row = entry.offers.get().booking.notifications.get()
    assert (row.kind, row.state) == (NotificationKind.WAITLIST_OFFER, NotificationState.QUEUED)

    decline(entry, caller=CLIENT, now=NOW)

    row.refresh_from_db()
    assert row.state == NotificationState.WITHDRAWN


def test_what_is_free_already_is_what_could_be_booked_at_once():
    studio = make_bookable(time_from="10:00", time_until="14:00")
    evening = waits(studio, parts=(DayPart.EVENING,))
    noon = waits(studio, parts=(DayPart.AFTERNOON,))

    assert free_already(longing_of(evening), now=NOW) == []
    assert len(free_already(longing_of(noon), now=NOW)) == 5  # 12:00 to 13:00, each quarter


@pytest.mark.parametrize(
    ("state", "wrong"),
    [
        (WaitlistState.OFFERED, "has no offer, though its state says so"),
        (WaitlistState.WAITING, None),
    ],
)
def test_checkschedule_names_an_entry_that_says_more_than_there_is(state, wrong):
    entry = waits(full_monday()[0])
    WaitlistEntry.objects.update(state=state)

    found = [words for row, words in wrong_waitlist() if entry.reference in row]

    assert found == ([wrong] if wrong else [])


def test_checkschedule_names_an_offer_whose_place_is_not_held():
    _studio, entry = offered()
    assert list(wrong_waitlist()) == []
    booking = entry.offers.get().booking

    Booking.objects.update(status=Status.EXPIRED)

    words = f"is offered {booking}, which is not held"
    assert list(wrong_waitlist()) == [(f"waitlist {entry}", words)]


def test_a_link_opens_its_own_entry_alone():
    studio, _booking = full_monday()
    one, other = waits(studio), waits(studio)

    assert waiting_by(one.reference, waitlist_token(one)) == one
    assert waiting_by(other.reference, waitlist_token(one)) is None


def test_p3_an_erased_client_waits_for_nothing_and_no_link_opens_it():
    _studio, entry = offered()
    link = entry.reference, waitlist_token(entry)

    erase(entry.client, caller=RECEPTION, now=NOW)

    entry.refresh_from_db()
    assert entry.state == WaitlistState.WITHDRAWN
    assert waiting_by(*link) is None


def test_p3_what_somebody_waited_for_is_exported():
    _studio, entry = offered()

    [waiting] = export(entry.client, caller=RECEPTION, now=NOW)["waitlist"]

    assert (waiting["state"], waiting["from"]) == ("offered", MONDAY.isoformat())
    assert waiting["offers"][0]["starts_at"] == "2026-08-03T10:00:00-06:00"


def test_clients_who_are_merged_wait_as_one():
    studio, _booking = full_monday()
    kept, other = waits(studio), waits(studio)

    merge(kept.client, other.client, caller=RECEPTION, now=NOW)

    assert WaitlistEntry.objects.filter(client=kept.client).count() == 2
