"""What an explanation says of the place and of who may book when, word by word."""

from datetime import date

import pytest

from tests.bookings.domain.explain.telling import SUNDAY, asked, of_place, of_therapist
from tests.factories import (
    MONDAY,
    make_closure_of_dates,
    make_closure_of_times,
)

pytestmark = pytest.mark.django_db


def test_s1_a_session_that_is_not_offered_there_says_so(made):
    made.session_type.locations.clear()
    made.session_type.active = False
    made.session_type.save()
    words = "Session-1 is out of use. Session-1 is not offered at Location-1."

    explanation = asked(made)

    assert of_place(explanation, "S1") == (False, words)
    assert of_therapist(explanation, "S1") == (False, words)


def test_s1_a_retired_location_takes_no_bookings(made):
    made.location.active = False
    made.location.save()

    assert of_place(asked(made), "S1") == (False, "Location-1 takes no bookings.")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "Location-1 is closed on 3 Aug 2026."),
        ("holiday", "Location-1 is closed on 3 Aug 2026: holiday."),
    ],
)
def test_s2_a_closed_day_is_named_at_the_place_and_with_the_therapist(made, reason, words):
    closure = make_closure_of_dates(location=made.location, first_day=MONDAY, last_day=MONDAY)
    closure.reason = reason
    closure.save()

    explanation = asked(made)

    assert of_place(explanation, "S2") == (False, words)
    assert of_therapist(explanation, "S2")[1].endswith("Location-1 is closed then.")


def test_s2_closed_hours_and_days_are_spelled(made):
    make_closure_of_times(
        location=made.location, wall_from="2026-08-03 10:00", wall_until="2026-08-03 12:00"
    )
    make_closure_of_dates(location=made.location, first_day=SUNDAY, last_day=MONDAY)
    make_closure_of_dates(
        location=made.location, first_day=date(2026, 8, 4), last_day=date(2026, 8, 5)
    )

    assert set(of_place(asked(made), "S2")[1].split(". ")) == {
        "Location-1 is closed 10:00–12:00",
        "Location-1 is closed 2 Aug 2026 – 3 Aug 2026.",
    }


@pytest.mark.parametrize(
    ("wall", "words", "soft", "for_clients"),
    [
        (
            "2026-08-03 08:00",
            "Clients need 2 hours of notice; reception can book it.",
            False,
            True,
        ),
        (
            "2026-11-02 10:00",
            "Clients can book until 1 Nov 2026; reception can book it.",
            False,
            True,
        ),
        (
            "2026-08-03 05:25",
            "The start lies 1 hour 35 minutes back; reception can book it with a reason.",
            True,
            False,
        ),
        (
            "2026-08-02 06:55",
            "The start lies 24 hours 5 minutes back; nothing is booked more than 24 hours back.",
            False,
            False,
        ),
    ],
)
def test_s9_says_whom_it_binds(made, wall, words, soft, for_clients):
    [verdict] = [each for each in asked(made, wall).place if each.number == "S9"]

    assert not verdict.ok
    assert verdict.reasons[0].words == words
    assert (verdict.soft, verdict.for_clients) == (soft, for_clients)


def test_t5_a_start_off_the_step_is_for_reception(made):
    explanation = asked(made, "2026-08-03 10:05")

    assert not of_place(explanation, "T5")[0]
    assert explanation.online is None
    assert explanation.at_desk == (made.therapist, made.room)
