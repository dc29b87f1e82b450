"""Processes that try to write at the same moment, on a database that they share.

Each of them judges its request, waits until all have judged (or a second has passed, as it must
when a lock lets only one judge at a time), and then writes.
"""

import contextlib
import multiprocessing
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, Protocol

from tests import forking
from tests.serving import environment

WAIT_SECONDS = 1.0
JOIN_SECONDS = 60


@dataclass(frozen=True)
class Attempt:
    """One process's request: what it does, a function of `racers`, with slugs and minutes."""

    work: str
    arguments: tuple[Any, ...] = ()


class Race(Protocol):
    def __call__(self, *attempts: Attempt, guarded: bool = True) -> list[str]:
        """Run each attempt in a process of its own; what each says of its outcome, sorted."""


@contextlib.contextmanager
def racecourse(database_url: str, data_dir: str) -> Iterator[Race]:
    """Where to race on a database: each racer opens a connection of its own."""
    directory = Path(data_dir)
    directory.mkdir(exist_ok=True)
    env = environment(database_url, directory, DJANGO_SETTINGS_MODULE="tests.live_settings")

    def race(*attempts: Attempt, guarded: bool = True) -> list[str]:
        return forking.run(_outcomes, attempts, guarded, env=env)

    yield race


def _outcomes(attempts: tuple[Attempt, ...], guarded: bool) -> list[str]:
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(len(attempts))
    outcomes = fork.SimpleQueue()
    processes = [
        fork.Process(target=_run, args=(attempt, barrier, outcomes, guarded))
        for attempt in attempts
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(JOIN_SECONDS)
        assert process.exitcode == 0
    return sorted(outcomes.get() for _ in processes)


def _run(attempt: Attempt, barrier: Barrier, outcomes: Any, guarded: bool) -> None:
    from tests.bookings.domain import racers

    # Without guards nobody keeps the others from judging, however slow the machine is.
    _meet_after_judging(barrier, WAIT_SECONDS if guarded else JOIN_SECONDS)
    if not guarded:
        _drop_the_guards()
    try:
        outcomes.put(getattr(racers, attempt.work)(*attempt.arguments))
    except Exception as error:
        outcomes.put(type(error).__name__)


def _meet_after_judging(barrier: Barrier, wait_seconds: float) -> None:
    from bookings.domain.bookable import ahead, availability
    from bookings.domain.pairs import places
    from bookings.domain.pairs import placing as pair_placing

    def waiting[T](gather: Callable[[Any], T]) -> Callable[[Any], T]:
        def gather_and_wait(question: Any) -> T:
            situation = gather(question)
            # A barrier that breaks: the others are kept waiting by a lock, as they should be.
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(wait_seconds)
            return situation

        return gather_and_wait

    # What `place` and `place_both` call.
    ahead.gather = waiting(availability.gather)  # type: ignore[assignment,attr-defined]
    pair_placing.gather_pairs = waiting(places.gather_pairs)  # type: ignore[assignment,attr-defined]


def _drop_the_guards() -> None:
    """No lock and no transaction around judging and writing, and no second look."""
    from bookings.domain import holds, placing
    from bookings.domain.bookable import ahead
    from bookings.domain.bookable.keeping import Version

    def without_transaction[T](work: Callable[[], T], *, whole: bool = False) -> T:
        return work()

    placing.carry_out = without_transaction  # type: ignore[attr-defined]  # what writers call
    placing.lock_locations = lambda location_ids: None  # type: ignore[attr-defined]  # as above
    ahead.version_now = lambda location_id: Version(0, 0)  # type: ignore[attr-defined]  # as above
    holds.lock_names = lambda names: None  # type: ignore[attr-defined]  # as above
