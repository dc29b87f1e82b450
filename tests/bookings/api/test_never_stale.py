"""What is remembered of a schedule is what is in it, whichever process has written there.

Two processes write and look in an order of chance; each answer is compared with the one that comes
of reading every row anew.
"""

import random

import pytest

from tests.bookings.api.neighbours import neighbours
from tests.calling import ROBIN
from tests.clock import SEVEN_ON_MONDAY

STEPS = 50
DAYS = ["2026-08-03", "2026-08-04", "2026-08-05"]
CHANGES = [
    *("closure", "block", "time off", "proof", "length", "open again", "open again"),
    *("place of a session", "place of a shift", "retired or back"),
]
QUERIES = [
    {"location": place, "session_type": session, "from": first, "until": until, **who}
    for place in ("downtown", "uptown")
    for session, who in (
        *(("bar-60", {}), ("bar-90", {})),
        *(("bar-60", {"therapist": "zoe"}), ("bar-60", {"therapist": "ana"})),
    )
    for first, until in ((DAYS[0], DAYS[0]), (DAYS[0], DAYS[-1]))
]


@pytest.mark.parametrize("seed", [1])
def test_a_kept_answer_is_what_reading_every_row_says(live_database, tmp_path, seed):
    chance = random.Random(seed)
    now = SEVEN_ON_MONDAY
    slots: list[dict[str, str]] = []
    booked: list[tuple[str, str]] = []
    outcomes: set[str] = set()

    def write(process):
        if not slots or chance.random() < 0.3:
            process("change", now, chance.choice(CHANGES), chance.choice(DAYS), query["location"])
            return "change"
        if not booked or chance.random() < 0.5:
            hold = chance.random() < 0.5
            body = {**chance.choice(slots), "hold": hold} | ({} if hold else {"client": ROBIN})
            status, answer = process("post", now, "bookings/", body)
            if status == 201:
                booked.append((answer["reference"], answer["manage_token"]))
            return f"{'hold' if hold else 'book'} {status}"
        reference, token = chance.choice(booked)
        call = chance.choice(["cancel", "undo", "reschedule"])
        body = {"starts_at": chance.choice(slots)["starts_at"]} if call == "reschedule" else {}
        path = f"bookings/{reference}/{call}/"
        return f"{call} {process('post', now, path, body, f'Booking {token}')[0]}"

    with neighbours(live_database, str(tmp_path)) as both:
        both[0]("furnish", now)
        for step in range(STEPS):
            query, done = chance.choice(QUERIES), "nothing but time"
            if step % 4:
                outcomes.add(done := write(chance.choice(both)))
            else:  # notices begin, and holds run out
                now += chance.choice([1, 10])
            for process in both:
                for asked in (query, *chance.sample(QUERIES, 1)):
                    status, told, found = process("ask", now, asked)
                    assert status == 200
                    assert told == found, (step, done, asked)
                    if asked is query:
                        free, times = process("look", now, asked)
                        assert_page_says(found, free, times, (step, done, asked))
                    slots = slots_of(told) or slots
                assert process("foresee", now, query), (step, done, query)

    # Something of each kind has happened.
    assert outcomes >= {"change", "book 201", "hold 201", "cancel 200", "reschedule 200"}


def assert_page_says(found, free, times, about):
    """The page of the month has as many times on these dates, and those of the first."""
    counts = {day["date"]: len(day["slots"]) for day in found["days"]}
    assert {day: free.get(day, 0) for day in counts} == counts, about
    if counts[found["days"][0]["date"]]:
        assert times == [slot["starts_at"] for slot in found["days"][0]["slots"]], about


def slots_of(answer):
    """What can be posted to book each of the slots."""
    return [
        {
            "location": answer["location"],
            "session_type": answer["session_type"],
            "starts_at": slot["starts_at"],
            "therapist": therapist,
        }
        for day in answer["days"]
        for slot in day["slots"]
        for therapist in slot["therapists"]
    ]
