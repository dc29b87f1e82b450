"""What a place offers, as the API lists it."""

from typing import Any

from tests.calling import Api, anyone
from tests.factories import at, make_booking

DAY = {"from": "2026-08-03", "until": "2026-08-03"}
NOON_TO_FIVE: Any = {"time_from": "12:00", "time_until": "17:00"}


def query_for(place: Any, **other: str) -> dict[str, str]:
    """What is asked of a place: its session on Monday, unless told."""
    return {
        "location": place.location.slug,
        "session_type": place.session_type.slug,
        **DAY,
        **other,
    }


def dates(first: str, until: str) -> Any:
    """Which dates are asked about; `from` is no name for an argument."""
    return {"from": first, "until": until}


def listed(place: Any, caller: Api | None = None, **other: str) -> Any:
    """The answer."""
    response = (caller or anyone()).get("availability/", query_for(place, **other))
    assert response.status_code == 200, response.content
    return response.json()


def times(place: Any, caller: Api | None = None, **other: str) -> list[str]:
    """The wall-clock times of all that is listed."""
    return [
        slot["starts_at"][11:16]
        for day in listed(place, caller, **other)["days"]
        for slot in day["slots"]
    ]


def booking_at(place: Any, wall: str, **other: Any) -> Any:
    """A booking of the place on Monday."""
    return make_booking(
        therapist=place.therapist,
        room=place.room,
        session_type=place.session_type,
        starts_at=at(f"2026-08-03 {wall}"),
        **other,
    )
