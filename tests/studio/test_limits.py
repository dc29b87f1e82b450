from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache

from studio import limits
from studio.limits import wait_to_write


@pytest.fixture
def clock(monkeypatch):
    """Two writes a minute by a clock that shows what the test says."""
    shown = [1_000_000.0]
    monkeypatch.setattr(limits, "WRITES", 2)
    monkeypatch.setattr("time.time", lambda: shown[-1])
    return shown


@pytest.fixture
def write(rf):
    return lambda address="192.0.2.1": wait_to_write(rf.post("/", REMOTE_ADDR=address))


@pytest.mark.usefixtures("clock")
def test_a_write_too_many_must_wait(write):
    assert [write(), write(), write()] == [0, 0, 60]


@pytest.mark.usefixtures("clock")
def test_every_address_is_counted_by_itself(write):
    assert [write(), write(), write("192.0.2.2")] == [0, 0, 0]


def test_the_wait_ends_a_minute_after_the_earliest_write(clock, write):
    write()
    clock.append(clock[-1] + 20)
    write()
    clock.append(clock[-1] + 39.5)

    assert write() == 1
    clock.append(clock[-1] + 1)
    assert [write(), write()] == [0, 20]


def test_what_was_refused_is_not_counted(clock, write):
    for _ in range(5):
        write()
    clock.append(clock[-1] + 60)

    assert [write(), write()] == [0, 0]


@pytest.mark.usefixtures("clock")
def test_limits_can_be_switched_off(write, settings):
    settings.RATE_LIMITS = False

    assert [write(), write(), write()] == [0, 0, 0]


@pytest.mark.usefixtures("clock")
def test_what_else_is_cached_makes_no_count_forgotten(write):
    write(), write()

    for number in range(1000):
        cache.set(f"availability:{number}", b"")

    assert write() == 60


@pytest.mark.usefixtures("clock")
def test_many_other_addresses_make_no_count_forgotten(write):
    write(), write()

    for number in range(1000):
        write(f"198.51.{number // 250}.{number % 250}")

    assert write() == 60


def test_threads_that_count_at_once_lose_no_write(write):
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: write(), range(200)))

    assert waits.count(0) == limits.WRITES
