"""Clients of a server, in a process of their own: `python -m benchmarks.driver`.

Reads a job a line and writes what came of it a line. All clients share one thread, which waits for
all of their connections at once: several threads would queue for the interpreter and measure that.
A client asks again as soon as it has its answer, over a connection that stays open.
"""

import contextlib
import json
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import IO

from tests.serving import ROOT

PATIENCE_SECONDS = 120
NEXT = "{location}"
"""Stands for the path that the answer before was redirected to."""

type Unit = list[str]
"""Requests that are sent one after the other and count as one: whole HTTP messages."""


@dataclass(frozen=True)
class Job:
    """What to ask whom: `clients` at once, until the time is up or every unit was sent once."""

    port: int
    units: Sequence[Unit]
    status: int
    clients: int = 1
    seconds: float | None = None


@dataclass
class Sample:
    """How long each unit took, and all of them; times in seconds."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0
    processor: float = 0
    """Seconds that the server's processes worked for all of them, on whatever core."""

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(
            self.times + other.times,
            self.seconds + other.seconds,
            self.processor + other.processor,
        )

    def percentile(self, share: float) -> float:
        """What that share of the units stayed below, in seconds."""
        return sorted(self.times)[min(len(self.times) - 1, int(share * len(self.times)))]

    @property
    def per_second(self) -> float:
        """Units that were answered in a second."""
        return len(self.times) / self.seconds


class UnexpectedAnswer(Exception):
    """The server said something else than what is measured."""


class Driver:
    """The other process, seen from here."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, job: Job) -> Sample:
        """Have a job done; what the server had to work for it is for others to say.

        Raises `UnexpectedAnswer`.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps(asdict(job)), file=self._process.stdin, flush=True)
        told = json.loads(self._process.stdout.readline())
        if "unexpected" in told:
            raise UnexpectedAnswer(told["unexpected"])
        return Sample(**told)


@contextlib.contextmanager
def driver() -> Iterator[Driver]:
    """Start the process, and end it afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.driver"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Driver(process)
        assert process.stdin is not None
        process.stdin.close()


class Client:
    """One connection, and the unit that is on its way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left: list[str] = []
        self._begun = 0.0
        self._received = b""
        self._location = ""

    def send(self, unit: Unit) -> None:
        """Begin a unit."""
        self._left = list(reversed(unit))
        self._begun = time.perf_counter()
        self._send_next()

    def receive(self, status: int) -> float | None:
        """Read what has come; the seconds that the unit took, once all of it is answered."""
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise UnexpectedAnswer("The server hung up.")
        self._received += chunk
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or len(body) < _length_of(head):
            return None
        if int(head[9:12]) != status:
            raise UnexpectedAnswer(self._received[:3000].decode(errors="replace"))
        self._location = _header(head, b"location")
        self._received = b""
        if self._left:
            self._send_next()
            return None
        return time.perf_counter() - self._begun

    def _send_next(self) -> None:
        self.socket.sendall(self._left.pop().replace(NEXT, self._location).encode())


def _header(head: bytes, name: bytes) -> str:
    for line in head.split(b"\r\n"):
        if line[: len(name) + 1].lower() == name + b":":
            return line[len(name) + 1 :].strip().decode()
    return ""


def _length_of(head: bytes) -> int:
    """How long the body is; 304 has none."""
    return int(_header(head, b"content-length") or 0)


def carried_out(job: Job) -> Sample:
    """Do a job here and now."""
    sample = Sample()
    units = _endless(job.units) if job.seconds is not None else iter(job.units)
    with contextlib.ExitStack() as stack, selectors.DefaultSelector() as selector:
        clients = [Client(job.port) for _ in range(job.clients)]
        for client in clients:
            stack.enter_context(client.socket)
        begun = time.perf_counter()
        ends = begun + (job.seconds or PATIENCE_SECONDS)
        for client, unit in zip(clients, units, strict=False):
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.send(unit)
        while selector.get_map():
            for key, _ in selector.select(PATIENCE_SECONDS):
                client = key.data
                took = client.receive(job.status)
                if took is None:
                    continue
                sample.times.append(took)
                following = next(units, None) if time.perf_counter() < ends else None
                if following is None:
                    selector.unregister(client.socket)
                else:
                    client.send(following)
        sample.seconds = time.perf_counter() - begun
    return sample


def _endless(units: Sequence[Unit]) -> Iterator[Unit]:
    while True:
        yield from units


def serve(jobs: IO[str]) -> None:
    """Do job after job."""
    for line in jobs:
        try:
            told = asdict(carried_out(Job(**json.loads(line))))
        except (UnexpectedAnswer, OSError) as failure:
            told = {"unexpected": f"{failure}"}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    serve(sys.stdin)
