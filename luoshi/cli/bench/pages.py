"""Server time of the pages that are opened most, at many rows, over HTTP."""

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from luoshi.cli.bench import aim
from luoshi.cli.bench.asked import BASE, WORK, Asked, child, pages, sign_in
from luoshi.cli.bench.costs import (
    clocked,
    memory_mb,
    processor_ms,
    spread,
    wait_until_calm,
)
from luoshi.cli.bench.intake import (
    FORM,
    MOST_CLIENTS,
    Client,
    bare_served,
    in_parallel,
)
from luoshi.cli.instance import COMMAND, Instance, served, throwaway

MOST_ROWS, MOST_REQUESTS = 2_000_000, 500
AIM_MS, AIM_MB = 100.0, 500.0
# Two exports run at once: the next is asked again until one was let go, for so long.
BUSY, WAIT_S = 409, 300


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fill, count queries at both sizes, ask over HTTP; all is thrown away."""
    rows = min(max(options.rows, 1000), MOST_ROWS)
    requests = min(max(options.requests, 5), MOST_REQUESTS)
    with throwaway(options.database) as instance:
        instance.command("setup-town", "--code", "qinghe", "--name", "青禾镇", "--demo")
        small = _queries(instance, _known(instance))
        began = time.perf_counter()
        fill = "luoshi.cli.bench.fill"
        child(instance, fill, str(rows), str(options.seed), options.file or "")
        filled = time.perf_counter() - began
        wanted = _known(instance)
        large = _queries(instance, wanted)
        command, health = [*COMMAND, "run"], f"{instance.address}/health"
        with served(command, instance.env, health) as process:
            times = _ask(instance, process.pid, wanted, requests)
            clients = min(max(options.clients, 1), MOST_CLIENTS)
            together = _together(instance, wanted, clients, requests)
            peak = memory_mb(process.pid)
        with bare_served(instance) as port:
            bare = _timed(Client(port), "/rows", requests)
    for name, told in times.items():
        told |= {"queries": large.get(name), "queries_at_3000": small.get(name)}
    figures = {
        "database": options.database,
        "rows": rows,
        "requests": requests,
        "seconds_to_fill": round(filled),
        "pages": times,
        "bare_list_of_50": bare,
        "together": together,
        "peak_mb": peak,
    }
    return figures, _aims(times, bare, small, large, peak)


def _aims(
    times: dict[str, dict[str, Any]],
    bare: dict[str, float],
    small: dict[str, int],
    large: dict[str, int],
    peak: float,
) -> dict[str, Any]:
    """Return an aim for each page, for its queries, and for the memory."""
    found = {
        f"p95: {name}": aim(told["p95_ms"], AIM_MS, "ms", least=False)
        for name, told in times.items()
    }
    grown = [name for name in large if large[name] > small[name]]
    found["pages_whose_queries_grow"] = aim(len(grown), 0, "pages", least=False)
    found["peak_memory"] = aim(peak, AIM_MB, "MB", least=False)
    # A figure beside the aims: how many bare lists of fifty rows an inbox costs.
    found["inbox_to_bare_list"] = {
        "value": round(times["inbox"]["p50_ms"] / bare["p50_ms"], 1),
        "aim": None,
        "unit": "times the median of a bare Django view that lists 50 rows",
        "holds": None,
    }
    return found


def _known(instance: Instance) -> list[Asked]:
    """Return the pages of this town: a village, a case in hand, words of its texts."""
    told = json.loads(child(instance, "luoshi.cli.bench.known"))
    return pages(told["village"], told["number"], told["words"])


def _queries(instance: Instance, wanted: list[Asked]) -> dict[str, int]:
    told = child(instance, "luoshi.cli.bench.queries", json.dumps(wanted))
    return json.loads(told.splitlines()[-1])


def _ask(
    instance: Instance, pid: int, wanted: list[Asked], requests: int
) -> dict[str, dict[str, Any]]:
    """Return how long each page took, one request at a time."""
    pids = [pid, *([instance.database_pid] if instance.database_pid else [])]
    wait_until_calm(*pids)
    clients: dict[str, Client] = {}
    times: dict[str, dict[str, Any]] = {}
    for name, role, path in wanted:
        if role not in clients:
            clients[role] = sign_in(instance.port, role)
        # The server ends a connection that was idle while another role asked.
        clients[role].connection.close()
        times[name] = _timed(clients[role], path, requests, pids)
    some = min(requests, 20)
    for name, role in (("open data", ""), ("export", "dispatcher")):
        times[f"{name}, first byte"] = _first_bytes(clients[role], some, pids)
    return times


def _timed(
    client: Client, path: str, requests: int, pids: list[int] | None = None
) -> dict[str, Any]:
    """Ask one page so often; return times in ms, and the servers' own."""
    first = clocked(lambda: client.ask("GET", path))
    before = processor_ms(*pids) if pids else 0.0
    told = spread([clocked(lambda: client.ask("GET", path)) for _ in range(requests)])
    if pids:
        told["processor_ms"] = round((processor_ms(*pids) - before) / requests, 1)
    return told | {"first_ms": round(first, 1)}


def _first_bytes(client: Client, requests: int, pids: list[int]) -> dict[str, float]:
    """Return after how long the first byte of a long file comes; no more is read.

    Residents take the open data; staff take all that is closed.
    """
    told, address, headers = None, f"{BASE}/open/data.csv", {}
    if "sessionid" in client.cookies:
        address = f"{WORK}/export/inbox/?view=closed"
        form = {"form": "csv", "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        told, headers = urlencode(form), FORM | {"Cookie": cookies}

    def first_byte() -> int:
        client.connection.close()
        client.connection.request("POST" if told else "GET", address, told, headers)
        answer = client.connection.getresponse()
        answer.read(1)
        client.connection.close()
        return answer.status

    taken: list[float] = []
    end = time.monotonic() + WAIT_S
    while len(taken) < requests:
        wait_until_calm(*pids)
        began = time.perf_counter()
        status = first_byte()
        if status == 200:
            taken.append((time.perf_counter() - began) * 1000)
        elif status != BUSY or time.monotonic() > end:
            raise RuntimeError(f"{address} answered {status}")
        else:
            time.sleep(1)
    return spread(taken)


def _together(
    instance: Instance, wanted: list[Asked], clients: int, requests: int
) -> dict[str, float]:
    """Let clients ask all pages at once, each beginning with another one."""
    rounds = max(requests // 10, 1)
    roles = {role for _name, role, _path in wanted}
    signed_in = {role: sign_in(instance.port, role) for role in roles}
    taken: list[float] = []

    def worker(number: int) -> Callable[[], None]:
        mine = {role: Client(instance.port) for role in roles}
        for role, client in mine.items():
            client.cookies = dict(signed_in[role].cookies)

        def work() -> None:
            for at in range(rounds * len(wanted)):
                place = (at + number * 5) % len(wanted)
                _name, role, path = wanted[place]
                mine[role].connection.close()
                taken.append(clocked(partial(mine[role].ask, "GET", path)))

        return work

    seconds = in_parallel([worker(number) for number in range(clients)])
    told = spread(taken)
    return {"clients": clients, "pages_per_s": round(len(taken) / seconds, 1), **told}
