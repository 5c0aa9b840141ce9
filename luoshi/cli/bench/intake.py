"""Cases created per second over HTTP, beside a bare Django view in the same run."""

import argparse
import http.client
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from luoshi.cli.bench import aim
from luoshi.cli.instance import COMMAND, Instance, free_port, served, throwaway

TEXT = "村口三盏路灯不亮，老人晚上看不见，已经说过两次。"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MOST_ROWS, MOST_CLIENTS = 20_000, 64


class Client:
    """A resident's connection with cookies; as little work as possible."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, told: dict[str, str] | None = None) -> str:
        """Send one request; RuntimeError for an answer that is an error."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if told is not None:
            token = self.cookies.get("csrftoken", "")
            body = urlencode(told | {"csrfmiddlewaretoken": token})
            headers |= FORM
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 400:
            raise RuntimeError(f"{path} answered {answer.status}")
        return text

    def fill_in(self) -> None:
        """Answer the three questions; only sending is left."""
        self.cookies.pop("sessionid", None)
        page = self.ask("GET", "/qinghe/report/")
        assert "csrfmiddlewaretoken" in page
        self.ask("POST", "/qinghe/report/", {"text": TEXT})
        page = self.ask("GET", "/qinghe/report/where/")
        found = re.search(r'name="village" value="(\d+)"', page)
        assert found is not None
        self.ask("POST", "/qinghe/report/where/", {"village": found[1]})
        told = {"answer": "sms", "phone": "13800001111", "name": "王建国"}
        self.ask("POST", "/qinghe/report/contact/", told)

    def send(self) -> None:
        """Send what was filled in."""
        self.ask("POST", "/qinghe/report/check/", {"website": ""})


def in_parallel(workers: list[Callable[[], None]]) -> float:
    """Run workers at once; return the seconds until the last was done."""
    faults: list[Exception] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in workers]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return time.perf_counter() - start


def measure_ours(instance: Instance, clients: int, rows: int) -> float:
    """Return cases a second: filled in beforehand, then sent by all clients at once."""
    instance.command("setup-town", "--code", "qinghe", "--name", "青禾镇", "--demo")
    with served([*COMMAND, "run"], instance.env, f"{instance.address}/health"):
        each = rows // clients
        ready: list[list[Client]] = []
        for _client in range(clients):
            mine = [Client(instance.port) for _case in range(each)]
            for one in mine:
                one.fill_in()
                one.connection.close()
            ready.append(mine)

        def sender(mine: list[Client]) -> Callable[[], None]:
            def work() -> None:
                connection = Client(instance.port).connection
                for one in mine:
                    one.connection = connection
                    one.send()

            return work

        return each * clients / in_parallel([sender(mine) for mine in ready])


@contextmanager
def bare_served(instance: Instance) -> Iterator[int]:
    """Serve the bare views as ours are served; give their port."""
    port = free_port()
    env = instance.env | {"LUOSHI_BARE": "make"}
    subprocess.run(
        [sys.executable, "-c", "import luoshi.cli.bench.bare"], env=env, check=True
    )
    command = [
        *(sys.executable, "-m", "gunicorn", "luoshi.cli.bench.bare:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
        *("--worker-class", "gthread", "--log-level", "warning"),
    ]
    url = f"http://127.0.0.1:{port}/health"
    with served(command, env | {"LUOSHI_BARE": "serve"}, url):
        yield port


def measure_bare(instance: Instance, clients: int, rows: int) -> float:
    """Return requests a second of the bare view under the same server."""
    each = rows // clients
    with bare_served(instance) as port:

        def work() -> None:
            client = Client(port)
            for _case in range(each):
                client.ask("POST", "/receive", {"text": TEXT})

        return each * clients / in_parallel([work] * clients)


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Measure both in one run; the database is thrown away afterwards."""
    clients = min(max(options.clients, 1), MOST_CLIENTS)
    rows = min(max(options.rows, clients), MOST_ROWS)
    with throwaway(options.database) as instance:
        ours = measure_ours(instance, clients, rows)
    with throwaway(options.database) as instance:
        bare = measure_bare(instance, clients, rows)
    figures = {
        "database": options.database,
        "clients": clients,
        "cases": rows,
        "cases_per_s": round(ours, 1),
        "bare_per_s": round(bare, 1),
        "ratio": round(ours / bare, 3),
    }
    return figures, {"ratio_to_bare": aim(ours / bare, 0.25, "of the bare view's rate")}
