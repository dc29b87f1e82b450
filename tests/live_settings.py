"""The project's own settings for a real server under test, with a clock that stands still.

Only sign-in is quicker than it is outside.
"""

from studio.settings import *  # noqa: F403 - all of them

CLOCK = "tests.clock.fixed"
# The real one is slow by design.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
