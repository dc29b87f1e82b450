"""Whatever kills the workers, and whatever the mail server does: nothing is lost (rule P4)."""

import random
import time
from collections import Counter, defaultdict

from tests.bookings.notifications.killing import (
    NOBODY,
    fill,
    states,
    wait_until_nothing_is_queued,
    workers,
)
from tests.bookings.notifications.mail_server import ACCEPT, DROP, STALL, mail_server
from tests.serving import eventually

KILLS, WORKERS = 20, 3
LONGEST_LIFE_SECONDS = 0.4
AGAIN, UNKNOWN = "451 Try again later", "550 Unknown"


def moods(chance, *, bad):
    """What a server answers that refuses, drops and stalls at times, while `bad` says so."""

    def answer(address):
        if address == NOBODY:
            return UNKNOWN
        weights = (92, 4, 3, 1) if bad() else (1, 0, 0, 0)
        return chance.choices((ACCEPT, AGAIN, DROP, STALL), weights)[0]

    return answer


def test_p4_whoever_is_killed_every_message_arrives_and_none_twice_that_was_marked(
    live_database, tmp_path
):
    chance = random.Random(5)
    killed: list[int] = []
    with mail_server() as server, workers(live_database, tmp_path, server.port) as crew:
        server.slow_seconds = 0.02
        server.of_recipient = server.of_words = moods(chance, bad=lambda: len(killed) < KILLS)
        known, unknown = crew.ask(fill)
        alive = [crew.begin() for _ in range(WORKERS)]

        while len(killed) < KILLS:
            # However slow the machine is, some of them have begun to send.
            eventually(lambda: len(server.accepted) >= len(killed))
            time.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))  # the random moment
            victim = alive.pop(chance.randrange(WORKERS))
            victim.kill()
            victim.wait()
            killed.append(victim.pid)
            alive.append(crew.begin())
        under_way = len(server.accepted)

        server.slow_seconds = 0  # nobody is killed any more
        crew.ask(wait_until_nothing_is_queued)
        assert [stopped(worker) for worker in alive] == [0] * WORKERS
        assert crew.ask(states) == {"sent": len(known), "dead": len(unknown)}

    arrived = Counter(each.message_id for each in server.accepted)
    assert 0 < under_way < len(known)  # they were killed at work
    assert set(arrived) == known
    assert doubled(server.accepted) <= last_of(server.accepted, killed)
    print(f"{KILLS} kills; between acceptance and mark: {len(doubled(server.accepted))}")


def stopped(worker):
    """The exit code of a worker that is asked to stop."""
    worker.terminate()
    return worker.wait()


def doubled(accepted):
    """Who sent what that another one sent again."""
    last = {each.message_id: number for number, each in enumerate(accepted)}
    return {
        (each.host, each.message_id)
        for number, each in enumerate(accepted)
        if last[each.message_id] != number
    }


def last_of(accepted, killed):
    """The last message that the server took from each worker that was killed."""
    sent = defaultdict(list)
    for each in accepted:
        sent[each.host].append(each.message_id)
    hosts = {f"worker-{pid}" for pid in killed}
    return {(host, messages[-1]) for host, messages in sent.items() if host in hosts}
