"""Carrying a booking over the board, and putting it down."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.domain.booking import book
from bookings.domain.moving import move
from bookings.domain.refusals import WORDS
from bookings.domain.requests import Change, Details
from bookings.domain.staff import Role
from bookings.enums import EventKind, Status
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import ADA, RECEPTION, minute, wish
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import Bookable, at, make_bookable, make_time_off

pytestmark = pytest.mark.django_db

TARGETS, MOVE = reverse("admin:board_targets"), reverse("admin:board_move")
TEN, ELEVEN, NOON, EVENING = (f"2026-08-03 {hour}:00" for hour in (10, 11, 12, 18))


@pytest.fixture
def studio():
    """Two therapists with a room for each."""
    studio = make_bookable()
    add_therapist(studio, "zoe")
    add_room(studio, "room-2")
    return studio


@pytest.fixture
def booking(studio):
    return booked(studio, TEN)


def booked(studio: Bookable, wall: str) -> Booking:
    wanted = wish(studio, wall, therapist=studio.therapist, room=studio.room)
    return book(wanted, Details(ADA), caller=RECEPTION, now=SEVEN_ON_MONDAY)


def asked(booking: Booking, by: str = "therapist") -> dict[str, object]:
    return {"booking": booking.pk, "date": "2026-08-03", "by": by}


def carried(booking: Booking, wall: str, column: str = "therapist-1", **more: object):
    """What the board sends when a booking that stood at ten is put down."""
    return {
        "booking": booking.pk,
        "by": "therapist",
        "start": minute(wall),
        "column": column,
        "seen_start": minute(TEN),
        "seen_column": "therapist-1",
    } | more


def runs_of(answer, column: str) -> dict[str, str]:
    """Per run of starts, as wall-clock times of the day, whether a booking can be put there."""
    midnight, shown = minute("2026-08-03 00:00"), answer.json()
    return {
        " to ".join(f"{(m - midnight) // 60:02}:{(m - midnight) % 60:02}" for m in (first, past)): (
            shown["verdicts"][verdict]["can"]
        )
        for first, past, verdict in shown["columns"][column]
    }


def test_every_start_of_the_day_says_what_becomes_of_the_booking(receptionist, studio, booking):
    booked(studio, NOON)

    answer = receptionist.get(TARGETS, asked(booking))

    assert runs_of(answer, "therapist-1") == {
        "00:00 to 07:00": "reason",
        "07:00 to 09:00": "reason",
        "09:00 to 11:05": "yes",
        "11:05 to 13:00": "no",
        "13:00 to 16:05": "yes",
        "16:05 to 24:00": "reason",
    }


def test_a_place_says_its_rule_or_the_room_in_words(receptionist, studio, booking):
    booked(studio, NOON)

    shown = receptionist.get(TARGETS, asked(booking)).json()

    assert {(each["can"], each["words"]) for each in shown["verdicts"]} >= {
        ("no", "The therapist has another booking then. (S3)"),
        ("yes", "Free. Stays in Room-1."),
        ("yes", "Free. Goes to Room-2."),
        (
            "reason",
            f"Only with a reason. {WORDS[Rule.WORKING]} (S2) Stays in Room-1.",
        ),
    }


def test_s7_a_private_period_is_not_given_away(sign_in, studio, booking):
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from=NOON,
        wall_until="2026-08-03 14:00",
        barefoot_only=True,
    )

    to_receptionist = sign_in(Role.RECEPTIONIST).get(TARGETS, asked(booking)).content.decode()
    to_manager = sign_in(Role.MANAGER).get(TARGETS, asked(booking)).content.decode()

    assert "The therapist cannot take this session then." in to_receptionist
    assert "barefoot" not in to_receptionist and "S7" not in to_receptionist
    assert "The therapist does no barefoot work then. (S7)" in to_manager


def test_by_room_the_columns_are_rooms(receptionist, booking):
    shown = receptionist.get(TARGETS, asked(booking, by="room")).json()

    assert sorted(shown["columns"]) == ["room-1", "room-2"]


def test_it_can_be_carried_over_a_board_on_which_it_does_not_stand(receptionist, booking):
    shown = receptionist.get(TARGETS, asked(booking) | {"date": "2026-08-04"}).json()

    assert (shown["location"], shown["timezone"], shown["step"]) == (
        "location-1",
        "America/Denver",
        15,
    )
    assert shown["booking"] == {
        "name": "Ada L., Session-1",
        "column": "therapist-1",
        "start": minute(TEN),
        "minutes": 60,
        "before": 0,
        "after": 0,
    }


def test_as_many_queries_for_many_columns_as_for_two(receptionist, studio, booking):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            receptionist.get(TARGETS, asked(booking))
        return len(captured)

    few = queries()
    for number in range(5):
        add_therapist(studio, f"more-{number}")
        add_room(studio, f"more-{number}")

    assert queries() == few


def test_b5_it_is_put_down_where_it_was_carried(receptionist, booking):
    answer = receptionist.post(MOVE, carried(booking, ELEVEN, "zoe"))

    booking.refresh_from_db()
    assert (booking.starts_at, booking.therapist.slug) == (at(ELEVEN), "zoe")
    assert answer.json() == {
        "booking": booking.pk,
        "start": minute(ELEVEN),
        "column": "zoe",
        "words": "Moved to Mon 3 Aug 2026, 11:00 -06:00, with Zoe in Room-1.",
    }
    assert booking.events.get(kind=EventKind.MOVED).by.username == "receptionist"


@pytest.mark.parametrize(
    ("more", "state"),
    [({}, State.QUEUED), ({"tells": "on"}, State.QUEUED), ({"tells": ""}, State.TOLD)],
)
def test_the_client_is_told_unless_reception_does_it(receptionist, booking, more, state):
    told = booking.notifications.filter(kind=Kind.CONFIRMED)
    told.update(state=State.SENT, sent_at=to_instant(SEVEN_ON_MONDAY))

    answer = receptionist.post(MOVE, carried(booking, ELEVEN) | more)

    assert booking.notifications.get(kind=Kind.MOVED).state == state
    says_so = answer.json()["words"].endswith(" The client is not written to.")
    assert says_so == (state == State.TOLD)


def test_it_stays_in_its_room_where_it_can(receptionist, studio, booking):
    add_room(studio, "a-room-that-a2-would-pick")

    receptionist.post(MOVE, carried(booking, "2026-08-03 14:00"))

    booking.refresh_from_db()
    assert booking.room == studio.room


def test_by_room_it_goes_to_the_room_and_keeps_its_therapist(receptionist, studio, booking):
    sent = carried(booking, ELEVEN, "room-2", by="room", seen_column="room-1")

    answer = receptionist.post(MOVE, sent)

    booking.refresh_from_db()
    assert (booking.room.slug, booking.therapist) == ("room-2", studio.therapist)
    assert answer.json()["column"] == "room-2"


def test_a_lost_race_leaves_it_where_it_was_and_offers_other_times(receptionist, studio, booking):
    booked(studio, NOON)

    answer = receptionist.post(MOVE, carried(booking, NOON))

    booking.refresh_from_db()
    assert (answer.status_code, booking.starts_at) == (409, at(TEN))
    assert answer.json() == {
        "can": "no",
        "words": "The therapist has another booking then. (S3)",
        "past": [],
        "alternatives": [
            f"{time} with Therapist-1" for time in ("10:30", "10:45", "11:00", "13:00", "13:15")
        ],
    }


def test_a_soft_rule_wants_a_reason_which_is_recorded(receptionist, booking):
    refused = receptionist.post(MOVE, carried(booking, EVENING))
    without = receptionist.post(MOVE, carried(booking, EVENING, override=["S2"]))
    moved = receptionist.post(
        MOVE, carried(booking, EVENING, override=["S2"], reason="She stays longer")
    )

    assert (refused.status_code, refused.json()["can"]) == (409, "reason")
    assert refused.json()["past"] == ["S2"]
    assert (without.status_code, without.json()["words"]) == (
        400,
        "Say why, if you go past a rule.",
    )
    assert moved.status_code == 200
    event = booking.events.get(kind=EventKind.MOVED)
    assert (event.overridden, event.reason) == (["S2"], "She stays longer")


def test_what_somebody_else_has_moved_stays_where_they_put_it(receptionist, booking):
    move(booking, Change(minute("2026-08-03 14:00")), caller=RECEPTION, now=SEVEN_ON_MONDAY)

    answer = receptionist.post(MOVE, carried(booking, ELEVEN))

    booking.refresh_from_db()
    assert booking.starts_at == at("2026-08-03 14:00")
    assert answer.status_code == 409
    assert answer.json()["words"] == (
        "Somebody has changed this booking in the meantime."
        " It is at Mon 3 Aug 2026, 14:00 -06:00, with Therapist-1 in Room-1 now."
    )


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.CHECKED_IN, Status.COMPLETED])
def test_what_is_over_or_has_begun_is_not_moved(receptionist, booking, status):
    Booking.objects.update(status=status)

    asked_for = receptionist.get(TARGETS, asked(booking))
    put_down = receptionist.post(MOVE, carried(booking, ELEVEN))

    assert (asked_for.status_code, put_down.status_code) == (409, 409)
    assert f"It is {status.label}." in put_down.json()["words"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"booking": "0"},
        {"by": "colour"},
        {"start": "soon"},
        {"start": str(10**18)},
        {"start": str(-(10**18))},
        {"column": "nobody"},
        {"column": ""},
        {"seen_column": "nobody"},
        {"seen_start": ""},
        {"override": ["S3"], "reason": "Please"},
    ],
)
def test_what_no_board_sends_is_refused_in_words(receptionist, booking, wrong):
    answer = receptionist.post(MOVE, carried(booking, ELEVEN) | wrong)

    assert answer.status_code == 400
    assert answer.json()["words"]
    assert not booking.events.filter(kind=EventKind.MOVED).exists()


@pytest.mark.parametrize(
    "wrong", [{"booking": "x"}, {"date": "0001-01-01"}, {"date": "9999-12-31"}, {"by": ""}]
)
def test_a_day_that_cannot_be_meant_is_refused_in_words(receptionist, booking, wrong):
    answer = receptionist.get(TARGETS, asked(booking) | wrong)

    assert answer.status_code == 400
    assert answer.json()["words"]


def test_p2_a_therapist_moves_nothing(sign_in, booking):
    therapist = sign_in(Role.THERAPIST)

    assert therapist.get(TARGETS, asked(booking)).status_code == 403
    assert therapist.post(MOVE, carried(booking, ELEVEN)).status_code == 403


def test_nobody_moves_anything_without_signing_in(client, booking):
    assert client.get(TARGETS, asked(booking)).status_code == 302
    assert client.post(MOVE, carried(booking, ELEVEN)).status_code == 302


def test_a_page_elsewhere_cannot_move_a_booking(receptionist, booking):
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies = receptionist.cookies

    assert strict.post(MOVE, carried(booking, ELEVEN)).status_code == 403


def test_looking_moves_nothing(receptionist, booking):
    assert receptionist.get(MOVE, carried(booking, ELEVEN)).status_code == 405
