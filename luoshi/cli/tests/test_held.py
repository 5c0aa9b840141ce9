"""One server on the data; restores that fail, are killed, or do not fit."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from luoshi.cli.instance import COMMAND, free_port, throwaway, wait_until_ready

from .test_backup import luoshi

pytestmark = pytest.mark.own_instance
# Runs a command with one of its parts replaced.
REPLACED = """
import os, resource, shutil, signal, sys
from luoshi.cli import main
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.conf.settings"
django.setup()
import luoshi.cli.backup
# The package has a function of the same name.
restore = sys.modules["luoshi.cli.backup.restore"]
def fails(*words, **more):
    raise OSError(28, "No space left on device")
def killed(*words, **more):
    os.kill(os.getpid(), signal.SIGKILL)
{replace}
sys.exit(main.main({words}))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def instance(request):
    """An instance with a town, and a backup of it beside the data."""
    with throwaway(request.param) as one:
        one.command("setup-town", "--code", "qinghe", "--name", "青禾镇")
        status, _saved = luoshi(one, "backup", str(backups(one)), "--key-copied")
        assert status == 0
        yield one


only_sqlite = pytest.mark.parametrize("instance", ["sqlite"], indirect=True)


def backups(instance):
    return instance.folder.parent / "backups"


def restore(instance, *words):
    return luoshi(instance, "restore", str(backups(instance)), *words)


def with_replaced(instance, replace, *words):
    """Run a restore in which something fails; return what became of it."""
    code = REPLACED.format(replace=replace, words=list(words))
    return subprocess.run(
        [sys.executable, "-c", code], env=instance.env, capture_output=True, text=True
    )


def towns(instance):
    """Return the names of the towns, from the database as it is now."""
    code = "import django; django.setup(); from luoshi.core.models import Town; "
    code += "print([one.name for one in Town.objects.all()])"
    env = instance.env | {"DJANGO_SETTINGS_MODULE": "luoshi.conf.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def running(instance):
    process = subprocess.Popen([*COMMAND, "run"], env=instance.env)
    try:
        wait_until_ready(f"{instance.address}/health", process)
        yield process
    finally:
        process.terminate()
        process.wait(60)


def second_run(instance):
    env = instance.env | {"LUOSHI_PORT": str(free_port())}
    return subprocess.run(
        [*COMMAND, "run"], env=env, capture_output=True, text=True, timeout=180
    )


@only_sqlite
def test_one_server_and_no_restore_while_it_runs(instance):
    with running(instance) as process:
        second = second_run(instance)
        assert second.returncode == 1
        assert f"runs on this data already (process {process.pid})" in second.stdout
        status, told = restore(instance, "--replace")
        assert status == 1 and "runs on this data already" in told["reason"]
        assert luoshi(instance, "backup", str(backups(instance)))[0] == 0
        assert restore(instance, "--check")[0] == 0
    assert restore(instance, "--replace")[0] == 0


@only_sqlite
def test_killed_without_its_children_it_still_runs(instance):
    with running(instance) as process:
        path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        children = [int(number) for number in path.read_text().split()]
        process.kill()
        process.wait()
        try:
            assert "runs on this data already" in second_run(instance).stdout
            assert restore(instance, "--replace")[0] == 1
        finally:
            for child in children:
                os.kill(child, signal.SIGTERM)
    for _try in range(600):
        status, told = restore(instance, "--replace")
        if status == 0:
            break
        time.sleep(0.1)
    assert status == 0, told


def test_no_restore_while_somebody_has_the_database_open(instance):
    if instance.database_url:
        other = psycopg.connect(instance.database_url)
        words = "other connections"
    else:
        other = sqlite3.connect(instance.folder / "luoshi.sqlite3")
        other.execute("SELECT count(*) FROM core_town").fetchall()
        words = "open in another process"
    with closing(other):
        status, told = restore(instance, "--replace")
        assert status == 1 and words in told["reason"]
    assert restore(instance, "--replace")[0] == 0


def test_a_restore_that_fails_takes_everything_back(instance):
    instance.command("setup-town", "--code", "xiayang", "--name", "下洋镇")
    before = towns(instance)
    (instance.folder / "files").mkdir(exist_ok=True)
    (instance.folder / "files" / "mine").touch()
    words = ["restore", str(backups(instance)), "--replace"]
    done = with_replaced(instance, "restore.call_command = fails", *words)
    assert done.returncode == 1 and "Nothing was changed" in done.stderr, done.stderr
    assert towns(instance) == before
    assert (instance.folder / "files" / "mine").exists()
    left = [path.name for path in instance.folder.iterdir()]
    assert not [
        name for name in left if name.startswith((".work", "before", "restore"))
    ]


def test_a_restore_that_was_killed_half_way_is_said(instance):
    words = ["restore", str(backups(instance)), "--replace"]
    done = with_replaced(instance, "restore.call_command = killed", *words)
    assert done.returncode == -signal.SIGKILL
    started = second_run(instance)
    assert started.returncode == 1 and "half old and half new" in started.stdout
    status, told = luoshi(instance, "backup", str(backups(instance)))
    assert status == 1 and "half old and half new" in told["reason"]
    [left] = instance.folder.glob(".work-restore-*")
    os.utime(left, (0, 0))
    assert restore(instance, "--replace")[0] == 0
    assert not list(instance.folder.glob(".work-*")), "the words lay there in clear"
    assert luoshi(instance, "backup", str(backups(instance)))[0] == 0


@only_sqlite
def test_a_full_disk_is_said_and_leaves_nothing(instance):
    before = sorted(backups(instance).iterdir())
    looked_at = "shutil.disk_usage = lambda path: shutil._ntuple_diskusage(9, 9, 9)"
    met = "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))"
    for replace, words in (
        (looked_at, ["backup"]),
        (looked_at, ["restore", "--replace"]),
        (met, ["backup"]),
        (met, ["restore", "--replace"]),
    ):
        command = [words[0], str(backups(instance)), *words[1:]]
        done = with_replaced(instance, replace, *command)
        assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
        assert done.stderr.strip().endswith(("another disk.", "changed or kept."))
        assert sorted(backups(instance).iterdir()) == before
        assert not list(instance.folder.glob(".work-*"))
    assert towns(instance) == "['青禾镇']"


@only_sqlite
def test_a_lost_or_wrong_key_is_never_made_anew(instance):
    code = "import django; django.setup(); from django_scopes import scope; "
    code += "from luoshi.core.models import Town; "
    code += "from luoshi.cases.actions import receive_case; "
    code += "from luoshi.core.actors import RESIDENT; t = Town.objects.get(); "
    code += "s = scope(town=t); s.__enter__(); receive_case(town=t, text='灯', "
    code += "actor=RESIDENT, channel='web', phone='13800001111')"
    env = instance.env | {"DJANGO_SETTINGS_MODULE": "luoshi.conf.settings"}
    instance.command(
        *("create-user", "--town", "qinghe", "--username", "desk", "--name"),
        *("李梅", "--office", "综合办公室", "--roles", "dispatcher"),
    )
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    key = instance.folder / "personal.key"
    kept = key.read_text()
    for content, words in ((None, "is missing"), (kept[:40] + "0" * 9, "")):
        if content is None:
            key.unlink()
        else:
            other = instance.folder.parent / "other"
            other.mkdir()
            made = "from luoshi.core.secrets import present_key; present_key()"
            subprocess.run(
                [sys.executable, "-c", f"import django; django.setup(); {made}"],
                env=env | {"LUOSHI_DATA": str(other)},
                check=True,
            )
            shutil.copy(other / "personal.key", key)
            words = "is not the key"
        status, told = luoshi(
            instance, "backup", str(backups(instance)), "--key-copied"
        )
        assert status == 1 and words in told["reason"]
        assert words in second_run(instance).stdout
        assert content is not None or not key.exists()
    key.write_text(kept)
    assert luoshi(instance, "backup", str(backups(instance)), "--key-copied")[0] == 0
