"""The project's own settings for a server that is measured: a clock that is always the same.

With STEPPING=1 every request comes a minute before the last.
"""

from studio import env
from studio.settings import *  # noqa: F403 - all of them

ROOT_URLCONF = "benchmarks.server.urls"
CLOCK = "benchmarks.server.clock." + (
    "stepping" if env.flag("STEPPING", default=False) else "standing"
)
