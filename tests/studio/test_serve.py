import os
import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from studio.stopping import STOP_SECONDS
from tests.serving import ROOT, environment, eventually, lives, status


def test_whoever_is_killed_is_replaced_however_often_and_the_server_answers(
    start_server, live_database
):
    with start_server(live_database, SEND_NOTIFICATIONS="on") as studio:
        eventually(lambda: studio.log.count("Started worker") == 2)
        before = studio.workers
        victim = min(before)
        os.kill(victim, signal.SIGKILL)
        eventually(lambda: not lives(victim))
        answers = {status(f"{studio.url}/admin/login/") for _ in range(20)}
        assert answers == {200}
        eventually(lambda: len(studio.workers - {victim}) == 2)
        assert studio.workers > before - {victim}

        eventually(lambda: studio.mail_workers)
        [victim] = studio.mail_workers
        os.kill(victim, signal.SIGKILL)
        eventually(lambda: studio.mail_workers - {victim})

        for _ in range(3):
            eventually(lambda: len(studio.workers) == 2)
            for worker in studio.workers:
                os.kill(worker, signal.SIGKILL)
        eventually(lambda: is_there(studio))


def is_there(studio):
    """Whether anybody is there."""
    try:
        return status(f"{studio.url}/admin/login/") == 200
    except OSError:
        return False


@pytest.mark.parametrize("stop", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_and_is_no_failure(start_server, live_database, stop):
    with start_server(live_database, SEND_NOTIFICATIONS="on") as studio:
        eventually(lambda: studio.mail_workers)
        left = studio.workers | studio.mail_workers

        os.killpg(studio.process.pid, stop)

        # Sooner than the server kills workers that do not listen.
        assert studio.process.wait(STOP_SECONDS - 2) == 0
        assert not any(lives(pid) for pid in left)
        assert "Mail worker stopped" in studio.log


def test_workers_do_not_outlive_a_killed_server(start_server, live_database):
    with start_server(live_database, SEND_NOTIFICATIONS="on") as studio:
        eventually(lambda: studio.mail_workers)
        studio.process.kill()
        studio.process.wait()

        eventually(lambda: not studio.workers | studio.mail_workers)
        assert is_free(urlsplit(studio.url).port)


def test_nobody_waits_while_the_program_is_looked_through_for_garbage(tmp_path):
    asked = "import gc, studio.serve as s; s.load_application(); print(gc.get_freeze_count())"
    env = environment(f"sqlite:///{tmp_path / 'db.sqlite3'}", tmp_path)

    run = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )

    assert int(run.stdout) > 100_000


def is_free(port):
    """Whether a new server could listen there."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def test_a_taken_port_is_told_in_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        started = subprocess.run(
            [sys.executable, "-m", "studio.serve"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": str(port)},
            capture_output=True,
            text=True,
        )

    assert started.returncode == 1
    assert started.stderr == (
        f"Port {port} is taken by another program: stop that one, or set PORT to another.\n"
    )
