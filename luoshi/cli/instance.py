"""A throw-away instance: its own folder, database and port, gone afterwards."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = [sys.executable, "-m", "luoshi.cli.main"]
# A folder of data with the demo town in it, to be copied instead of filled anew.
DEMO_COPY = "LUOSHI_DEMO_COPY"
# Filling the demo town takes minutes where other work runs beside it; a server that
# ended is noticed at once.
START_S, STOP_S = 900, 30


def free_port() -> int:
    """Return a port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Instance:
    """Where a throw-away instance lies and answers."""

    folder: Path
    port: int
    database_url: str = ""
    env: dict[str, str] = field(default_factory=dict)
    # The PostgreSQL of its own; none with SQLite, which runs inside the server.
    database_pid: int | None = None

    def __post_init__(self) -> None:
        self.env = os.environ | {
            "LUOSHI_DATA": str(self.folder),
            "LUOSHI_PORT": str(self.port),
            "LUOSHI_DATABASE_URL": self.database_url,
        }

    @property
    def address(self) -> str:
        """Return the address of its first page."""
        return f"http://127.0.0.1:{self.port}"

    def command(self, *words: str) -> str:
        """Run a `luoshi` command for it and return what it prints."""
        done = subprocess.run(
            [*COMMAND, *words], env=self.env, check=True, capture_output=True, text=True
        )
        return done.stdout


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Ask until it answers; RuntimeError if it ends or stays silent."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("The server ended before it was ready.")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not answer in time.")


@contextmanager
def served(
    command: list[str], env: dict[str, str], url: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(url, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def throwaway(database: str = "sqlite") -> Iterator[Instance]:
    """Give an empty instance on SQLite, or on a PostgreSQL of its own."""
    folder = Path(tempfile.mkdtemp(prefix="luoshi-"))
    try:
        data = folder / "data"
        data.mkdir(mode=0o700)
        if database == "postgresql":
            with postgresql(folder / "pg") as url:
                pid = (folder / "pg" / "data" / "postmaster.pid").read_text()
                first = int(pid.split()[0])
                yield Instance(data, free_port(), url, database_pid=first)
        else:
            yield Instance(data, free_port())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def demo_town() -> Iterator[Instance]:
    """Serve the demo town in an instance of its own, of a kept copy if there is one."""
    with throwaway() as instance:
        if copy := os.environ.get(DEMO_COPY):
            shutil.copytree(copy, instance.folder, dirs_exist_ok=True)
        command = [*COMMAND, "run", "--demo"]
        with served(command, instance.env, f"{instance.address}/health"):
            yield instance


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL on a socket in a folder; give its URL."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        raise RuntimeError("PostgreSQL is missing: apt-get install postgresql")
    bin_folder = programs[-1].parent
    folder.mkdir(mode=0o755)
    folder.parent.chmod(0o711)
    prefix: list[str] = []
    if os.geteuid() == 0:
        # initdb refuses to run as root.
        shutil.chown(folder, "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [*prefix, str(bin_folder / program), "-D", str(folder / "data"), *words],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )

    run("initdb", "-U", "luoshi", "-A", "trust", "-E", "UTF8", "--no-sync")
    sockets = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", sockets, "start")
    try:
        yield f"postgresql://luoshi@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
