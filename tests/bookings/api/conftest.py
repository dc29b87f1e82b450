from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache

from tests import clock


@pytest.fixture(autouse=True)
def _nothing_is_cached() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let so many minutes pass on the clock that doors ask."""

    def move(minutes: int) -> None:
        moved = clock.fixed() + minutes
        monkeypatch.setattr(clock, "fixed", lambda: moved)

    return move
