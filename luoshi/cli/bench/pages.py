"""Server time of the pages that are opened most, at many rows, over HTTP."""

import argparse
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from luoshi.cli.bench import aim
from luoshi.cli.bench.intake import Client
from luoshi.cli.instance import COMMAND, Instance, served, throwaway

MOST_ROWS, MOST_REQUESTS = 2_000_000, 500
BASE = "/qinghe"
AIM_MS, AIM_MB = 100.0, 500.0


def pages(village: str, number: str, words: list[str]) -> list[list[str]]:
    """Return the pages as [name, role, path]; no role is a resident."""
    common, rare = (quote(word) for word in words)
    work = f"{BASE}/work"
    return [
        ["inbox", "dispatcher", f"{work}/inbox/"],
        ["inbox of an office", "handler", f"{work}/inbox/?whose=office"],
        ["inbox of a handler", "handler", f"{work}/inbox/"],
        [
            "inbox, late, one village",
            "dispatcher",
            f"{work}/inbox/?view=late&village={village}",
        ],
        ["inbox, closed", "dispatcher", f"{work}/inbox/?view=closed"],
        ["inbox, closed, handler", "handler", f"{work}/inbox/?view=closed"],
        ["search, common word", "dispatcher", f"{work}/search/?q={common}"],
        ["search, rare word", "dispatcher", f"{work}/search/?q={rare}"],
        ["search, absent word", "dispatcher", f"{work}/search/?q={quote('鼹鼠飞船')}"],
        ["search, common, handler", "handler", f"{work}/search/?q={common}"],
        ["dispatch desk", "dispatcher", f"{work}/dispatch/"],
        ["case", "dispatcher", f"{work}/case/{number}/"],
        ["today, dispatcher", "dispatcher", f"{work}/"],
        ["today, handler", "handler", f"{work}/"],
        ["today, leader", "leader", f"{work}/"],
        ["leader", "leader", f"{work}/first/"],
        ["inspector", "inspector", f"{work}/inspect/"],
        ["whole list, said not", "inspector", f"{work}/list/said-not/"],
        ["not reached", "dispatcher", f"{work}/unreached/"],
        ["ledger", "", f"{BASE}/open/"],
        ["ledger, one village", "", f"{BASE}/open/?village={village}"],
        ["ledger, late", "", f"{BASE}/open/?light=late"],
        ["ledger, common word", "", f"{BASE}/open/?q={common}"],
        ["village", "", f"{BASE}/village/{village}/"],
        ["figures, month", "leader", f"{work}/figures/"],
        ["figures, twelve months", "leader", f"{work}/figures/?period=twelve"],
    ]


def _child(instance: Instance, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env=instance.env,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fill, count queries at both sizes, ask over HTTP; all is thrown away."""
    rows = min(max(options.rows, 1000), MOST_ROWS)
    with throwaway(options.database) as instance:
        instance.command("setup-town", "--code", "qinghe", "--name", "青禾镇", "--demo")
        small = _queries(instance, _known(instance))
        began = time.perf_counter()
        fill = "luoshi.cli.bench.fill"
        _child(instance, fill, str(rows), str(options.seed), options.file or "")
        filled = time.perf_counter() - began
        wanted = _known(instance)
        large = _queries(instance, wanted)
        with served(
            [*COMMAND, "run"], instance.env, f"{instance.address}/health"
        ) as process:
            times = _ask(instance, wanted, min(options.requests, MOST_REQUESTS))
            first_byte = _first_byte(instance)
            peak = memory_mb(process.pid)
    grown = sorted(name for name in large if large[name] > small[name])
    slowest = max(times, key=lambda name: times[name]["p95_ms"])
    figures = {
        "database": options.database,
        "rows": rows,
        "seconds_to_fill": round(filled),
        "pages": {
            name: told | {"queries": large[name], "queries_at_3000": small[name]}
            for name, told in times.items()
        },
        "open_data_first_byte_ms": first_byte,
        "slowest": slowest,
        "queries_grow": grown,
        "peak_mb": peak,
    }
    aims = {
        "p95_of_the_slowest": aim(times[slowest]["p95_ms"], AIM_MS, "ms", least=False),
        "pages_over_100_ms": aim(
            sum(told["p95_ms"] > AIM_MS for told in times.values()),
            0,
            "pages",
            least=False,
        ),
        "pages_whose_queries_grow": aim(len(grown), 0, "pages", least=False),
        "peak_memory": aim(peak, AIM_MB, "MB", least=False),
    }
    return figures, aims


def _known(instance: Instance) -> list[list[str]]:
    """Return the pages of this town: a village, a case in hand, words of its texts."""
    told = json.loads(_child(instance, "luoshi.cli.bench.known"))
    return pages(told["village"], told["number"], told["words"])


def _queries(instance: Instance, wanted: list[list[str]]) -> dict[str, int]:
    return json.loads(
        _child(instance, "luoshi.cli.bench.queries", json.dumps(wanted)).splitlines()[
            -1
        ]
    )


def _ask(
    instance: Instance, wanted: list[list[str]], requests: int
) -> dict[str, dict[str, float]]:
    """Return p50, p95 and the first answer's time of each page, in ms."""
    from luoshi.demo.town import PASSWORD

    clients: dict[str, Client] = {}
    times = {}
    for name, role, path in wanted:
        if role not in clients:
            client = clients[role] = Client(instance.port)
            if role:
                client.ask("GET", "/sign-in/")
                told = {"username": role, "password": PASSWORD}
                client.ask("POST", "/sign-in/", told)
        # The server ends a connection that was idle while another role asked.
        clients[role].connection.close()
        taken = []
        for _request in range(max(requests, 5) + 1):
            began = time.perf_counter()
            clients[role].ask("GET", path)
            taken.append((time.perf_counter() - began) * 1000)
        first, rest = taken[0], sorted(taken[1:])
        times[name] = {
            "p50_ms": round(rest[len(rest) // 2], 1),
            "p95_ms": round(rest[min(len(rest) - 1, int(len(rest) * 0.95))], 1),
            "first_ms": round(first, 1),
        }
    return times


def _first_byte(instance: Instance) -> float:
    """Return after how many ms the first byte of the open data comes."""
    connection = Client(instance.port).connection
    began = time.perf_counter()
    connection.request("GET", f"{BASE}/open/data.csv")
    connection.getresponse().read(1)
    taken = (time.perf_counter() - began) * 1000
    connection.close()
    return round(taken, 1)


def memory_mb(pid: int) -> float:
    """Return what a process and those it started hold after the load, in MB.

    Proportional set size: what they share counts once. The server gives nothing back
    while it runs, so that the end of the load is its peak.
    """
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            status = Path(f"/proc/{one}/smaps_rollup").read_text()
            children = Path(f"/proc/{one}/task/{one}/children").read_text()
        except FileNotFoundError:
            continue
        found = re.search(r"Pss:\s+(\d+)", status)
        total += int(found[1]) / 1024 if found else 0
        waiting += [int(child) for child in children.split()]
    return round(total, 1)
