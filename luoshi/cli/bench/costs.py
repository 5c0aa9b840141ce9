"""What processes take: their memory and their processor time, read from /proc."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

# A tree of processes is calm when it takes less than this share of one processor.
CALM, LOOK_S = 0.1, 1.0
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def tree_of(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        try:
            tasks = list(Path(f"/proc/{one}/task").iterdir())
            children = [(task / "children").read_text() for task in tasks]
        except (FileNotFoundError, ProcessLookupError):
            continue
        waiting += [int(child) for text in children for child in text.split()]
    return found


def memory_mb(pid: int) -> float:
    """Return what a process and those it started hold, in MB.

    Proportional set size: what they share counts once. The server gives nothing back
    while it runs, so that the end of the load is its peak.
    """
    total = 0.0
    for one in tree_of(pid):
        try:
            status = Path(f"/proc/{one}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found = re.search(r"Pss:\s+(\d+)", status)
        total += int(found[1]) / 1024 if found else 0
    return round(total, 1)


def processor_ms(*pids: int) -> float:
    """Return the processor time that processes and those they started took so far.

    Beside the time on the clock it says what a page costs where others share the
    machine.
    """
    total = 0.0
    for one in {child for pid in pids for child in tree_of(pid)}:
        try:
            told = Path(f"/proc/{one}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        # The name in brackets may hold spaces; own time and that of ended children.
        fields = told.rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) * TICK_MS
    return total


def wait_until_calm(*pids: int, most_s: float = 180) -> None:
    """Wait until processes have done what they do by themselves, or so many seconds.

    A scheduler that just began tells of what grew late meanwhile; an answer that nobody
    reads any more is written on for a moment.
    """
    end = time.monotonic() + most_s
    before = processor_ms(*pids)
    while time.monotonic() < end:
        time.sleep(LOOK_S)
        after = processor_ms(*pids)
        if after - before < CALM * LOOK_S * 1000:
            return
        before = after


def clocked(work: Callable[[], object]) -> float:
    """Return how many milliseconds a piece of work took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def spread(taken: list[float]) -> dict[str, float]:
    """Return the median and the 95th of a hundred."""
    rest = sorted(taken)
    at = min(len(rest) - 1, int(len(rest) * 0.95))
    return {"p50_ms": round(rest[len(rest) // 2], 1), "p95_ms": round(rest[at], 1)}
