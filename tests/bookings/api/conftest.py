from collections.abc import Callable

import pytest

from tests import clock


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let so many minutes pass on the clock that doors ask."""

    def move(minutes: int) -> None:
        moved = clock.fixed() + minutes
        monkeypatch.setattr(clock, "fixed", lambda: moved)

    return move
