"""How often an address may write, whichever door it comes through."""

import time
from math import ceil
from threading import Lock

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

from studio.visitors import address_key

WRITES = 60
WITHIN_SECONDS = 60

_COUNTING = Lock()


def wait_to_write(request: HttpRequest) -> int:
    """Count one more write of the address; 0 if it may go on.

    Otherwise it is not counted, and this many seconds later there is room for it again. The
    counts are of this process of the server and exact in it, however many threads it has.
    """
    if not settings.RATE_LIMITS:
        return 0
    counts = caches["limits"]
    key, now = f"writes:{address_key(request)}", time.time()
    with _COUNTING:
        written: list[float] = [at for at in counts.get(key, []) if at > now - WITHIN_SECONDS]
        if len(written) >= WRITES:
            return max(1, ceil(written[-WRITES] + WITHIN_SECONDS - now))
        counts.set(key, [*written, now], WITHIN_SECONDS)
    return 0
