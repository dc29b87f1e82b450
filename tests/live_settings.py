"""The project's own settings for a real server under test, with a clock that stands still."""

from studio.settings import *  # noqa: F403 - all of them

CLOCK = "tests.clock.fixed"
