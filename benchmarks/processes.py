"""What processes have used, and how busy the machine was with others; from Linux's `/proc`."""

import os
import re
import resource
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and the ones that it has started and that live."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def processor_seconds(pids: Iterable[int]) -> float:
    """What these processes have worked so far."""
    return sum(map(_processor_ticks, pids)) / TICKS


def peak_bytes(pids: Iterable[int]) -> int:
    """The most that each has had in memory, added up."""
    return sum(map(_peak, pids))


@dataclass(frozen=True)
class Moment:
    """How much the processors had worked so far: for all, and for us."""

    all_ticks: int
    busy_ticks: int
    ours_ticks: float

    @classmethod
    def now(cls) -> "Moment":
        """This one. Of what we have started, what has ended counts."""
        user, nice, system, idle, iowait, *rest = map(
            int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
        )
        busy = user + nice + system + sum(rest)
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        ours = sum(each.ru_utime + each.ru_stime for each in used) * TICKS
        return cls(busy + idle + iowait, busy, ours)

    def others_since(self, begun: "Moment") -> float:
        """The share of all processors' time since then that others used, from 0 to 1."""
        busy = self.busy_ticks - begun.busy_ticks - (self.ours_ticks - begun.ours_ticks)
        return max(0.0, busy / max(1, self.all_ticks - begun.all_ticks))


def _processor_ticks(pid: int) -> int:
    # The name of a process may have spaces and brackets in it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _peak(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) * 1024 if found else 0
