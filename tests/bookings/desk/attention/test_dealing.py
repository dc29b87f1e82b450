"""Rule B8: one click about one booking."""

import pytest
from django.urls import reverse

from bookings.domain.staff import Role
from bookings.enums import EventKind, Status
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.scheduling.hours import to_minute
from tests.bookings.desk.attention.filling import (
    ATTENTION,
    NOON,
    TEN,
    booked,
    ill,
    lines_of,
    press,
)
from tests.bookings.domain.bookable.test_assignment import add_therapist
from tests.factories import at, make_bookable, make_client

pytestmark = pytest.mark.django_db

WHO = "Robin Client, Mon 3 Aug 2026, 10:00 -06:00"


@pytest.fixture
def made():
    """A therapist who works every day from nine to five, and her room."""
    return make_bookable()


@pytest.fixture
def booking(made):
    """A booking whose therapist is ill."""
    ill(made)
    return booked(made)


def waiting(made):
    return booked(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))


def test_b8_it_is_given_to_somebody_else(receptionist, made, booking):
    zoe = add_therapist(made, "zoe")

    told = press(receptionist, booking, give=zoe.pk)

    booking.refresh_from_db()
    assert booking.therapist == zoe
    assert told == [f"{WHO}: Zoe, Room-1"]
    assert booking.events.get().by.username == "receptionist"


def test_b8_it_is_moved_to_another_time(receptionist, made, booking):
    start = to_minute(at("2026-08-04 11:00"))

    told = press(receptionist, booking, move=f"{start} therapist-1")

    booking.refresh_from_db()
    assert booking.starts_at == at("2026-08-04 11:00")
    assert told == [f"{WHO}: Tue 4 Aug 2026, 11:00 -06:00, Therapist-1, Room-1"]


def test_b8_whatever_a_line_offers_can_be_pressed(receptionist, made, booking):
    add_therapist(made, "zoe")
    [line] = lines_of(receptionist.get(ATTENTION))

    for button in (*line.own_times, *line.other_times):
        told = press(receptionist, booking, move=button.value)
        assert not told[0].endswith("then.")
        booking.refresh_from_db()
        back = f"{to_minute(at('2026-08-05 10:00'))} therapist-1"
        press(receptionist, booking, move=back)
        booking.refresh_from_db()
    assert booking.events.count() == 2 * len((*line.own_times, *line.other_times))


def test_b8_it_is_kept_with_a_reason(receptionist, made, booking):
    told = press(receptionist, booking, step="keep", rules="S2", reason="She comes in for it")

    assert told == [f"{WHO}: kept as it is."]
    event = booking.events.get()
    assert (event.kind, event.overridden) == (EventKind.KEPT, ["S2"])


@pytest.mark.parametrize("step", ["keep", "cancel"])
def test_b8_a_reason_is_asked_for(receptionist, made, booking, step):
    told = press(receptionist, booking, step=step, rules="S2")

    assert told == [f"{WHO}: Say why; it is kept with the booking."]
    assert not booking.events.exists()


def test_b8_what_was_not_seen_is_not_kept(receptionist, made, booking):
    told = press(receptionist, booking, step="keep", rules="S8,nonsense", reason="She comes in")

    assert len(told) == 1 and told[0].startswith(f"{WHO}: ")
    assert not booking.events.exists()


def test_b8_it_is_cancelled_with_a_reason(receptionist, made, booking):
    told = press(receptionist, booking, step="cancel", reason="The therapist is ill")

    booking.refresh_from_db()
    assert booking.status == Status.CANCELLED
    assert told == [f"{WHO}: cancelled."]
    assert booking.events.get().reason == "The therapist is ill"


@pytest.mark.parametrize(
    ("pressed", "status"),
    [
        ({"step": "approve"}, Status.CONFIRMED),
        ({"step": "decline", "reason": "After the surgery"}, Status.DECLINED),
    ],
)
def test_h3_a_manager_decides(manager, made, pressed, status):
    booking = waiting(made)

    press(manager, booking, **pressed)

    booking.refresh_from_db()
    assert booking.status == status


def test_h3_a_receptionist_does_not_decide(receptionist, made):
    booking = waiting(made)

    url = reverse("admin:attention_deal", args=[booking.pk])
    answer = receptionist.post(url, {"seen": "1", "by": made.therapist.pk, "step": "approve"})

    booking.refresh_from_db()
    assert (answer.status_code, booking.status) == (403, Status.PENDING_REVIEW)


def test_b8_a_refusal_names_the_rule_and_changes_nothing(receptionist, made, booking):
    told = press(receptionist, booking, give=made.therapist.pk)

    booking.refresh_from_db()
    assert booking.therapist == made.therapist
    assert told == [
        f"{WHO}: The therapist does not work through the whole session and its buffers then. (S2)"
    ]


def test_b8_a_booking_that_was_moved_meanwhile_is_left_alone(receptionist, made, booking):
    zoe = add_therapist(made, "zoe")

    told = press(receptionist, booking, give=zoe.pk, seen=to_minute(at(NOON)))

    booking.refresh_from_db()
    assert booking.therapist == made.therapist
    assert len(told) == 1 and told[0].startswith(f"{WHO}: ")


def test_b8_a_booking_that_was_given_away_meanwhile_is_left_alone(receptionist, made, booking):
    amy, zoe = add_therapist(made, "amy"), add_therapist(made, "zoe")
    press(receptionist, booking, give=amy.pk)

    told = press(receptionist, booking, give=zoe.pk)

    booking.refresh_from_db()
    assert booking.therapist == amy
    assert len(told) == 1 and told[0].endswith("Somebody has changed this booking in the meantime.")


@pytest.mark.parametrize(
    "pressed",
    [
        {"by": "999999"},
        {"seen": "x"},
        {"seen": "-1"},
        {"give": "999999"},
        {"give": "x"},
        {"move": "tomorrow zoe"},
        {"step": "complete"},
        {"move": "999999999 therapist-1"},
        {"step": "cancel", "reason": "x" * 1001},
    ],
)
def test_what_cannot_be_meant_changes_nothing(receptionist, made, booking, pressed):
    told = press(receptionist, booking, **pressed)

    assert len(told) == 1 and told[0].startswith(f"{WHO}: ")
    assert not booking.events.exists()


def test_a_booking_that_is_not_there_is_not_found(receptionist, made):
    url = reverse("admin:attention_deal", args=[4711])

    assert receptionist.post(url, {"seen": "1"}).status_code == 404


def test_a_look_changes_nothing(receptionist, booking):
    url = reverse("admin:attention_deal", args=[booking.pk])

    assert receptionist.get(url).status_code == 405


def test_p2_therapists_deal_with_nothing(sign_in, booking):
    url = reverse("admin:attention_deal", args=[booking.pk])

    answer = sign_in(Role.THERAPIST).post(url, {"step": "cancel", "reason": "Ill"})

    booking.refresh_from_db()
    assert (answer.status_code, booking.status) == (403, Status.CONFIRMED)


@pytest.mark.parametrize(("tells", "state"), [("on", State.QUEUED), ("", State.TOLD)])
def test_p4_the_client_is_told_or_reception_tells_them(receptionist, made, booking, tells, state):
    zoe = add_therapist(made, "zoe")

    press(receptionist, booking, give=zoe.pk, tells=tells)

    assert booking.notifications.get(kind=Kind.CONFIRMED).state == state


def test_the_box_to_tell_stands_with_what_is_news_and_with_a_whole_group(receptionist, made):
    add_therapist(made, "zoe")
    ill(made)
    for start in (TEN, NOON):
        booked(made, start, client=make_client(email="ada@example.org"))

    page = receptionist.get(ATTENTION).content.decode()

    boxes = page.count('<input type="checkbox" name="tells" value="on" checked>')
    assert boxes == 1 + 2 * len(["give or move", "cancel"])
