"""Backups of instances of their own: destroyed, brought back, compared to the row."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.cli.instance import COMMAND, throwaway

pytestmark = pytest.mark.own_instance
TELL = """
import django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope
from luoshi.cases.actions import receive_case
from luoshi.core.actors import RESIDENT
from luoshi.core.models import Town
town = Town.objects.get()
with scope(town=town):
    for number in range({count}):
        note = SimpleUploadedFile("信.pdf", b"%PDF-1.4\\n1 0 obj\\n%%EOF {count}")
        receive_case(
            town=town, text="水井抽不上水，已经三天了。", actor=RESIDENT, channel="web",
            name="王建国", phone="13800001111", answer="sms", uploads=[note],
        )
"""


def luoshi(instance, *words):
    """Run a command; return its status and what it printed as JSON."""
    done = subprocess.run(
        [*COMMAND, *words, "--json"], env=instance.env, capture_output=True, text=True
    )
    return done.returncode, json.loads(done.stdout)


def telling(instance, count):
    env = instance.env | {"DJANGO_SETTINGS_MODULE": "luoshi.conf.settings"}
    return subprocess.Popen([sys.executable, "-c", TELL.format(count=count)], env=env)


def files_in(folder):
    return {
        path.name: path.read_bytes()
        for path in (folder / "files").rglob("*")
        if path.is_file()
    }


@pytest.fixture(params=["sqlite", "postgresql"])
def instance(request):
    """An instance with a town and three cases with files."""
    with throwaway(request.param) as one:
        one.command("setup-town", "--code", "qinghe", "--name", "青禾镇")
        one.command(
            *("create-user", "--town", "qinghe", "--username", "desk", "--name"),
            *("李梅", "--office", "综合办公室", "--roles", "dispatcher"),
        )
        assert telling(one, 3).wait() == 0
        yield one


def destroy(instance):
    """Lose database and files; the copy of the key is brought back."""
    if not instance.database_url:
        for path in instance.folder.glob("luoshi.sqlite3*"):
            path.unlink()
    else:
        done = subprocess.run(
            [sys.executable, "-c", DROP], env=instance.env, capture_output=True
        )
        assert done.returncode == 0, done.stderr
    shutil.rmtree(instance.folder / "files")


DROP = """
import os, psycopg
with psycopg.connect(os.environ["LUOSHI_DATABASE_URL"], autocommit=True) as to:
    to.execute("DROP SCHEMA public CASCADE")
    to.execute("CREATE SCHEMA public")
"""


def test_destroyed_and_restored_is_the_same_to_the_row(instance, tmp_path):
    status, refused = luoshi(instance, "backup", str(tmp_path))
    assert status == 1 and "personal.key" in refused["reason"]
    assert not list(tmp_path.iterdir())

    status, saved = luoshi(instance, "backup", str(tmp_path), "--key-copied")
    assert status == 0 and saved["files"] == 3 and not saved["missing"]
    before = files_in(instance.folder)
    assert luoshi(instance, "restore", str(tmp_path))[0] == 1, "there is a town here"

    destroy(instance)
    status, back = luoshi(instance, "restore", str(tmp_path))
    assert status == 0, back
    assert files_in(instance.folder) == before
    status, again = luoshi(instance, "backup", str(tmp_path / "second"))
    assert again["digest"] == saved["digest"]
    assert json.loads(instance.command("verify-trail", "--json"))["ok"]


def test_a_backup_in_use_is_whole(instance, tmp_path):
    writing = telling(instance, 60)
    status, saved = luoshi(instance, "backup", str(tmp_path), "--key-copied")
    assert writing.wait() == 0 and status == 0, saved
    status, checked = luoshi(instance, "restore", str(tmp_path), "--check")
    assert status == 0, checked
    assert checked["digest"] == saved["digest"]


@pytest.mark.parametrize("instance", ["sqlite"], indirect=True)
def test_what_is_wrong_with_a_backup_is_said(instance, tmp_path):
    _status, saved = luoshi(instance, "backup", str(tmp_path), "--key-copied")
    whole = Path(saved["file"]).read_bytes()
    wrong = {
        "cut off": whole[:-40],
        "damaged": whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:],
        "not a backup": b"PK" + whole[2:],
    }
    for words, content in wrong.items():
        path = tmp_path / "luoshi-wrong.backup"
        path.write_bytes(content)
        status, told = luoshi(instance, "restore", str(path), "--check")
        assert status == 1 and words in told["reason"], told


@pytest.mark.parametrize("instance", ["sqlite"], indirect=True)
def test_a_new_key_is_asked_for_and_another_key_opens_nothing(instance, tmp_path):
    luoshi(instance, "backup", str(tmp_path), "--key-copied")
    assert luoshi(instance, "backup", str(tmp_path))[0] == 0, "it was confirmed"
    luoshi(instance, "rotate-key")
    status, refused = luoshi(instance, "backup", str(tmp_path))
    assert status == 1 and "personal.key" in refused["reason"]
    (instance.folder / "personal.key").unlink()
    status, told = luoshi(instance, "restore", str(tmp_path), "--check")
    assert status == 1 and "personal.key" in told["reason"]
    with throwaway() as other:
        other.command("setup-town", "--code", "xiayang", "--name", "下洋镇")
        luoshi(other, "backup", str(tmp_path / "other"), "--key-copied")
        status, told = luoshi(other, "restore", str(tmp_path), "--replace")
        assert status == 1 and "another key" in told["reason"]
