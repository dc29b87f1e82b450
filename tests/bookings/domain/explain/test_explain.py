"""What an explanation says as a whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import minute
from tests.bookings.domain.explain.telling import asked, of_room, of_therapist, told
from tests.factories import (
    make_booking,
    make_certification,
    make_room,
    make_room_block,
    make_shift,
    make_therapist,
)

pytestmark = pytest.mark.django_db


def test_an_open_start_says_yes_to_every_rule(made):
    explanation = asked(made)

    assert told(explanation.therapists[0].verdicts) == {
        "S1": (True, "Offers Session-1."),
        "S2": (
            True,
            "Works 09:00–17:00; the session with its buffers takes 09:55–11:10.",
        ),
        "S3": (True, "Has no other booking then."),
        "S6": (True, "Massage-Licence is valid."),
        "S7": (True, "Does barefoot work then."),
        "S8": (True, "Has no limit of barefoot minutes."),
    }
    assert told(explanation.rooms[0].verdicts) == {
        "S1": (True, "Is in use."),
        "S4": (True, "Is free then."),
        "S5": (True, "Has what it asks for: Ceiling-Bars."),
    }
    assert told(explanation.place) == {
        "S1": (True, "Session-1 is offered at Location-1."),
        "S2": (True, "Location-1 is not closed then."),
        "T5": (
            True,
            "Clients start every 15 minutes from midnight on, reception at any 5 minutes.",
        ),
        "S9": (True, "Clients can book from 2 hours ahead until 1 Nov 2026."),
    }
    assert explanation.online == explanation.at_desk == (made.therapist, made.room)
    assert explanation.override == ()


def test_s6_nothing_asked_for_is_said_so(made):
    made.session_type.requires_qualifications.clear()
    made.session_type.requires_equipment.clear()

    explanation = asked(made)

    assert of_therapist(explanation, "S6") == (True, "It asks for no qualification.")
    assert of_room(explanation, "S5") == (True, "It asks for no equipment.")


def test_the_override_is_the_least_that_does(made):
    explanation = asked(made, "2026-08-03 06:00")

    assert explanation.override == (Rule.WORKING, Rule.NOTICE_AND_HORIZON)


def test_the_nearest_open_starts_on_the_step_are_named(made):
    explanation = asked(made, "2026-08-03 08:00")

    assert [slot.starts_at - minute("2026-08-03 09:15") for slot in explanation.nearby] == [
        0,
        15,
        30,
        45,
        60,
    ]


def test_those_nearest_to_being_possible_come_first(made):
    far = make_therapist(slug="far")
    made.session_type.therapists.add(far)
    near = make_therapist(slug="near")
    make_shift(therapist=near, location=made.location)
    made.session_type.therapists.add(near)

    assert [each.what for each in asked(made).therapists] == [made.therapist, near, far]


def test_many_rows_need_as_many_queries_as_one(made):
    counts = []
    for count in (1, 3):
        for _ in range(count):
            licence = made.session_type.requires_qualifications.get()
            therapist = make_therapist()
            make_shift(therapist=therapist, location=made.location)
            make_certification(therapist=therapist, qualification=licence)
            made.session_type.therapists.add(therapist)
            room = make_room(location=made.location, equipment=tuple(made.room.equipment.all()))
            make_room_block(room=room, wall_from="2026-08-03 10:00", wall_until="2026-08-03 11:00")
            make_booking(therapist=therapist, room=room)
        with CaptureQueriesContext(connection) as captured:
            asked(made)
        counts.append(len(captured))

    assert counts[0] == counts[1]
