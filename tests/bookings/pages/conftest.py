from collections.abc import Callable

import pytest

from bookings.scheduling.hours import to_minute
from tests.factories import at


@pytest.fixture
def turn_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the doors' clock show another time; `turn_clock("2026-08-03 08:00")`, in Denver."""

    def turn(wall: str) -> None:
        minute = to_minute(at(wall))
        monkeypatch.setattr("tests.clock.fixed", lambda: minute)

    return turn
