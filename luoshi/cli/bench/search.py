"""Searches at many rows, over HTTP, by words of each kind; and what is alike."""

import argparse
import json
import time
from functools import partial
from typing import Any
from urllib.parse import quote

from luoshi.cli.bench import aim
from luoshi.cli.bench.asked import BASE, WORK, child, sign_in
from luoshi.cli.bench.costs import (
    clocked,
    memory_mb,
    processor_ms,
    spread,
    wait_until_calm,
)
from luoshi.cli.instance import COMMAND, Instance, served, throwaway

MOST_ROWS, MOST_REQUESTS = 2_000_000, 500
AIM_MS = 100.0
# One look-up of what is alike, the search for it included.
LOOK_UP_MS = 60.0
# Who asks, and where: a dispatcher sees all, a handler little, a resident the ledger.
PLACES = {
    "dispatcher": f"{WORK}/search/",
    "handler": f"{WORK}/search/",
    "": f"{BASE}/open/",
}


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fill, ask for words of each kind in turn; all is thrown away."""
    rows = min(max(options.rows, 1000), MOST_ROWS)
    requests = min(max(options.requests, 5), MOST_REQUESTS)
    with throwaway(options.database) as instance:
        instance.command("setup-town", "--code", "qinghe", "--name", "青禾镇", "--demo")
        began = time.perf_counter()
        fill = "luoshi.cli.bench.fill"
        child(instance, fill, str(rows), str(options.seed), options.file or "")
        filled = time.perf_counter() - began
        kinds = json.loads(child(instance, "luoshi.cli.bench.known"))["by_kind"]
        alike = json.loads(child(instance, "luoshi.cli.bench.look_ups", str(requests)))
        address = f"{instance.address}/health"
        with served([*COMMAND, "run"], instance.env, address) as process:
            times = _ask(instance, process.pid, kinds, requests)
            peak = memory_mb(process.pid)
    figures = {
        "database": options.database,
        "rows": rows,
        "requests": requests,
        "seconds_to_fill": round(filled),
        "words": kinds,
        "searches": times,
        "look_ups": alike,
        "peak_mb": peak,
    }
    return figures, {
        f"p95: {name}": aim(told["p95_ms"], AIM_MS, "ms", least=False)
        for name, told in times.items()
    } | {
        f"look-up p95, {name}": aim(told["p95_ms"], LOOK_UP_MS, "ms", least=False)
        for name, told in alike.items()
    }


def _ask(
    instance: Instance, pid: int, kinds: dict[str, list[str]], requests: int
) -> dict[str, dict[str, float]]:
    """Return how long the words of each kind took, one request at a time."""
    pids = [pid, *([instance.database_pid] if instance.database_pid else [])]
    wait_until_calm(*pids)
    times: dict[str, dict[str, float]] = {}
    for role, place in PLACES.items():
        client = sign_in(instance.port, role)
        for kind, words in kinds.items():
            taken, before = [], processor_ms(*pids)
            for at in range(requests):
                path = f"{place}?q={quote(words[at % len(words)])}"
                taken.append(clocked(partial(client.ask, "GET", path)))
            cost = round((processor_ms(*pids) - before) / requests, 1)
            told = spread(taken) | {"processor_ms": cost}
            times[f"{role or 'resident'}, {kind}"] = told
            # The server ends a connection that is idle for long.
            client.connection.close()
    return times
