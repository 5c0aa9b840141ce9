"""How quickly and in how little memory a long list comes out as a file, over HTTP."""

import argparse
import csv
import io
import json
import subprocess
import sys
import threading
import time
import zipfile
from typing import Any
from urllib.parse import urlencode

import openpyxl

from luoshi.cli.bench import aim
from luoshi.cli.bench.asked import BASE
from luoshi.cli.bench.costs import memory_mb
from luoshi.cli.bench.intake import FORM, Client
from luoshi.cli.instance import COMMAND, Instance, served, throwaway

MOST_ROWS = 1_000_000
AIM_FIRST_MS, AIM_ROWS_S, AIM_MB = 500.0, 5_000.0, 500.0
LOOK_S = 0.2
# Run in the instance: the numbers of the closed matters, in the inbox's order.
WANTED = """
import django, json
django.setup()
from django_scopes import scope
from luoshi.commitments.models import Commitment
from luoshi.core.models import Town
town = Town.objects.get()
with scope(town=town):
    rows = Commitment.objects.filter(state="closed").order_by("-pk")
    print(json.dumps(list(rows.values_list("number", flat=True))))
"""


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fill, take everything closed out as CSV and Excel, and compare each row."""
    rows = min(max(options.rows, 1000), MOST_ROWS)
    with throwaway(options.database) as instance:
        instance.command("setup-town", "--code", "qinghe", "--name", "青禾镇", "--demo")
        fill = ["-m", "luoshi.cli.bench.fill", str(rows), str(options.seed)]
        _python(instance, *fill, options.file or "")
        wanted = json.loads(_python(instance, "-c", WANTED))
        address = f"{instance.address}/health"
        with served([*COMMAND, "run"], instance.env, address) as process:
            before = memory_mb(process.pid)
            files = {
                name: _take(instance, process.pid, form, contacts, wanted)
                for name, form, contacts in (
                    ("csv", "csv", False),
                    ("csv with contacts", "csv", True),
                    ("xlsx", "xlsx", False),
                )
            }
    peak = max(one["peak_mb"] for one in files.values())
    figures = {
        "database": options.database,
        "rows": len(wanted),
        "server_mb_before": before,
        "files": files,
    }
    slowest = min(one["rows_per_s"] for one in files.values())
    first = max(one["first_byte_ms"] for one in files.values())
    return figures, {
        "first_byte": aim(first, AIM_FIRST_MS, "ms", least=False),
        "rows_per_second": aim(slowest, AIM_ROWS_S, "rows/s"),
        "peak_memory": aim(peak, AIM_MB, "MB", least=False),
        "files_not_the_same_to_the_row": aim(
            sum(not one["same"] for one in files.values()), 0, "files", least=False
        ),
    }


def _python(instance: Instance, *words: str) -> str:
    env = instance.env | {"DJANGO_SETTINGS_MODULE": "luoshi.conf.settings"}
    done = subprocess.run(
        [sys.executable, *words], env=env, check=True, capture_output=True, text=True
    )
    return done.stdout


class Peak(threading.Thread):
    """Looks at what the server holds, again and again, until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0.0, threading.Event()

    def run(self) -> None:
        """Keep the highest."""
        while not self.done.is_set():
            self.peak = max(self.peak, memory_mb(self.pid))
            self.done.wait(LOOK_S)


def _take(
    instance: Instance, pid: int, form: str, contacts: bool, wanted: list[str]
) -> dict[str, Any]:
    """Take one file out; say how long, how large, and whether each row is there."""
    from luoshi.demo.town import PASSWORD

    client = Client(instance.port)
    client.ask("GET", "/sign-in/")
    client.ask("POST", "/sign-in/", {"username": "dispatcher", "password": PASSWORD})
    client.ask("GET", f"{BASE}/work/inbox/?view=closed")
    told = {"form": form, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
    told |= {"contacts": "1"} if contacts else {}
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    look = Peak(pid)
    look.start()
    began = time.perf_counter()
    path = f"{BASE}/work/export/inbox/?view=closed"
    client.connection.request("POST", path, urlencode(told), FORM | {"Cookie": cookies})
    answer = client.connection.getresponse()
    first = answer.read(1)
    first_ms = (time.perf_counter() - began) * 1000
    raw = first + answer.read()
    taken = time.perf_counter() - began
    look.done.set()
    look.join()
    numbers, last = _numbers(raw, form)
    return {
        "first_byte_ms": round(first_ms, 1),
        "seconds": round(taken, 1),
        "rows_per_s": round(len(wanted) / taken),
        "mb": round(len(raw) / 1e6, 1),
        "peak_mb": round(look.peak, 1),
        "same": numbers == wanted and f"{len(wanted)}" in last,
    }


def _numbers(raw: bytes, form: str) -> tuple[list[str], str]:
    """Return the first column without its head, and the last row's word."""
    if form == "csv":
        lines = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
        column = [row[0] for row in lines]
    else:
        assert zipfile.is_zipfile(io.BytesIO(raw))
        sheet = openpyxl.load_workbook(io.BytesIO(raw), read_only=True).active
        assert sheet is not None
        column = [str(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True)]
    return column[1:-1], column[-1]
