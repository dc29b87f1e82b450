import pytest

from bookings.enums import EventKind, Status
from tests.bookings.pages.visiting import (
    WEDNESDAY,
    manage_url,
    send,
    text,
)
from tests.factories import (
    at,
    make_booking,
)

pytestmark = pytest.mark.django_db

SEVEN = at("2026-08-03 07:00").timestamp()


@pytest.fixture
def tick(monkeypatch):
    """Let the machine's own clock show so many seconds past seven in Denver."""
    return lambda seconds: monkeypatch.setattr("studio.clock.time.time", lambda: SEVEN + seconds)


def test_cancelling_asks_first_and_says_that_it_is_free(client, booking):
    page = text(client.get(manage_url(booking, "cancel")))

    booking.refresh_from_db()
    assert (
        "Cancelling now is free of charge. It stays free until Tuesday, Aug. 4, 2026, 10 a.m."
        in page
    )
    assert "after that the studio may ask for the price of the session, $120" in page
    assert booking.status == Status.CONFIRMED


def test_cancelling_late_says_so_beforehand(client, booking, turn_clock):
    turn_clock("2026-08-04 10:01")

    page = text(client.get(manage_url(booking, "cancel")))

    assert "less than 24 hours before the session, so this will be a late cancellation" in page
    assert "the studio may ask for the price of the session, $120" in page


def test_cancelling(client, booking):
    answer = send(client, booking, "cancel", reason="A cold\x07")

    booking.refresh_from_db()
    assert answer.headers["Location"] == manage_url(booking)
    assert (booking.status, booking.late_cancellation) == (Status.CANCELLED, False)
    assert booking.events.get(kind=EventKind.CANCELLED).reason == "A cold"
    assert "cancelled, free of charge" in text(client.get(manage_url(booking)))


def test_cancelling_twice_is_harmless(client, booking):
    send(client, booking, "cancel")

    asked, again = client.get(manage_url(booking, "cancel")), send(client, booking, "cancel")

    assert asked.headers["Location"] == manage_url(booking)
    assert again.headers["Location"] == manage_url(booking)
    assert booking.events.filter(kind=EventKind.CANCELLED).count() == 1


def test_b6_a_late_cancellation_is_taken_and_marked(client, booking, turn_clock):
    turn_clock("2026-08-04 10:01")

    send(client, booking, "cancel")

    booking.refresh_from_db()
    assert booking.late_cancellation
    assert "It was a late cancellation" in text(client.get(manage_url(booking)))


def test_a_client_cannot_cancel_what_has_begun(client, booking, turn_clock):
    turn_clock(WEDNESDAY)

    seen, sent = client.get(manage_url(booking, "cancel")), send(client, booking, "cancel")

    booking.refresh_from_db()
    assert (seen.status_code, sent.status_code) == (409, 409)
    assert booking.status == Status.CONFIRMED


@pytest.mark.parametrize("reason", ["a" * 501, "\0"])
def test_a_reason_that_does_not_fit_cancels_nothing(client, booking, reason):
    answer = send(client, booking, "cancel", reason=reason)

    booking.refresh_from_db()
    assert answer.status_code == 422
    assert booking.status == Status.CONFIRMED


def test_b6_a_cancellation_can_be_undone_for_three_minutes(client, booking, turn_clock):
    send(client, booking, "cancel")
    turn_clock("2026-08-03 07:03")

    page = text(client.get(manage_url(booking)))
    answer = send(client, booking, "undo")

    booking.refresh_from_db()
    assert "You can take it back until 7:03 a.m. (studio time)" in page
    assert answer.headers["Location"] == manage_url(booking)
    assert booking.status == Status.CONFIRMED
    assert "Your cancellation has been undone" in text(client.get(manage_url(booking)))


def test_b6_and_not_later(client, booking, turn_clock):
    send(client, booking, "cancel")
    turn_clock("2026-08-03 07:04")

    page, answer = text(client.get(manage_url(booking))), send(client, booking, "undo")

    booking.refresh_from_db()
    assert "take it back" not in page
    assert answer.status_code == 409
    assert booking.status == Status.CANCELLED


@pytest.mark.parametrize(
    ("second", "later", "status"),
    [
        (0, 179, Status.CONFIRMED),
        (59, 179, Status.CONFIRMED),
        (0, 181, Status.CONFIRMED),  # the third minute is not over: nobody gets less than three
        (59, 181, Status.CANCELLED),
        (0, 240, Status.CANCELLED),
    ],
)
def test_t6_the_three_minutes_are_whole_ones(
    client, booking, settings, tick, second, later, status
):
    settings.CLOCK = "studio.clock.system_clock"
    tick(second)
    send(client, booking, "cancel")

    tick(second + later)
    send(client, booking, "undo")

    booking.refresh_from_db()
    assert booking.status == status


def test_an_undo_fails_kindly_when_the_time_has_gone(client, booking, bookable):
    send(client, booking, "cancel")
    make_booking(therapist=bookable.therapist, room=bookable.room, starts_at=at(WEDNESDAY))

    answer = send(client, booking, "undo")

    assert answer.status_code == 409
    assert "This time is not free" in text(answer)


def test_undoing_twice_is_harmless(client, booking):
    send(client, booking, "cancel")
    send(client, booking, "undo")

    assert send(client, booking, "undo").headers["Location"] == manage_url(booking)


def test_undoing_takes_a_form(client, booking):
    send(client, booking, "cancel")

    answer = client.get(manage_url(booking, "undo"))

    booking.refresh_from_db()
    assert answer.headers["Location"] == manage_url(booking)
    assert booking.status == Status.CANCELLED
