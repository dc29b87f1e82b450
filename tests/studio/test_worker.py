"""A pipe of the keeper's that a forked worker inherits would let it wait for good."""

import subprocess
import threading
from types import SimpleNamespace

from studio.serve import StudioServer
from studio.worker import STARTING, keep


class Forking(StudioServer):
    """Notes whether the keeper could start a process while this one forks."""

    def __init__(self):
        super().__init__("studio.wsgi:application", workers=1)
        self.alone = []

    def _spawn_worker(self, *args, **kwargs):
        return SimpleNamespace(
            start=lambda: self.alone.append(STARTING.locked()),
            inner=SimpleNamespace(exitcode=-9),
            terminate=lambda: None,
            join=lambda timeout=None: None,
            is_alive=lambda: False,
        )


def test_the_server_forks_while_no_mail_worker_is_being_started():
    server = Forking()

    server._spawn_workers(None, None)
    server._respawn_workers([0], None, None)

    assert server.alone == [True, True]
    assert not STARTING.locked()


def test_a_mail_worker_is_started_while_nothing_is_forked(monkeypatch):
    leaving, alone = threading.Event(), []

    def start(*args, **kwargs):
        alone.append(STARTING.locked())
        leaving.set()
        return SimpleNamespace(poll=lambda: 0)

    monkeypatch.setattr(subprocess, "Popen", start)

    keep(leaving)

    assert alone == [True]
    assert not STARTING.locked()
