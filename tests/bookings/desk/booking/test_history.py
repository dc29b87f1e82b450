"""What happened to a booking, in sentences."""

from decimal import Decimal

import pytest

from bookings.desk.booking.history import history_of
from bookings.domain.booking import book
from bookings.domain.callers import CLOCK, Caller, at_desk
from bookings.domain.cancelling import cancel, undo
from bookings.domain.events import record
from bookings.domain.moving import move
from bookings.domain.reception import receive_payment, step, step_back
from bookings.domain.requests import Change, Details, Override, Person, Wish
from bookings.enums import EventKind, PaymentMethod, Source, Status
from bookings.scheduling.hours import to_minute
from bookings.scheduling.slots import Rule
from tests.bookings.desk.booking.typing import place
from tests.factories import at, make_bookable, make_session_type, make_therapist, make_user

pytestmark = pytest.mark.django_db

NOW = to_minute(at("2026-08-03 07:00"))


@pytest.fixture
def made():
    return make_bookable()


@pytest.fixture
def desk():
    user = make_user(username="robin")
    user.first_name, user.last_name = "Robin", "Reception"
    user.save()
    return at_desk(user)


def told(booking, *, sees_private=True):
    return history_of(booking, sees_private=sees_private)


def test_b7_who_when_from_where_and_why(made, desk):
    wish = Wish(made.location, made.session_type, to_minute(at("2026-08-03 18:00")))
    override = Override(frozenset({Rule.WORKING}), "She stays longer")
    booking = book(
        wish, Details(client=Person("Ada", phone="1")), caller=desk, now=NOW, override=override
    )

    [booked] = told(booking)

    assert booked.when == "Mon 3 Aug 2026, 07:00 -06:00"
    assert booked.words == "Booked by Robin Reception, at reception."
    assert booked.why == "Past S2: She stays longer"
    assert booked.changes == []


def test_a_client_is_not_named_and_the_clock_is_nobody(made):
    booking = place(made)
    cancel(booking, caller=Caller(source=Source.SITE), now=NOW, reason="A cold")
    record(booking, EventKind.EXPIRED, by=CLOCK, at=NOW + 5)

    expired, cancelled = told(booking)

    assert cancelled.words == "Cancelled by the client, on the website."
    assert cancelled.why == "A cold"
    assert expired.words == "Expired, because its time was up."


def test_a_move_tells_what_was_and_what_is(made, desk):
    longer = make_session_type(
        price="145.00", locations=(made.location,), therapists=(made.therapist,)
    )
    booking = place(made)
    move(
        booking,
        Change(starts_at=to_minute(at("2026-08-03 13:00")), session_type=longer),
        caller=desk,
        now=NOW,
    )

    [moved] = told(booking)

    assert moved.words == "Moved by Robin Reception, at reception."
    assert moved.changes == [
        "start: Mon 3 Aug 2026, 10:00 -06:00 → Mon 3 Aug 2026, 13:00 -06:00",
        "session type: Session-1 → Session-2",
        "price: 120.00 USD → 145.00 USD",
    ]


def test_what_a_move_has_noted_is_named_and_not_spelled(made, desk):
    booking = place(made)
    made.room.name = "Cedar room"
    made.room.save()
    places = [{"room": "room-1"}, {"room": "gone"}]
    noted = [
        {"starts_at": "", "session_type": "", "therapist": "", "price": "", **each}
        for each in places
    ]
    details = {"before": noted[0], "after": noted[1]}
    record(booking, EventKind.MOVED, by=desk, at=NOW, details=details)

    assert told(booking)[0].changes == ["room: Cedar room → gone"]


def test_a_step_back_and_a_payment_say_how_much_and_how_far(made, desk):
    booking = step(place(made), EventKind.CHECKED_IN, caller=desk, now=NOW)
    step_back(booking, caller=desk, now=NOW)
    receive_payment(booking, Decimal(50), PaymentMethod.CARD, caller=desk, now=NOW)

    paid, back, _check_in = told(booking)

    assert back.words.startswith("Taken back from checked in to confirmed by Robin")
    assert paid.words.startswith("Payment received: 50 USD, card by Robin")


@pytest.mark.parametrize(("slug", "name"), [("mei", "Mei"), ("gone", "gone")])
def test_h5_answers_on_paper_say_which_therapist_has_seen_them(made, desk, slug, name):
    booking = place(made)
    make_therapist(slug="mei")
    record(booking, EventKind.ANSWERED, by=desk, at=NOW, details={"asks": [], "seen_by": slug})

    assert told(booking)[0].words == (
        f"Health questions answered on paper, seen by {name}; noted by Robin Reception,"
        " at reception."
    )


def test_a_booking_that_had_to_wait_says_so(made):
    booking = place(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))
    record(booking, EventKind.BOOKED, by=Caller(source=Source.API), at=NOW)

    words = told(booking)[0].words

    assert words == "Booked, waiting for a review by the client, through the API."


@pytest.mark.parametrize(
    ("sees_private", "words"), [(True, "S2, S7"), (False, "S2, not available")]
)
def test_s7_a_private_period_is_not_given_away_by_the_history(made, desk, sees_private, words):
    booking = place(made)
    details = {"rules": ["S2", "S7"]}
    record(booking, EventKind.AFFECTED, by=desk, at=NOW, details=details)

    [affected] = told(booking, sees_private=sees_private)

    assert affected.changes == [words]


@pytest.mark.parametrize("kind", EventKind)
def test_everything_that_can_happen_has_words(made, desk, kind):
    booking = place(made)
    details = {"amount": "1.00", "method": "cash"} if kind == EventKind.PAID else {}
    record(booking, kind, by=desk, at=NOW, from_status=Status.CONFIRMED, details=details)

    assert told(booking)[0].words.endswith("by Robin Reception, at reception.")


def test_an_undone_cancellation_is_two_lines_the_latest_first(made, desk):
    booking = cancel(place(made), caller=desk, now=NOW)
    undo(booking, caller=desk, now=NOW + 1)

    assert [each.words.partition(" by ")[0] for each in told(booking)] == [
        "The cancellation was undone",
        "Cancelled",
    ]
