"""What this process remembers: answers that are asked for again and again."""

import time
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from threading import Lock
from typing import Protocol


class Sized(Protocol):
    """What can be remembered: it knows about how many bytes it takes."""

    @property
    def size(self) -> int:
        """The bytes."""


class Memory[Key: Hashable, Value: Sized]:
    """Up to so many bytes for so many seconds each; what was used longest ago makes room.

    Django's caches count entries, however large, and pickle each of them, which takes longer than
    to answer from it. Here values stay as they are: nobody may change one. All threads of the
    process share it.
    """

    def __init__(self, *, most_bytes: int, seconds: float) -> None:
        """Nothing yet."""
        self._most, self._seconds = most_bytes, seconds
        self._kept: OrderedDict[Key, tuple[Value, float]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """What is remembered under a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            value, until = found
            if until < time.monotonic():
                self._forget(key)
                return None
            self._kept.move_to_end(key)
            return value

    def keep(self, key: Key, value: Value) -> None:
        """Remember it, unless it alone would take more than a quarter of all there is."""
        with self._lock:
            self._forget(key)
            if value.size > self._most // 4:
                return
            self._kept[key] = value, time.monotonic() + self._seconds
            self._bytes += value.size
            while self._bytes > self._most:
                self._forget(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def __iter__(self) -> Iterator[tuple[Key, Value]]:
        """Everything, for who wants to know what is in there."""
        with self._lock:
            return iter([(key, value) for key, (value, _until) in self._kept.items()])

    def _forget(self, key: Key) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self._bytes -= found[0].size
