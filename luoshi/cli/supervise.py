"""Runs web server and scheduler as one process tree; Ctrl-C ends all of it.

It stays small: nothing of Django is loaded here, nor of Luoshi.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

STOP_S = 4.0


def _web(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "luoshi.conf.wsgi:application"),
        *("--bind", f"{os.environ.get('LUOSHI_BIND', '127.0.0.1')}:{port}"),
        *("--workers", "2", "--threads", "2", "--worker-class", "gthread"),
        *("--graceful-timeout", "3", "--log-level", "warning"),
        # Loaded once and shared by the workers, which come back at once when one dies.
        "--preload",
    ]


def supervise(port: int, lock: int) -> int:
    """Start the parts and run until Ctrl-C or SIGTERM, or until one of them ends."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    children = [
        # They hold the lock too: killed without its children, a server still runs.
        subprocess.Popen(command, start_new_session=True, pass_fds=[lock])
        for command in (
            _web(port),
            [sys.executable, "-m", "luoshi.cli.main", "schedule"],
        )
    ]
    print(f"Luoshi runs at http://127.0.0.1:{port}/  (Ctrl-C ends it)", flush=True)
    while not stop.is_set() and all(child.poll() is None for child in children):
        stop.wait(0.2)
    failed = not stop.is_set()
    _end(children)
    return 1 if failed else 0


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask the children to end; end those that do not in time."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + STOP_S
    for child in children:
        try:
            child.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    sys.exit(supervise(int(sys.argv[1]), int(sys.argv[2])))
