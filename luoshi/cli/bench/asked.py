"""The pages that the bench asks: those opened most, at their narrowest and widest."""

import subprocess
import sys
from urllib.parse import quote

from luoshi.cli.bench.intake import Client
from luoshi.cli.instance import Instance

BASE = "/qinghe"
WORK = f"{BASE}/work"
ABSENT = "鼹鼠飞船"

# A name, who asks (nobody: a resident), and the address.
Asked = tuple[str, str, str]


def pages(village: str, number: str, words: list[str]) -> list[Asked]:
    """Return the pages of a town with this village, case, common and rare word."""
    common, rare = (quote(word) for word in words)
    late = f"{WORK}/inbox/?view=late&village={village}"
    return [
        ("inbox", "dispatcher", f"{WORK}/inbox/"),
        ("inbox of an office", "handler", f"{WORK}/inbox/?whose=office"),
        ("inbox of a handler", "handler", f"{WORK}/inbox/"),
        ("inbox, late, one village", "dispatcher", late),
        ("inbox, closed", "dispatcher", f"{WORK}/inbox/?view=closed"),
        ("inbox, closed, handler", "handler", f"{WORK}/inbox/?view=closed"),
        ("search, common word", "dispatcher", f"{WORK}/search/?q={common}"),
        ("search, rare word", "dispatcher", f"{WORK}/search/?q={rare}"),
        ("search, absent word", "dispatcher", f"{WORK}/search/?q={quote(ABSENT)}"),
        ("search, common, handler", "handler", f"{WORK}/search/?q={common}"),
        ("dispatch desk", "dispatcher", f"{WORK}/dispatch/"),
        ("case", "dispatcher", f"{WORK}/case/{number}/"),
        ("today, dispatcher", "dispatcher", f"{WORK}/"),
        ("today, handler", "handler", f"{WORK}/"),
        ("today, leader", "leader", f"{WORK}/"),
        ("leader", "leader", f"{WORK}/first/"),
        ("inspector", "inspector", f"{WORK}/inspect/"),
        ("whole list, said not", "inspector", f"{WORK}/list/said-not/"),
        ("not reached", "dispatcher", f"{WORK}/unreached/"),
        ("to publish", "releaser", f"{WORK}/release/"),
        ("ledger", "", f"{BASE}/open/"),
        ("ledger, one village", "", f"{BASE}/open/?village={village}"),
        ("ledger, late", "", f"{BASE}/open/?light=late"),
        ("ledger, common word", "", f"{BASE}/open/?q={common}"),
        ("village", "", f"{BASE}/village/{village}/"),
        ("front", "", f"{BASE}/"),
        ("figures, month", "leader", f"{WORK}/figures/"),
        ("figures, twelve months", "leader", f"{WORK}/figures/?period=twelve"),
    ]


def child(instance: Instance, *words: str) -> str:
    """Run a module in the instance; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env=instance.env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def sign_in(port: int, role: str) -> Client:
    """Return a client of a role; of nobody where there is none."""
    from luoshi.demo.town import PASSWORD

    client = Client(port)
    if role:
        client.ask("GET", "/sign-in/")
        client.ask("POST", "/sign-in/", {"username": role, "password": PASSWORD})
    return client
