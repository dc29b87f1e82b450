from typing import Any

import pytest

from tests.factories import make_bookable


@pytest.fixture
def place() -> Any:
    """All that one session needs."""
    return make_bookable()
