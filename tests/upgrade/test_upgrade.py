"""Each dump of an earlier Luoshi comes up to date, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.cli.instance import throwaway

FOLDER = Path(__file__).parent
DUMPS = sorted(path.name for path in FOLDER.glob("*.jsonl.gz"))
pytestmark = pytest.mark.own_instance


@pytest.fixture(scope="module")
def postgresql():
    """One server for all dumps; each has a database of its own in it."""
    with throwaway("postgresql") as one:
        yield one.database_url


def make_database(url, name):
    import psycopg

    with psycopg.connect(url, autocommit=True) as to:
        to.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8')
    return url.replace("/postgres?", f"/{name}?")


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
@pytest.mark.parametrize("dump", DUMPS)
def test_a_dump_of_an_earlier_luoshi_comes_up_to_date(dump, vendor, request, tmp_path):
    url = ""
    if vendor == "postgresql":
        server = request.getfixturevalue("postgresql")
        url = make_database(server, f"upgrade_{DUMPS.index(dump)}")
    env = os.environ | {"LUOSHI_DATA": str(tmp_path), "LUOSHI_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "tests.upgrade.load", str(FOLDER / dump)],
        env=env,
        cwd=FOLDER.parent.parent,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["faults"] == [] and told["rows"] > 1000


def test_the_oldest_dump_is_from_before_this_issue():
    assert "before-issue-4.jsonl.gz" in DUMPS
