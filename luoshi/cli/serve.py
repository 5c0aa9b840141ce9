"""Prepares the data and hands over to what runs web server and scheduler."""

import os
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command

from luoshi.cli.backup.leftovers import remove_leftovers, unfinished
from luoshi.cli.key import key_fault
from luoshi.cli.running import RUNNING, Held, hold
from luoshi.core.models import Town
from luoshi.core.scheduler import run_scheduler


def add_commands(commands: Any) -> None:
    """Add the commands that run, and end only when they are told to."""
    served = commands.add_parser("run", help="start web server and scheduler")
    served.add_argument("--demo", action="store_true", help="make the demo town first")
    served.set_defaults(run=lambda options: run(demo=options.demo))
    alone = commands.add_parser("schedule", help="run the scheduler alone")
    alone.set_defaults(run=lambda _options: schedule())


def schedule() -> int:
    """Run the scheduler until told to stop."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    run_scheduler(stop)
    return 0


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(*, demo: bool) -> int:
    """Bring the database up to date and run until Ctrl-C or SIGTERM."""
    try:
        lock = hold(RUNNING, "run", alone=True)
    except Held as held:
        print(held)
        return 1
    port = int(os.environ.get("LUOSHI_PORT", "8000"))
    if _taken(port):
        print(f"Port {port} is in use. Choose another: LUOSHI_PORT=8001 make run")
        return 1
    if fault := unfinished(settings.DATA):
        print(fault)
        return 1
    # At the first start this takes half a minute: nobody should think that it hangs.
    print("Preparing the database", flush=True)
    call_command("migrate", verbosity=0)
    if fault := key_fault():
        print(fault)
        return 1
    remove_leftovers(settings.DATA)
    if demo:
        _make_demo()
    # What watches over the parts needs nothing of what prepared them: 110 MB less.
    supervise = [sys.executable, "-m", "luoshi.cli.supervise", str(port), str(lock)]
    os.set_inheritable(lock, True)
    os.execv(sys.executable, supervise)


def _make_demo() -> None:
    """Make the demo town at the first start, and say how to sign in."""
    from luoshi.core.towns import make_town
    from luoshi.demo.town import PASSWORD, SIGN_INS, fill_town

    if not Town.objects.exists():
        print("Making the demo town: one or two minutes", flush=True)
        town = make_town(code="qinghe", name="青禾镇", prefix="QH")
        fill_town(town)
        Path(settings.DATA, "demo").touch()
    if Path(settings.DATA, "demo").exists():
        print(f"Sign in with the password {PASSWORD} as:")
        for username, what in SIGN_INS:
            print(f"  {username:12} {what}")
